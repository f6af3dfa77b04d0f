// SPDX-License-Identifier: GPL-3.0-or-later

/// A secret that its holder presents and that says nothing: a prefix, then 32 random bytes in base 64.
///
/// What is stored is the digest. 256 random bits cannot be guessed, so a plain SHA-256 suffices: whoever reads the table
/// cannot find a token for a digest, and looking a digest up needs no comparison in constant time.
public struct OpaqueToken: Sendable, Hashable {
  public static let randomBytes = 32

  /// For the holder; never stored.
  public let text: String
  /// For the table: 32 bytes.
  public let digest: [UInt8]

  /// A new token. The prefix tells kinds of tokens apart, also in logs and to scanners for secrets.
  public init(prefix: String = "") {
    let bytes = SecureRandom.bytes(OpaqueToken.randomBytes)
    text = prefix + Base64URL.encode(bytes)
    digest = SHA256.hash(bytes)
  }

  /// The digest to look up for what somebody presents; nil for what is no token of this kind in its one spelling.
  public static func digest(of text: String, prefix: String = "") -> [UInt8]? {
    // 43 characters are 32 bytes.
    guard text.utf8.count == prefix.utf8.count + 43, text.utf8.starts(with: prefix.utf8),
      let bytes = Base64URL.decode(text.utf8.dropFirst(prefix.utf8.count))
    else { return nil }
    return SHA256.hash(bytes)
  }
}
