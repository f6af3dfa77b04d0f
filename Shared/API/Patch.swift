// SPDX-License-Identifier: GPL-3.0-or-later

/// One field of a JSON merge patch (RFC 7396): absent keeps, null clears, a value sets.
public enum Patch<Value: Codable & Sendable>: Sendable {
  case keep
  case clear
  case set(Value)

  /// The value after the patch, where clearing means `nil`.
  public func applied(to old: Value?) -> Value? {
    switch self {
    case .keep: old
    case .clear: nil
    case .set(let new): new
    }
  }

  public var newValue: Value? { if case .set(let value) = self { value } else { nil } }
  public var changes: Bool { if case .keep = self { false } else { true } }
}

extension Patch: Equatable where Value: Equatable {}

extension Patch: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    self = container.decodeNil() ? .clear : .set(try container.decode(Value.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let newValue { try container.encode(newValue) } else { try container.encodeNil() }
  }
}

// Synthesised coding finds these overloads, so that an absent key means `keep` and `keep` writes no key.
extension KeyedDecodingContainer {
  public func decode<Value>(_ type: Patch<Value>.Type, forKey key: Key) throws -> Patch<Value> {
    guard contains(key) else { return .keep }
    if try decodeNil(forKey: key) { return .clear }
    return .set(try decode(Value.self, forKey: key))
  }
}

extension KeyedEncodingContainer {
  public mutating func encode<Value>(_ patch: Patch<Value>, forKey key: Key) throws {
    switch patch {
    case .keep: break
    case .clear: try encodeNil(forKey: key)
    case .set(let value): try encode(value, forKey: key)
    }
  }
}
