// SPDX-License-Identifier: GPL-3.0-or-later

/// The encoder that one value gets, at one depth.
struct ValueEncoder: Encoder {
  let state: EncodingState
  let depth: Int

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { state.userInfo }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    let place = state.container(object: true, at: depth)
    return KeyedEncodingContainer(KeyedWriter<Key>(state, place))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    UnkeyedWriter(state, state.container(object: false, at: depth))
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { SingleWriter(state: state) }
}

/// Writes the members of one object.
struct KeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
  private let state: EncodingState
  private let place: EncodingState.Place
  private let snakeCase: Bool

  @inline(__always)
  init(_ state: EncodingState, _ place: EncodingState.Place) {
    self.state = state
    self.place = place
    snakeCase = state.snakeCase && !keysAreData(Key.self)
  }

  var codingPath: [any CodingKey] { [] }

  @inline(__always)
  private func key(_ name: String) {
    state.resume(place)
    state.out.key(name, snakeCase: snakeCase)
  }

  func encodeNil(forKey key: Key) {
    self.key(key.stringValue)
    state.out.literal("null")
  }

  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    self.key(key.stringValue)
    try state.value(value)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    self.key(key.stringValue)
    return KeyedEncodingContainer(KeyedWriter<Nested>(state, state.open(object: true)))
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    self.key(key.stringValue)
    return UnkeyedWriter(state, state.open(object: false))
  }

  func superEncoder() -> any Encoder { superEncoder(named: "super") }

  func superEncoder(forKey key: Key) -> any Encoder { superEncoder(named: key.stringValue) }

  private func superEncoder(named name: String) -> any Encoder {
    key(name)
    return ValueEncoder(state: state, depth: state.depth)
  }
}

/// Writes the elements of one array.
struct UnkeyedWriter: UnkeyedEncodingContainer {
  private let state: EncodingState
  private let place: EncodingState.Place
  private(set) var count = 0

  @inline(__always)
  init(_ state: EncodingState, _ place: EncodingState.Place) {
    self.state = state
    self.place = place
  }

  var codingPath: [any CodingKey] { [] }

  @inline(__always)
  private mutating func element() {
    state.resume(place)
    count &+= 1
  }

  mutating func encodeNil() {
    element()
    state.out.literal("null")
  }

  mutating func encode<T: Encodable>(_ value: T) throws {
    element()
    try state.value(value)
  }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    element()
    return KeyedEncodingContainer(KeyedWriter<Nested>(state, state.open(object: true)))
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    element()
    return UnkeyedWriter(state, state.open(object: false))
  }

  mutating func superEncoder() -> any Encoder {
    element()
    return ValueEncoder(state: state, depth: state.depth)
  }
}

/// Writes one value that has no members.
struct SingleWriter: SingleValueEncodingContainer {
  let state: EncodingState

  var codingPath: [any CodingKey] { [] }

  func encodeNil() { state.out.literal("null") }

  func encode<T: Encodable>(_ value: T) throws { try state.value(value) }
}
