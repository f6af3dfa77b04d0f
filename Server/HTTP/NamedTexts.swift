// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// Named texts of a path or a query string.
struct NamedTexts: Sendable {
  private(set) var values: [String: String] = [:]

  init(_ values: [String: String] = [:]) { self.values = values }

  subscript(_ name: String) -> String? { values[name] }
  var isEmpty: Bool { values.isEmpty }
  var names: [String] { values.keys.sorted() }

  /// These, and those of the other names.
  func over(_ others: NamedTexts) -> NamedTexts {
    others.isEmpty ? self : NamedTexts(values.merging(others.values) { own, _ in own })
  }

  mutating func take(_ name: String) -> String? { values.removeValue(forKey: name) }

  /// Adds the pairs of a query string; a broken escape or a name given twice is an error with its pointer.
  mutating func addQuery(_ query: String?) throws(FieldError) {
    guard let query, !query.isEmpty else { return }
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
        let value = parts.count == 2 ? PercentEncoding.decode(parts[1], plusIsSpace: true) : ""
      else { throw FieldError("", "broken_escape", "The query string has a broken percent escape or is not UTF-8.") }
      if values.updateValue(value, forKey: name) != nil {
        throw FieldError("/" + name, "duplicate", "Give this parameter once.")
      }
    }
  }
}

/// One text as a value.
struct OneText: Decoder, SingleValueDecodingContainer {
  let name: String
  let text: String
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw FieldError.unfit(name)
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw FieldError.unfit(name) }
  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { false }
  func decode(_ type: String.Type) -> String { text }

  func decode(_ type: Bool.Type) throws -> Bool {
    switch text {
    case "true": return true
    case "false": return false
    default: throw FieldError("/" + name, "wrong_type", "Use true or false.")
    }
  }

  func decode(_ type: Int.Type) throws -> Int {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
      throw FieldError("/" + name, "wrong_type", "Use a whole number.")
    }
    return number
  }

  /// Other numbers ask for themselves again, without end: no input has them.
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if type is any BinaryInteger.Type || type is any BinaryFloatingPoint.Type { throw FieldError.unfit(name) }
    return try Value(from: self)
  }
}

extension FieldError {
  static func unfit(_ name: String) -> FieldError {
    FieldError("/" + name, "wrong_type", "A path or query value is one text.")
  }
}

extension DecodingError {
  /// What the type that refused said of the value.
  var plainWords: String {
    switch self {
    case .dataCorrupted(let context), .keyNotFound(_, let context), .typeMismatch(_, let context),
      .valueNotFound(_, let context):
      context.debugDescription
    @unknown default: "This value does not fit."
    }
  }
}
