// SPDX-License-Identifier: GPL-3.0-or-later

/// What a value looks like on the wire: the part of JSON Schema that the API uses.
public indirect enum Schema: Sendable, Equatable {
  case string(Text)
  case integer(ClosedRange<Int>?)
  case number
  case boolean
  case array(Schema, count: ClosedRange<Int>?)
  case object(Object)
  case map(Schema)
  case nullable(Schema)
  /// An object described elsewhere under this name.
  case reference(String)
  case anything

  public struct Text: Sendable, Equatable {
    public var length: ClosedRange<Int>?
    public var pattern: String?
    public var format: String?
    public var choices: [String]?
    public init(
      length: ClosedRange<Int>? = nil, pattern: String? = nil, format: String? = nil, choices: [String]? = nil
    ) {
      self.length = length
      self.pattern = pattern
      self.format = format
      self.choices = choices
    }
  }

  public struct Object: Sendable, Equatable {
    public var name: String
    public var properties: [Property]
  }

  public struct Property: Sendable, Equatable {
    /// As Swift spells it; the wire says it in snake case.
    public var name: String
    public var schema: Schema
    public var isRequired: Bool
    public var example: String?
  }

  public static let text = Schema.string(Text())
}

/// A type that is one value on the wire and describes itself: ids, currencies, timestamps, enums.
public protocol WireValue: Codable, Sendable {
  static var schema: Schema { get }
  /// A valid value, for documentation and probing.
  static var example: Self { get }
}

/// An enum of wire words.
public protocol WireEnum: WireValue, CaseIterable, RawRepresentable, Hashable where RawValue == String {}

extension WireEnum {
  public static var schema: Schema { .string(.init(choices: allCases.map(\.rawValue))) }
  public static var example: Self {
    guard let first = allCases.first else { preconditionFailure("a wire enum has a case") }
    return first
  }
}

extension WireEnum {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let word = Self(rawValue: try container.decode(String.self)) else {
      let choices = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "Use one of \(choices).")
    }
    self = word
  }
}

/// camelCase as the wire spells it.
public func snakeCase(_ name: String) -> String {
  // Most names are one plain word.
  if name.utf8.allSatisfy({ (0x61...0x7a).contains($0) }) { return name }
  var result = ""
  for character in name {
    if character.isUppercase { result += "_" }
    result += character.lowercased()
  }
  return result
}
