// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a person can be reached and is known by: an e-mail address or a phone number.
public enum Contact: Sendable, Hashable, CustomStringConvertible {
  /// In small letters.
  case email(String)
  /// In E.164: a plus sign and up to fifteen digits.
  case phone(String)

  public var kind: ContactKind {
    switch self {
    case .email: .email
    case .phone: .phone
    }
  }

  public var text: String {
    switch self {
    case .email(let address): address
    case .phone(let number): number
    }
  }

  public var description: String { text }

  /// From its text on the wire; nil when it is neither.
  public init?(_ text: String) {
    // An address may begin with a plus as well.
    if text.utf8.first == UInt8(ascii: "+") && !text.utf8.contains(UInt8(ascii: "@")) {
      guard Contact.isPhone(text.utf8.dropFirst()) else { return nil }
      self = .phone(text)
    } else {
      guard Contact.isEmail(text) else { return nil }
      self = .email(text.lowercased())
    }
  }

  /// From what a person typed: blanks around, and the blanks and signs that people put between digits, do not count.
  public init?(typed text: String) {
    let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !text.contains("@") else {
      self.init(text)
      return
    }
    var digits = text.filter { !" -./()".contains($0) }
    if digits.hasPrefix("00") { digits = "+" + digits.dropFirst(2) }
    self.init(digits)
  }

  /// Enough to recognise one's own, too little to learn it: `i…@example.org`, `+351 … 89`.
  public var masked: String {
    switch self {
    case .email(let address):
      let at = address.lastIndex(of: "@") ?? address.endIndex
      return "\(address.prefix(1))…\(address[at...])"
    case .phone(let number): return "\(number.prefix(3))…\(number.suffix(2))"
    }
  }

  static let lengthMax = 254

  // An atom of RFC 5322 §3.2.3, a host name of RFC 1123. Quoted local parts and non-ASCII addresses are left out:
  // few mail servers take them.
  private static let atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
  private static let label = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
  static let emailPattern = #"\#(atom)(\.\#(atom))*@(\#(label)\.)+[A-Za-z]{2,63}"#
  static let pattern = #"^(\#(emailPattern)|\+[1-9][0-9]{7,14})$"#

  private static func isPhone(_ digits: some Sequence<UInt8>) -> Bool {
    let digits = Array(digits)
    return (8...15).contains(digits.count) && digits[0] != UInt8(ascii: "0") && digits.allSatisfy(\.isDigit)
  }

  private static func isEmail(_ text: String) -> Bool {
    guard text.utf8.count <= lengthMax, let at = text.lastIndex(of: "@") else { return false }
    let local = text[..<at].split(separator: ".", omittingEmptySubsequences: false)
    let host = text[text.index(after: at)...].split(separator: ".", omittingEmptySubsequences: false)
    guard local.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isAtom) }), host.count >= 2, let top = host.last
    else { return false }
    return host.dropLast().allSatisfy { isLabel($0.utf8) } && (2...63).contains(top.utf8.count)
      && top.utf8.allSatisfy(\.isLetter)
  }

  private static func isLabel(_ label: Substring.UTF8View) -> Bool {
    let hyphen = UInt8(ascii: "-")
    return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
      && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == hyphen }
  }
}

public enum ContactKind: String, WireEnum { case email, phone }

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isLetter: Bool { (0x41...0x5a).contains(self) || (0x61...0x7a).contains(self) }
  fileprivate var isAtom: Bool { isLetter || isDigit || "!#$%&'*+/=?^_`{|}~-".utf8.contains(self) }
}

extension Contact: WireValue {
  public static var schema: Schema { .string(.init(length: 6...lengthMax, pattern: pattern)) }
  public static var example: Contact { .email("ines@example.org") }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let contact = Contact(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "Use an e-mail address such as ines@example.org or a phone number such as +351212345678.")
    }
    self = contact
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

extension Contact: InputField { public var content: Contact? { self } }
