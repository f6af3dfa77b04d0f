// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market

/// Why a request's input could not be read.
enum InputFault: Error {
  /// Not even readable: 400.
  case malformed(FieldError)
  /// Readable, and not acceptable: 422.
  case invalid([FieldError])
  /// A place of the path cannot name anything: 404.
  case noSuchPlace
}

/// Reads an endpoint's input: path places, then the query string or the JSON body, then the rules.
enum InputReader {
  static func read<Input: Decodable>(
    _ type: Input.Type, method: Method, places: [String: String], query: NamedTexts, body: [UInt8], hasJSONBody: Bool
  ) throws(InputFault) -> Input {
    let input: Input
    if hasJSONBody && !method.takesQuery {
      if let name = query.names.first {
        throw .invalid([FieldError("/" + name, "unknown_field", "This address takes no query string.")])
      }
      input = try decodeBody(type, places, body)
    } else {
      input = try decodeTexts(type, places, query)
    }
    if let ruled = input as? any Ruled {
      let faults = ruled.faults
      if !faults.isEmpty { throw .invalid(faults) }
    }
    return input
  }

  private static func decodeTexts<Input: Decodable>(
    _ type: Input.Type, _ places: [String: String], _ texts: NamedTexts
  ) throws(InputFault) -> Input {
    try checkNames(type, places, texts)
    let merged = texts.isEmpty ? NamedTexts(places) : NamedTexts(texts.values.merging(places) { _, place in place })
    do { return try Input(from: TextDecoder(texts: merged)) } catch let error as FieldError {
      if places[String(error.pointer.dropFirst())] != nil { throw .noSuchPlace }
      throw .invalid([error])
    } catch {
      throw .malformed(FieldError("", "unreadable", "The request could not be read."))
    }
  }

  private static func checkNames<Input: Decodable>(
    _ type: Input.Type, _ places: [String: String], _ texts: NamedTexts
  ) throws(InputFault) {
    if texts.isEmpty { return }
    for name in places.keys where texts[name] != nil {
      throw .invalid([FieldError("/" + name, "unknown_field", "This belongs in the path only.")])
    }
    let known = FieldNames.of(type)
    let unknown = texts.names.filter { !known.contains($0) }
    if !unknown.isEmpty {
      throw .invalid(unknown.map { FieldError("/" + $0, "unknown_field", "There is no such parameter here.") })
    }
  }

  private static func decodeBody<Input: Decodable>(
    _ type: Input.Type, _ places: [String: String], _ body: [UInt8]
  ) throws(InputFault) -> Input {
    var decoder = JSONDecoder()
    decoder.userInfo[.places] = NamedTexts(places)
    do throws(JSONError) {
      return try decoder.decode(PlacedInput<Input>.self, from: body).input
    } catch {
      if let place = error.cause as? FieldError, places[String(place.pointer.dropFirst())] != nil { throw .noSuchPlace }
      if places[String(error.pointer.dropFirst())] != nil { throw .noSuchPlace }
      let field = FieldError(error.pointer, error.code, error.detail)
      throw error.isUnreadable ? .malformed(field) : .invalid([field])
    }
  }
}

extension CodingUserInfoKey {
  static let places: CodingUserInfoKey = {
    guard let key = CodingUserInfoKey(rawValue: "places") else { preconditionFailure("the key is a plain word") }
    return key
  }()
}

/// An input whose path places are taken from the path and whose other fields come from the body.
private struct PlacedInput<Input: Decodable>: Decodable {
  let input: Input

  init(from decoder: any Decoder) throws {
    guard let places = decoder.userInfo[.places] as? NamedTexts, !places.values.isEmpty else {
      input = try Input(from: decoder)
      return
    }
    input = try Input(from: PlacedDecoder(places: places, body: decoder))
  }
}

private struct PlacedDecoder: Decoder {
  let places: NamedTexts
  let body: any Decoder
  var codingPath: [any CodingKey] { body.codingPath }
  var userInfo: [CodingUserInfoKey: Any] { body.userInfo }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(PlacedFields(places: places, body: try body.container(keyedBy: type)))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try body.unkeyedContainer() }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { try body.singleValueContainer() }
}

private struct PlacedFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let places: NamedTexts
  let body: KeyedDecodingContainer<Key>
  var codingPath: [any CodingKey] { body.codingPath }
  var allKeys: [Key] { body.allKeys }

  func contains(_ key: Key) -> Bool { places[snakeCase(key.stringValue)] != nil || body.contains(key) }

  func decodeNil(forKey key: Key) throws -> Bool {
    if places[snakeCase(key.stringValue)] != nil { return false }
    return try body.decodeNil(forKey: key)
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    let name = snakeCase(key.stringValue)
    guard let text = places[name] else { return try body.decode(type, forKey: key) }
    return try Value(from: OneText(name: name, text: text))
  }

  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    let name = snakeCase(key.stringValue)
    guard let text = places[name] else { return try body.decodeIfPresent(type, forKey: key) }
    return try Value(from: OneText(name: name, text: text))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try body.nestedContainer(keyedBy: type, forKey: key) }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try body.nestedUnkeyedContainer(forKey: key)
  }
  func superDecoder() throws -> any Decoder { try body.superDecoder() }
  func superDecoder(forKey key: Key) throws -> any Decoder { try body.superDecoder(forKey: key) }
}

extension JSONError {
  /// Whether the text is no JSON at all, rather than JSON that does not fit.
  fileprivate var isUnreadable: Bool { ["syntax", "encoding", "depth", "size", "duplicate_key"].contains(code) }
}
