// SPDX-License-Identifier: GPL-3.0-or-later

/// Header fields in order, found without regard to case.
///
/// All names and values lie in one buffer; strings are made when somebody asks for one. Names and values that could
/// break out of their line are not stored: the headers become malformed, and the server answers 500 instead.
public struct HTTPHeaders: Sendable, ExpressibleByDictionaryLiteral {
  struct Entry: Sendable {
    var name: Int
    var nameLength: Int
    var value: Int
    var valueLength: Int
  }

  /// Each name and each value is followed by a zero byte, so that C reads them in place.
  private(set) var bytes: [UInt8] = []
  private(set) var entries: [Entry] = []
  /// Whether something was refused because it held a line break or another forbidden character.
  public private(set) var isMalformed = false

  public init() {}

  public init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { add(name, value) }
  }

  init(bytes: [UInt8], entries: [Entry]) {
    self.bytes = bytes
    self.entries = entries
  }

  public var count: Int { entries.count }
  public var isEmpty: Bool { entries.isEmpty }

  /// The first value of that name. Setting replaces every value of the name; nil removes them.
  public subscript(_ name: String) -> String? {
    get { first(name).map(value(of:)) }
    set {
      remove(name)
      if let newValue { add(name, newValue) }
    }
  }

  /// Every value of that name, in order.
  public func values(for name: String) -> [String] {
    entries.lazy.filter { matches($0, name) }.map(value(of:))
  }

  public func contains(_ name: String) -> Bool { first(name) != nil }

  /// Appends a field, also when the name is there already.
  public mutating func add(_ name: String, _ value: String) {
    guard HTTPHeaders.isToken(name), HTTPHeaders.isFieldValue(value) else {
      isMalformed = true
      return
    }
    if entries.isEmpty {
      // Room for what most answers say, made once.
      bytes.reserveCapacity(256)
      entries.reserveCapacity(8)
    }
    let start = bytes.count
    bytes.append(contentsOf: name.utf8)
    bytes.append(0)
    let middle = bytes.count
    bytes.append(contentsOf: value.utf8)
    bytes.append(0)
    entries.append(
      Entry(name: start, nameLength: middle - start - 1, value: middle, valueLength: bytes.count - middle - 1))
  }

  /// Removes every field of that name.
  public mutating func remove(_ name: String) {
    if contains(name) { entries = entries.filter { !matches($0, name) } }
  }

  /// Names and values in order.
  public var all: [(name: String, value: String)] {
    entries.map { (text($0.name, $0.nameLength), value(of: $0)) }
  }

  /// Whether a comma-separated list in the fields of that name holds the token.
  public func lists(_ token: String, in name: String) -> Bool {
    values(for: name).contains { value in
      value.split(separator: ",").contains { element in
        element.drop { $0 == " " }.prefix { $0 != ";" && $0 != " " }.lowercased() == token
      }
    }
  }

  // MARK: Inside

  func first(_ name: String) -> Entry? { entries.first { matches($0, name) } }

  func value(of entry: Entry) -> String { text(entry.value, entry.valueLength) }

  private func text(_ start: Int, _ length: Int) -> String {
    String(decoding: bytes[start..<start + length], as: UTF8.self)
  }

  func matches(_ entry: Entry, _ name: String) -> Bool {
    if entry.nameLength != name.utf8.count { return false }
    var index = entry.name
    for wanted in name.utf8 {
      if HTTPHeaders.lowered(bytes[index]) != HTTPHeaders.lowered(wanted) { return false }
      index += 1
    }
    return true
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  /// RFC 9110, section 5.6.2.
  static func isToken(_ text: some StringProtocol) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }

  /// RFC 9110, section 5.5: no control characters but the tab.
  static func isFieldValue(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7f) }
  }
}
