// SPDX-License-Identifier: GPL-3.0-or-later

/// Base 64 for addresses and tokens (RFC 4648 section 5), without padding.
public enum Base64URL {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  private static let none: UInt8 = 0xff

  private static let values: [UInt8] = {
    var values = [UInt8](repeating: none, count: 256)
    for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  public static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count * 4 + 2) / 3)
    var i = 0
    while i < bytes.count {
      let left = min(bytes.count - i, 3)
      var group = UInt32(bytes[i]) << 16
      if left > 1 { group |= UInt32(bytes[i + 1]) << 8 }
      if left > 2 { group |= UInt32(bytes[i + 2]) }
      for k in 0...left { text.append(digits[Int(group >> (18 - 6 * UInt32(k)) & 63)]) }
      i += 3
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil for padding, other characters, lengths that no bytes have, and spare bits that are not zero: each run of
  /// bytes has one spelling, so that a token cannot be respelled.
  public static func decode(_ text: String) -> [UInt8]? { decode(text.utf8) }

  public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var pending: UInt32 = 0
    var bits: UInt32 = 0
    for character in text {
      let value = values[Int(character)]
      if value == none { return nil }
      pending = (pending << 6 | UInt32(value)) & 0x3fff
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> bits))
      }
    }
    let spare = pending & (1 << bits - 1)
    return bits == 6 || spare != 0 ? nil : bytes
  }
}
