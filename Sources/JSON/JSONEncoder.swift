// SPDX-License-Identifier: GPL-3.0-or-later
// JSON without Foundation, straight to and from bytes.
//
//   JSONEncoder   Encodable -> bytes      ValueEncoder, KeyedWriter, UnkeyedWriter share one EncodingState
//   JSONDecoder   bytes -> Decodable      Parser checks and makes a Tape; ValueDecoder, KeyedReader, UnkeyedReader read it
//   JSONWriter    bytes by hand, for the hottest answers
//   JSONValue     any document as a value
//   JSONSelect    trims a document to the fields asked for
//   OutputBuffer  is what all writing appends to
//   KeyStyle      respells names of properties while keys are written or matched
//   JSONError     what is wrong, and where, as an RFC 6901 pointer

/// Writes an `Encodable` value as compact JSON.
public struct JSONEncoder: Sendable {
  public var keys = KeyStyle.snakeCase
  public var userInfo: [CodingUserInfoKey: any Sendable] = [:]

  public init() {}

  /// Throws `JSONError` for numbers that JSON does not have, or what a type's own `encode(to:)` throws.
  public func encode(_ value: some Encodable) throws -> [UInt8] {
    let state = EncodingState(keys: keys, userInfo: userInfo)
    try state.value(value)
    if let misuse = state.misuse { throw misuse }
    return state.out.bytes
  }
}

/// What all containers of one encoding share: the bytes and the containers that are open.
///
/// Containers have no closing call, so whoever writes next closes what is deeper than itself.
final class EncodingState {
  let out = OutputBuffer(capacity: 8192)
  let snakeCase: Bool
  let userInfo: [CodingUserInfoKey: any Sendable]
  private let levels = LevelStack()
  /// Set where a protocol lets nothing be thrown.
  var misuse: JSONError?

  init(keys: KeyStyle, userInfo: [CodingUserInfoKey: any Sendable]) {
    snakeCase = keys == .snakeCase
    self.userInfo = userInfo
  }

  /// A container's own depth (from 1) and number: together they tell whether it is still open.
  struct Place {
    let depth: Int32
    let serial: UInt32
  }

  var depth: Int { levels.count }

  @inline(__always)
  func close(to depth: Int) {
    while levels.count > depth {
      out.byte(levels.pop().isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    }
  }

  @inline(__always)
  func open(object isObject: Bool) -> Place {
    out.byte(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
    let serial = levels.push(object: isObject)
    return Place(depth: Int32(truncatingIfNeeded: levels.count), serial: serial)
  }

  /// The container that a value at `depth` has begun already, as a subclass and its superclass share one.
  func container(object isObject: Bool, at depth: Int) -> Place {
    guard levels.count > depth else { return open(object: isObject) }
    close(to: depth + 1)
    let level = levels[depth]
    if level.isObject != isObject { misuse = .interleaved }
    return Place(depth: Int32(depth + 1), serial: level.serial)
  }

  /// Makes `place` the innermost open container and puts a comma where one is due.
  @inline(__always)
  func resume(_ place: Place) {
    let depth = Int(place.depth)
    if levels.count > depth { close(to: depth) }
    if levels.count < depth || levels[depth &- 1].serial != place.serial {
      misuse = .interleaved
      return
    }
    out.separate()
  }

  /// Writes one value. Known types go straight to the buffer, all others through their `encode(to:)`.
  @inline(__always)
  func value<T: Encodable>(_ value: T) throws {
    // The types are equal where the casts are made.
    if T.self == String.self {
      out.string(unsafe unsafeBitCast(value, to: String.self))
    } else if T.self == Int.self {
      out.integer(Int64(unsafe unsafeBitCast(value, to: Int.self)))
    } else if T.self == Bool.self {
      out.bool(unsafe unsafeBitCast(value, to: Bool.self))
    } else if T.self == Double.self {
      try double(unsafe unsafeBitCast(value, to: Double.self))
    } else if T.self == Int64.self {
      out.integer(unsafe unsafeBitCast(value, to: Int64.self))
    } else if T.self == Int32.self {
      out.integer(Int64(unsafe unsafeBitCast(value, to: Int32.self)))
    } else if T.self == Int8.self {
      out.integer(Int64(unsafe unsafeBitCast(value, to: Int8.self)))
    } else if T.self == Int16.self {
      out.integer(Int64(unsafe unsafeBitCast(value, to: Int16.self)))
    } else if T.self == UInt8.self {
      out.natural(UInt64(unsafe unsafeBitCast(value, to: UInt8.self)))
    } else if T.self == UInt16.self {
      out.natural(UInt64(unsafe unsafeBitCast(value, to: UInt16.self)))
    } else if T.self == UInt32.self {
      out.natural(UInt64(unsafe unsafeBitCast(value, to: UInt32.self)))
    } else if T.self == UInt64.self {
      out.natural(UInt64(unsafe unsafeBitCast(value, to: UInt64.self)))
    } else if T.self == UInt.self {
      out.natural(UInt64(unsafe unsafeBitCast(value, to: UInt.self)))
    } else if T.self == Float.self {
      try float(unsafe unsafeBitCast(value, to: Float.self))
    } else {
      try other(value)
    }
  }

  private func other<T: Encodable>(_ value: T) throws {
    if T.self == [String].self { return strings(unsafe unsafeBitCast(value, to: [String].self)) }
    let depth = levels.count
    let before = out.count
    try value.encode(to: ValueEncoder(state: self, depth: depth))
    if out.count == before { out.literal("{}") }
    close(to: depth)
  }

  /// The commonest array, without a container.
  private func strings(_ strings: [String]) {
    out.byte(UInt8(ascii: "["))
    for string in strings {
      out.separate()
      out.string(string)
    }
    out.byte(UInt8(ascii: "]"))
  }

  /// A float's own shortest text, which a double's would not be.
  private func float(_ value: Float) throws(JSONError) {
    guard value.isFinite else { return try double(Double(value)) }
    var text = value.description
    text.withUTF8 { unsafe out.append($0) }
  }

  func double(_ value: Double) throws(JSONError) {
    guard value.isFinite else {
      throw JSONError(pointer: pointer, code: "not_finite", detail: "JSON has no infinities and no NaN.")
    }
    out.double(value)
  }

  /// Where the next value goes, read back from what was written.
  private var pointer: String {
    let written = out.bytes
    let parsed = unsafe written.withUnsafeBufferPointer { bytes in
      unsafe Parser.parse(bytes, JSONLimits(depth: JSONLimits.depthCeiling, sizeBytes: JSONLimits.sizeBytesCeiling))
    }
    switch parsed {
    case .failure(let error): return error.pointer
    case .success: return ""
    }
  }
}

extension JSONError {
  static var interleaved: JSONError {
    JSONError(
      pointer: "", code: "interleaved",
      detail: "A container was written to after its parent went on, or a value has two kinds of container.")
  }
}
