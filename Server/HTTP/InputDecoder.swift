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

/// Decodes an input: each field from the text of its name, the others from the body if there is one. A field that does
/// not fit is noted, and an example of its type stands in for it, so that the fields after it are looked at too.
struct InputDecoder: Decoder {
  let texts: NamedTexts
  let body: (any Decoder)?
  let faults: FaultNotes
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    let fields = try body?.container(keyedBy: type)
    return KeyedDecodingContainer(InputFields(texts: texts, body: fields, faults: faults))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard let body else { throw FieldError.unfit("") }
    return try body.unkeyedContainer()
  }
  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    guard let body else { throw FieldError.unfit("") }
    return try body.singleValueContainer()
  }
}

private struct InputFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let texts: NamedTexts
  let body: KeyedDecodingContainer<Key>?
  let faults: FaultNotes
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { body?.allKeys ?? texts.names.compactMap(Key.init(stringValue:)) }

  func contains(_ key: Key) -> Bool { texts[snakeCase(key.stringValue)] != nil || body?.contains(key) == true }

  func decodeNil(forKey key: Key) throws -> Bool {
    if texts[snakeCase(key.stringValue)] != nil { return false }
    return try body?.decodeNil(forKey: key) ?? true
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
      if texts[snakeCase(key.stringValue)] != nil { return try value(type, key) }
      return try body?.decodeIfPresent(type, forKey: key)
    } catch {
      note(error, key)
      return nil
    }
  }

  private func value<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value {
    let name = snakeCase(key.stringValue)
    if let text = texts[name] { return try Value(from: OneText(name: name, text: text)) }
    guard let body else { throw FieldError("/" + name, "required", "This is missing.") }
    return try body.decode(type, forKey: key)
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
  ) throws -> KeyedDecodingContainer<Nested> { try whole(key.stringValue).nestedContainer(keyedBy: type, forKey: key) }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try whole(key.stringValue).nestedUnkeyedContainer(forKey: key)
  }
  func superDecoder() throws -> any Decoder { try whole("").superDecoder() }
  func superDecoder(forKey key: Key) throws -> any Decoder { try whole(key.stringValue).superDecoder(forKey: key) }

  /// The body, for what is more than one text.
  private func whole(_ name: String) throws -> KeyedDecodingContainer<Key> {
    guard let body else { throw FieldError.unfit(name) }
    return body
  }
}
