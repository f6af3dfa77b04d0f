// SPDX-License-Identifier: GPL-3.0-or-later

/// Any JSON document as a value. Objects keep the order of their members; equality does not look at it.
public enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  /// The member of an object; nil for anything else.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0 == name }?.1
  }

  /// The element of an array; nil beyond its end and for anything else.
  public subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }
}

extension JSONValue: Equatable {
  public static func == (a: JSONValue, b: JSONValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.double(let a), .double(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): haveSameMembers(a, b)
    default: false
    }
  }

  private static func haveSameMembers(_ a: [(String, JSONValue)], _ b: [(String, JSONValue)]) -> Bool {
    guard a.count == b.count else { return false }
    if zip(a, b).allSatisfy({ $0.0 == $1.0 && $0.1 == $1.1 }) { return true }
    let byName = Dictionary(b.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
    return a.allSatisfy { byName[$0.0] == $0.1 }
  }
}

extension JSONValue: Codable {
  /// A name that is data, so that no key style touches it.
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }

  public init(from decoder: any Decoder) throws {
    if let own = decoder as? ValueDecoder {
      self = own.tape.document(own.index)
    } else if let object = try? decoder.container(keyedBy: Name.self) {
      self = .object(try object.allKeys.map { ($0.stringValue, try object.decode(JSONValue.self, forKey: $0)) })
    } else if var array = try? decoder.unkeyedContainer() {
      var elements: [JSONValue] = []
      while !array.isAtEnd { elements.append(try array.decode(JSONValue.self)) }
      self = .array(elements)
    } else {
      self = try Self.scalar(try decoder.singleValueContainer())
    }
  }

  private static func scalar(_ container: any SingleValueDecodingContainer) throws -> JSONValue {
    if container.decodeNil() { return .null }
    if let value = try? container.decode(Bool.self) { return .bool(value) }
    if let value = try? container.decode(Int64.self) { return .int(value) }
    if let value = try? container.decode(Double.self) { return .double(value) }
    return .string(try container.decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    if let own = encoder as? ValueEncoder { return try own.state.document(self) }
    switch self {
    case .array(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    case .object(let members):
      var container = encoder.container(keyedBy: Name.self)
      for (name, value) in members { try container.encode(value, forKey: Name(stringValue: name)) }
    default:
      var container = encoder.singleValueContainer()
      switch self {
      case .bool(let value): try container.encode(value)
      case .int(let value): try container.encode(value)
      case .double(let value): try container.encode(value)
      case .string(let value): try container.encode(value)
      default: try container.encodeNil()
      }
    }
  }
}

extension EncodingState {
  /// Writes a document without containers.
  func document(_ value: JSONValue) throws {
    switch value {
    case .null: out.literal("null")
    case .bool(let value): out.bool(value)
    case .int(let value): out.integer(value)
    case .double(let value): try double(value)
    case .string(let value): out.string(value)
    case .array(let elements):
      out.byte(UInt8(ascii: "["))
      for element in elements {
        out.separate()
        try document(element)
      }
      out.byte(UInt8(ascii: "]"))
    case .object(let members):
      out.byte(UInt8(ascii: "{"))
      for (name, value) in members {
        out.separate()
        out.key(name, snakeCase: false)
        try document(value)
      }
      out.byte(UInt8(ascii: "}"))
    }
  }
}

extension Tape {
  /// The value at `i` as a document; all its members count as asked for.
  func document(_ i: Int) -> JSONValue {
    switch tag(i) {
    case .null: return .null
    case .no: return .bool(false)
    case .yes: return .bool(true)
    case .small: return .int(self[i].smallInteger)
    case .integer: return .int(Int64(bitPattern: self[i + 1]))
    case .natural: return .double(Double(self[i + 1]))
    case .double: return .double(Double(bitPattern: self[i + 1]))
    case .string: return .string(bytes(i).text)
    case .array:
      var elements: [JSONValue] = []
      elements.reserveCapacity(self[i].length)
      forEachChild(of: i) { _, value in elements.append(document(value)) }
      return .array(elements)
    case .object:
      var members: [(String, JSONValue)] = []
      members.reserveCapacity(self[i].length)
      forEachChild(of: i) { key, value in
        markAsked(key)
        members.append((bytes(key).text, document(value)))
      }
      return .object(members)
    }
  }

  /// Each member's key and value, or each element twice.
  @inline(__always)
  func forEachChild(of i: Int, _ body: (_ key: Int, _ value: Int) -> Void) {
    var (child, end) = children(i)
    let isObject = tag(i) == .object
    while child < end {
      let value = isObject ? child + 1 : child
      body(child, value)
      child = after(value)
    }
  }
}
