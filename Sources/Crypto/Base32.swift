// SPDX-License-Identifier: GPL-3.0-or-later

/// Crockford's base 32 in small letters, without padding: no i, l, o and u, which look or read like others.
public enum Base32 {
  private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  public static func encode(_ bytes: [UInt8]) -> String {
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
}
