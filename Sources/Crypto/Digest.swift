// SPDX-License-Identifier: GPL-3.0-or-later
// Small pieces of cryptography over libcrypto and libsodium.
//
//   Keys/     Ed25519 signatures; RSA and P-256 keys of others; HKDF; what holds keys in memory
//   Tokens/   TokenSigner makes signed tokens, TokenReader reads them with a JSONWebKeySet
//   Sealing/  DataKeys seal values for a place; a MasterKey wraps data keys and secrets of the server
//   Hashing/  KeyedHash of codes for storage; BlindIndex to find equal sealed values
//   Codes/    what people type (OneTimeCode, TOTP, RecoveryCodes, UserCode) and programs keep (OpaqueToken, PKCE)
//
//   SHA256          digests of bytes, at once or piece by piece
//   HMACKey         keyed digests, cheap per message
//   SecureRandom    bytes that nobody can guess; RandomID spells them
//   constantTimeEquals   comparison that tells nothing by its duration
//   Base64URL, Hex, Base32  strict text forms of bytes
internal import COpenSSL

/// SHA-256 (FIPS 180-4).
public struct SHA256: ~Copyable {
  private let context: Context

  public init() {
    context = Context()
    context.start()
  }

  public static func hash(_ bytes: [UInt8]) -> [UInt8] {
    let hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  public static func hash(_ text: String) -> [UInt8] { hash(Array(text.utf8)) }

  public func update(_ bytes: [UInt8]) { context.update(bytes) }

  /// The 32 bytes of the digest.
  public consuming func finish() -> [UInt8] { context.finish() }

  static let digestBytes = 32

  @safe
  private final class Context {
    private let context: OpaquePointer

    init() {
      guard let context = unsafe EVP_MD_CTX_new() else { fatalError("libcrypto has no memory for a digest") }
      unsafe self.context = context
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    // These calls fail only without memory or without SHA-256 in the library.
    func start() {
      precondition(unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "libcrypto has no SHA-256")
    }

    func update(_ bytes: [UInt8]) {
      precondition(unsafe EVP_DigestUpdate(context, bytes, bytes.count) == 1, "libcrypto could not digest")
    }

    func finish() -> [UInt8] {
      var digest = [UInt8](repeating: 0, count: SHA256.digestBytes)
      precondition(unsafe EVP_DigestFinal_ex(context, &digest, nil) == 1, "libcrypto could not finish a digest")
      return digest
    }
  }
}
