// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads a `Decodable` value from JSON, strictly: RFC 8259, UTF-8, no member twice, none that nobody asked for.
public struct JSONDecoder: Sendable {
  /// What becomes of object members that the type never asks for.
  public enum UnknownKeys: Sendable {
    case refuse, ignore
  }

  public var keys = KeyStyle.snakeCase
  public var unknownKeys = UnknownKeys.refuse
  public var limits = JSONLimits()
  public var userInfo: [CodingUserInfoKey: any Sendable] = [:]

  public init() {}

  public func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws(JSONError) -> T {
    let tape = try Tape(bytes, limits: limits, keys: keys, userInfo: userInfo)
    return try decode(type, from: tape)
  }

  public func decode<T: Decodable>(_ type: T.Type, from bytes: some Collection<UInt8>) throws(JSONError) -> T {
    try decode(type, from: [UInt8](bytes))
  }

  private func decode<T: Decodable>(_ type: T.Type, from tape: Tape) throws(JSONError) -> T {
    let value: T
    do {
      value = try tape.value(type, at: Tape.root)
    } catch let error as JSONError {
      throw error
    } catch {
      throw tape.wrapped(error, at: Tape.root)
    }
    if unknownKeys == .refuse, tape.keysAsked != tape.keyTotal { try tape.refuseUnknownKeys() }
    return value
  }
}

extension Tape {
  convenience init(
    _ source: [UInt8], limits: JSONLimits, keys: KeyStyle = .asWritten,
    userInfo: [CodingUserInfoKey: any Sendable] = [:]
  ) throws(JSONError) {
    let parsed = unsafe source.withUnsafeBufferPointer { bytes in
      unsafe Parser.parse(bytes, limits)
    }
    self.init(try parsed.get(), keys: keys, userInfo: userInfo)
  }

  /// Looks for a member, in an object that was read by its names, that nobody asked for.
  func refuseUnknownKeys() throws(JSONError) {
    var i = Tape.root
    // The containers around `i`: where each ends, and whether its names matter.
    var around: [(end: Int, isNamed: Bool)] = []
    while i < count {
      while let innermost = around.last, i >= innermost.end { around.removeLast() }
      if let object = around.last, object.isNamed {
        // In a named object every index reached at its own level is a key.
        if self[i] & .flag == 0 {
          throw JSONError(
            pointer: pointer(to: i), code: "unknown_field", detail: "There is no member of this name here.")
        }
        i += 1
      }
      let word = self[i]
      switch word.tag {
      case .object:
        guard word & .flag != 0 else {
          i = word.low
          continue
        }
        around.append((word.low, true))
        i += 2
      case .array:
        around.append((word.low, false))
        i += 1
      default: i = word.next(from: i)
      }
    }
  }
}
