// SPDX-License-Identifier: GPL-3.0-or-later

/// Header fields in the order they were sent. Names compare without regard to case.
public struct HeaderFields: Sendable, Equatable, Codable, ExpressibleByDictionaryLiteral {
  /// One line of a header.
  public struct Field: Sendable, Equatable, Codable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public private(set) var fields: [Field] = []

  public init() {}

  public init(_ pairs: [(String, String)]) { fields = pairs.map { Field(name: $0.0, value: $0.1) } }

  public init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }

  /// The first value of that name. Setting replaces every field of that name; `nil` removes them.
  public subscript(name: String) -> String? {
    get { fields.first { $0.name.equalsIgnoringCase(name) }?.value }
    set {
      remove(name)
      if let newValue { add(name, newValue) }
    }
  }

  public mutating func add(_ name: String, _ value: String) { fields.append(Field(name: name, value: value)) }

  public mutating func remove(_ name: String) { fields.removeAll { $0.name.equalsIgnoringCase(name) } }

  public func values(for name: String) -> [String] {
    fields.filter { $0.name.equalsIgnoringCase(name) }.map(\.value)
  }

  /// Every value of that name as one list, as RFC 9110 §5.3 allows; `nil` when the field is absent.
  public func joined(_ name: String) -> String? {
    let values = values(for: name)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  /// Appends to the value of the last field: an obsolete folded line.
  mutating func continueLast(with text: String) {
    guard !fields.isEmpty else { return }
    fields[fields.count - 1].value += " " + text
  }
}

extension StringProtocol {
  /// Whether both are the same but for the case of ASCII letters.
  func equalsIgnoringCase(_ other: some StringProtocol) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8) { $0.asciiLowercased == $1.asciiLowercased }
  }

  /// Without spaces and tabs at either end.
  var trimmed: String {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    let bytes = Array(utf8)
    guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}

extension UInt8 {
  var asciiLowercased: UInt8 { self >= 0x41 && self <= 0x5a ? self | 0x20 : self }
}
