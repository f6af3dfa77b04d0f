// SPDX-License-Identifier: GPL-3.0-or-later

/// Five bits per character, without padding: written in one case, read in either.
public enum Base32 {
  public enum Alphabet: Sendable, CaseIterable {
    /// Crockford's in small letters: no i, l, o and u, which look or read like others. Read, i and l are 1 and o is 0.
    case crockford
    /// That of RFC 4648 section 6 in capitals, which authenticator apps take.
    case standard

    var digits: [UInt8] {
      switch self {
      case .crockford: Base32.crockford
      case .standard: Base32.standard
      }
    }

    /// The five bits of a character; nil for one that is no digit.
    func value(_ character: UInt8) -> UInt8? {
      let table = self == .crockford ? Base32.crockfordValues : Base32.standardValues
      return table[Int(character)]
    }
  }

  public static func encode(_ bytes: some Collection<UInt8>, as alphabet: Alphabet = .crockford) -> String {
    let digits = alphabet.digits
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count * 8 + 4) / 5)
    var pending: UInt32 = 0
    var bits: UInt32 = 0
    for byte in bytes {
      pending = (pending << 8 | UInt32(byte)) & 0xfff
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(digits[Int(pending >> bits & 31)])
      }
    }
    if bits > 0 { text.append(digits[Int(pending << (5 - bits) & 31)]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil for other characters, padding among them, lengths that no bytes have, and spare bits that are not zero.
  public static func decode(_ text: String, as alphabet: Alphabet = .crockford) -> [UInt8]? {
    var bytes: [UInt8] = []
    var pending: UInt32 = 0
    var bits: UInt32 = 0
    for character in text.utf8 {
      guard let value = alphabet.value(character) else { return nil }
      pending = (pending << 5 | UInt32(value)) & 0xfff
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> bits))
      }
    }
    return bits >= 5 || pending & (1 << bits - 1) != 0 ? nil : bytes
  }

  private static let crockford = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
  private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
  private static let crockfordValues = values(crockford, alike: [("o", 0), ("i", 1), ("l", 1)])
  private static let standardValues = values(standard, alike: [])

  private static func values(_ digits: [UInt8], alike: [(Unicode.Scalar, UInt8)]) -> [UInt8?] {
    var values = [UInt8?](repeating: nil, count: 256)
    let pairs = digits.enumerated().map { ($1, UInt8($0)) } + alike.map { (UInt8(ascii: $0), $1) }
    for (digit, value) in pairs {
      values[Int(digit)] = value
      let isLetter = digit | 0x20 >= UInt8(ascii: "a")
      if isLetter { values[Int(digit ^ 0x20)] = value }
    }
    return values
  }
}
