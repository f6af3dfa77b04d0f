// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the members of one object, quickest in the order in which they are written.
struct KeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private let tape: Tape
  private let object: Int
  private let snakeCase: Bool

  init(_ tape: Tape, _ index: Int) throws(JSONError) {
    guard tape.tag(index) == .object else { throw tape.wrongType(index, "an object") }
    self.tape = tape
    object = index
    snakeCase = tape.keys == .snakeCase && !keysAreData(Key.self)
    tape[index] |= .flag
  }

  var codingPath: [any CodingKey] { tape.path(to: object) }

  /// The names of the members that `Key` knows; they count as asked for.
  var allKeys: [Key] {
    var keys: [Key] = []
    var (i, end) = tape.children(object)
    while i < end {
      let wire = tape.bytes(i).text
      let name = snakeCase ? tape.keys.propertyName(of: wire) : wire
      if let name, let key = Key(stringValue: name) {
        tape.markAsked(i)
        keys.append(key)
      }
      i = tape.after(i + 1)
    }
    return keys
  }

  func contains(_ key: Key) -> Bool { tape.member(key.stringValue, of: object, snakeCase: snakeCase) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { tape.tag(try index(key)) == .null }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try tape.value(type, at: index(key)) }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? { try optional(type, key) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    KeyedDecodingContainer(try KeyedReader<Nested>(tape, index(key)))
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try UnkeyedReader(tape, index(key))
  }

  func superDecoder() throws -> any Decoder { ValueDecoder(tape: tape, index: try index(named: "super")) }

  func superDecoder(forKey key: Key) throws -> any Decoder { ValueDecoder(tape: tape, index: try index(key)) }

  @inline(__always)
  private func index(_ key: Key) throws(JSONError) -> Int { try index(named: key.stringValue) }

  @inline(__always)
  private func index(named name: String) throws(JSONError) -> Int {
    if let found = tape.member(name, of: object, snakeCase: snakeCase) { return found }
    throw tape.missing(name, of: object, snakeCase: snakeCase)
  }

  @inline(__always)
  private func optional<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T? {
    guard let i = tape.member(key.stringValue, of: object, snakeCase: snakeCase), tape.tag(i) != .null else {
      return nil
    }
    return try tape.value(type, at: i)
  }
}

// The protocol's defaults look a member up three times; a generic function does not replace them.
extension KeyedReader {
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(type, key) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try optional(type, key) }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try optional(type, key) }
  func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { try optional(type, key) }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(type, key) }
  func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { try optional(type, key) }
  func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { try optional(type, key) }
  func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try optional(type, key) }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try optional(type, key) }
  func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { try optional(type, key) }
  func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { try optional(type, key) }
  func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { try optional(type, key) }
  func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { try optional(type, key) }
  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? { try optional(type, key) }
}

extension Tape {
  /// The value of a member of the object at `object`, marked as asked for.
  ///
  /// The search begins after the member found last, so members read in their order are found at once.
  @inline(__always)
  func member(_ name: String, of object: Int, snakeCase: Bool) -> Int? {
    var name = name
    return name.withUTF8 { unsafe member(ByteView($0), of: object, snakeCase) }
  }

  @inline(__always)
  private func member(_ name: ByteView, of object: Int, _ snakeCase: Bool) -> Int? {
    let (start, end) = children(object)
    let from = self[object &+ 1].low
    var i = from
    while i < end {
      if isKey(i, name, snakeCase) { return take(i, of: object) }
      i = after(i &+ 1)
    }
    i = start
    while i < from {
      if isKey(i, name, snakeCase) { return take(i, of: object) }
      i = after(i &+ 1)
    }
    return nil
  }

  @inline(__always)
  private func isKey(_ i: Int, _ name: ByteView, _ snakeCase: Bool) -> Bool {
    let wire = bytes(i)
    return snakeCase ? wire.isSnakeCase(of: name) : wire == name
  }

  @inline(__always)
  private func take(_ key: Int, of object: Int) -> Int {
    markAsked(key)
    self[object &+ 1] = UInt64(truncatingIfNeeded: after(key &+ 1))
    return key &+ 1
  }

  @inline(never)
  func missing(_ name: String, of object: Int, snakeCase: Bool) -> JSONError {
    let wire = snakeCase ? keys.wireName(of: name) : name
    return JSONError(
      pointer: pointer(to: object) + pointerStep(wire), code: "missing", detail: "The member \(wire) is required.")
  }
}
