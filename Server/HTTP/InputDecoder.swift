// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Synchronization

/// The faults found while an input is decoded.
final class FaultNotes: Sendable {
  private let list = Mutex<[FieldError]>([])
  var errors: [FieldError] { list.withLock { $0 } }
  func add(_ error: FieldError) { list.withLock { $0.append(error) } }
}

/// Decodes an input from its path places and another decoder. A field that does not fit is noted, and an example of
/// its type stands in for it, so that the fields after it are looked at too.
struct InputDecoder: Decoder {
  let places: NamedTexts
  let source: any Decoder
  let faults: FaultNotes
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    let fields = try source.container(keyedBy: type)
    return KeyedDecodingContainer(InputFields(places: places, source: fields, faults: faults))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try source.unkeyedContainer() }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { try source.singleValueContainer() }
}

private struct InputFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let places: NamedTexts
  let source: KeyedDecodingContainer<Key>
  let faults: FaultNotes
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { source.allKeys }

  func contains(_ key: Key) -> Bool { places[snakeCase(key.stringValue)] != nil || source.contains(key) }

  func decodeNil(forKey key: Key) throws -> Bool {
    if places[snakeCase(key.stringValue)] != nil { return false }
    return try source.decodeNil(forKey: key)
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    do { return try value(type, key) } catch {
      note(error, key)
      var probe = SchemaProbe()
      guard let standIn = probe.standIn(for: type) else { throw error }
      return standIn
    }
  }

  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    do {
      if places[snakeCase(key.stringValue)] != nil { return try value(type, key) }
      return try source.decodeIfPresent(type, forKey: key)
    } catch {
      note(error, key)
      return nil
    }
  }

  private func value<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value {
    let name = snakeCase(key.stringValue)
    guard let text = places[name] else { return try source.decode(type, forKey: key) }
    return try Value(from: OneText(name: name, text: text))
  }

  private func note(_ error: any Error, _ key: Key) {
    let pointer = "/" + snakeCase(key.stringValue)
    switch error {
    case let error as FieldError: faults.add(error)
    case let error as JSONError: faults.add(FieldError(error.pointer, error.code, error.detail))
    case let error as DecodingError: faults.add(FieldError(pointer, "wrong_format", error.plainWords))
    default: faults.add(FieldError(pointer, "wrong_format", "This value does not fit."))
    }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try source.nestedContainer(keyedBy: type, forKey: key) }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try source.nestedUnkeyedContainer(forKey: key)
  }
  func superDecoder() throws -> any Decoder { try source.superDecoder() }
  func superDecoder(forKey key: Key) throws -> any Decoder { try source.superDecoder(forKey: key) }
}
