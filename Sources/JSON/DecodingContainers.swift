// SPDX-License-Identifier: GPL-3.0-or-later

/// The decoder that one value gets: an index into the tape.
struct ValueDecoder: Decoder {
  let tape: Tape
  let index: Int

  var codingPath: [any CodingKey] { tape.path(to: index) }
  var userInfo: [CodingUserInfoKey: Any] { tape.userInfo }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(try KeyedReader<Key>(tape, index))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try UnkeyedReader(tape, index) }

  func singleValueContainer() -> any SingleValueDecodingContainer { SingleReader(tape: tape, index: index) }
}

/// Reads the elements of one array.
struct UnkeyedReader: UnkeyedDecodingContainer {
  private let tape: Tape
  private let array: Int
  private var next: Int
  private(set) var currentIndex = 0

  init(_ tape: Tape, _ index: Int) throws(JSONError) {
    guard tape.tag(index) == .array else { throw tape.wrongType(index, "an array") }
    self.tape = tape
    array = index
    next = index &+ 1
  }

  var codingPath: [any CodingKey] { tape.path(to: array) }
  var count: Int? { tape[array].length }
  var isAtEnd: Bool { next >= tape[array].low }

  @inline(__always)
  private mutating func take() throws(JSONError) -> Int {
    let index = next
    if index >= tape[array].low { throw endOfArray() }
    next = tape.after(index)
    currentIndex &+= 1
    return index
  }

  private func endOfArray() -> JSONError {
    JSONError(
      pointer: tape.pointer(to: array) + "/\(currentIndex)", code: "missing",
      detail: "The array has only \(currentIndex) elements.")
  }

  mutating func decodeNil() throws -> Bool {
    if isAtEnd { throw endOfArray() }
    guard tape.tag(next) == .null else { return false }
    _ = try take()
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try tape.value(type, at: take()) }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    KeyedDecodingContainer(try KeyedReader<Nested>(tape, take()))
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try UnkeyedReader(tape, take()) }

  mutating func superDecoder() throws -> any Decoder { ValueDecoder(tape: tape, index: try take()) }
}

/// Reads one value as a whole.
struct SingleReader: SingleValueDecodingContainer {
  let tape: Tape
  let index: Int

  var codingPath: [any CodingKey] { tape.path(to: index) }

  func decodeNil() -> Bool { tape.tag(index) == .null }

  func decode<T: Decodable>(_ type: T.Type) throws -> T { try tape.value(type, at: index) }
}
