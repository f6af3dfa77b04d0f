// SPDX-License-Identifier: GPL-3.0-or-later

/// An opaque token that can be told from other text without asking anybody: behind its 43 random characters stand eight
/// hexadecimal digits, the CRC-32 (ISO 3309, as zlib has it) of everything before them.
///
/// The sum keeps nobody out. With it a scanner for leaked secrets is sure of what it has found, and a mistyped token is
/// refused before it is looked up.
public struct CheckedToken: Sendable, Hashable {
  /// For the holder; never stored.
  public let text: String
  /// For the table: 32 bytes.
  public let digest: [UInt8]

  public init(prefix: String) {
    let token = OpaqueToken(prefix: prefix)
    text = token.text + CheckedToken.sum(of: token.text.utf8)
    digest = token.digest
  }

  /// The digest to look up for what somebody presents; nil for what is no token of this kind in its one spelling.
  public static func digest(of text: String, prefix: String) -> [UInt8]? {
    let (body, sum) = (text.utf8.dropLast(8), text.utf8.suffix(8))
    guard sum.elementsEqual(CheckedToken.sum(of: body).utf8), let body = String(body) else { return nil }
    return OpaqueToken.digest(of: body, prefix: prefix)
  }

  static func sum(of bytes: some Sequence<UInt8>) -> String {
    var register: UInt32 = .max
    for byte in bytes {
      register ^= UInt32(byte)
      for _ in 0..<8 { register = register & 1 == 1 ? register >> 1 ^ 0xedb8_8320 : register >> 1 }
    }
    let digits = String(~register, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
