// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds the schema of a type by decoding it from nothing and noting what it asks for, so that a type's wire
/// shape is written once: in the type.
public struct SchemaProbe {
  /// Objects met on the way, by name.
  public private(set) var objects: [String: Schema.Object] = [:]
  private var open: Set<String> = []

  public init() {}

  /// The schema of a type; objects come back as references into `objects`.
  public mutating func schema<Value: Decodable>(of type: Value.Type) -> Schema {
    probe(type).schema
  }

  /// A valid value of a type, if its parts have examples.
  public mutating func standIn<Value: Decodable>(for type: Value.Type) -> Value? { probe(type).value }

  fileprivate mutating func probe<Value: Decodable>(_ type: Value.Type) -> (schema: Schema, value: Value?) {
    if let known = type as? any WireValue.Type { return (known.schema, known.example as? Value) }
    if let optional = type as? any OptionalShape.Type {
      return (.nullable(optional.wrappedSchema(&self)), nil)
    }
    let name = SchemaProbe.name(of: type)
    if open.contains(name) { return (.reference(name), nil) }
    open.insert(name)
    defer { open.remove(name) }
    let note = ProbeNote(probe: self)
    let value = try? Value(from: ProbeDecoder(note: note))
    objects.merge(note.probe.objects) { old, _ in old }
    guard case .object(var object) = note.schema else { return (note.schema, value) }
    object.name = name
    if let ruled = type as? any Ruled.Type { ruled.refine(&object) }
    objects[name] = object
    return (.reference(name), value)
  }

  /// `Page<ProductCard>` is called `ProductCardPage`.
  static func name(of type: Any.Type) -> String {
    let text = String(describing: type)
    guard let open = text.firstIndex(of: "<") else { return text }
    let inner = text[text.index(after: open)...].dropLast()
    return String(inner.split(separator: ".").last ?? inner) + String(text[..<open])
  }
}

/// What one decoder has been asked for.
private final class ProbeNote {
  var probe: SchemaProbe
  var schema: Schema = .anything
  init(probe: SchemaProbe) { self.probe = probe }

  func add(_ name: String, _ schema: Schema, isRequired: Bool) {
    guard case .object(var object) = self.schema else { return }
    if !object.properties.contains(where: { $0.name == name }) {
      object.properties.append(.init(name: name, schema: schema, isRequired: isRequired))
    }
    self.schema = .object(object)
  }
}

private protocol OptionalShape {
  static func wrappedSchema(_ probe: inout SchemaProbe) -> Schema
}

extension Optional: OptionalShape where Wrapped: Decodable {
  static func wrappedSchema(_ probe: inout SchemaProbe) -> Schema { probe.schema(of: Wrapped.self) }
}

private struct ProbeFailure: Error {}

private struct ProbeDecoder: Decoder {
  let note: ProbeNote
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    if case .object = note.schema {} else { note.schema = .object(.init(name: "", properties: [])) }
    return KeyedDecodingContainer(KeyedProbe(note: note))
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer { UnkeyedProbe(note: note) }
  func singleValueContainer() -> any SingleValueDecodingContainer { SingleProbe(note: note) }
}

private final class KeyedProbe<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let note: ProbeNote
  private var patched: Set<String> = []
  init(note: ProbeNote) { self.note = note }

  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { [] }

  /// Only `Patch` asks: its keys may be absent.
  func contains(_ key: Key) -> Bool {
    patched.insert(key.stringValue)
    return true
  }

  func decodeNil(forKey key: Key) -> Bool { false }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    let (schema, value) = note.probe.probe(type)
    let isPatched = patched.contains(key.stringValue)
    note.add(key.stringValue, isPatched ? .nullable(schema) : schema, isRequired: !isPatched)
    guard let value else { throw ProbeFailure() }
    return value
  }

  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    note.add(key.stringValue, .nullable(note.probe.schema(of: type)), isRequired: false)
    return nil
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { throw ProbeFailure() }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw ProbeFailure() }
  func superDecoder() throws -> any Decoder { throw ProbeFailure() }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw ProbeFailure() }
}

private struct UnkeyedProbe: UnkeyedDecodingContainer {
  let note: ProbeNote
  var codingPath: [any CodingKey] { [] }
  var count: Int? { 1 }
  var isAtEnd: Bool { currentIndex > 0 }
  private(set) var currentIndex = 0

  mutating func decodeNil() -> Bool { false }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    currentIndex += 1
    let (schema, value) = note.probe.probe(type)
    note.schema = .array(schema, count: nil)
    guard let value else { throw ProbeFailure() }
    return value
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
    throw ProbeFailure()
  }
  func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw ProbeFailure() }
  func superDecoder() throws -> any Decoder { throw ProbeFailure() }
}

private struct SingleProbe: SingleValueDecodingContainer {
  let note: ProbeNote
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { false }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let (schema, value) = note.probe.probe(type)
    note.schema = schema
    guard let value else { throw ProbeFailure() }
    return value
  }
}

// The standard library's own values.
extension String: WireValue {
  public static var schema: Schema { .text }
  public static var example: String { "text" }
}
extension Bool: WireValue {
  public static var schema: Schema { .boolean }
  public static var example: Bool { true }
}
extension Int: WireValue {
  public static var schema: Schema { .integer(nil) }
  public static var example: Int { 1 }
}
extension Double: WireValue {
  public static var schema: Schema { .number }
  public static var example: Double { 1.5 }
}
