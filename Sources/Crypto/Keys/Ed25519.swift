// SPDX-License-Identifier: GPL-3.0-or-later
internal import CSodium

/// Signatures over curve 25519 (RFC 8032), by libsodium: there they take little more than half the time of OpenSSL's.
public enum Ed25519 {
  public static let seedBytes = 32
  public static let publicKeyBytes = 32
  public static let signatureBytes = 64

  /// What signs. It exists in one place only; its `seed` is stored sealed (`MasterKey.wrap`).
  public struct PrivateKey: Sendable {
    public let publicKey: PublicKey
    private let secret: SecretBytes

    /// A new key that nobody else has.
    public init() { self.init(checkedSeed: SecureRandom.bytes(seedBytes)) }

    /// The key that grows from these 32 bytes; nil for any other number of them.
    public init?(seed: [UInt8]) {
      guard seed.count == seedBytes else { return nil }
      self.init(checkedSeed: seed)
    }

    private init(checkedSeed seed: [UInt8]) {
      Sodium.start()
      var open = [UInt8](repeating: 0, count: publicKeyBytes)
      var secret = [UInt8](repeating: 0, count: Int(crypto_sign_ed25519_secretkeybytes()))
      // Fails for no seed: libsodium's implementation returns 0 only.
      precondition(unsafe crypto_sign_ed25519_seed_keypair(&open, &secret, seed) == 0, "libsodium makes a key")
      publicKey = PublicKey(checked: open)
      self.secret = SecretBytes(secret)
      unsafe sodium_memzero(&secret, secret.count)
    }

    /// The 32 bytes that make this key again.
    public var seed: [UInt8] { Array(secret.array.prefix(seedBytes)) }

    /// The 64 bytes that prove that the holder of this key has seen `message`; the same each time.
    public func sign(_ message: [UInt8]) -> [UInt8] {
      var signature = [UInt8](repeating: 0, count: signatureBytes)
      let result = unsafe secret.withPointer { key in
        unsafe crypto_sign_ed25519_detached(&signature, nil, message, UInt64(message.count), key)
      }
      precondition(result == 0, "libsodium signs")
      return signature
    }
  }

  /// What verifies. Anybody may have it.
  public struct PublicKey: Sendable, Hashable {
    public let bytes: [UInt8]

    /// Nil for any other number of bytes than 32. That the bytes are a sound point of the curve shows when they verify.
    public init?(_ bytes: [UInt8]) {
      guard bytes.count == publicKeyBytes else { return nil }
      self.init(checked: bytes)
    }

    fileprivate init(checked bytes: [UInt8]) { self.bytes = bytes }

    /// Whether the holder of the private key has signed exactly `message`. Signatures that can be respelled and keys
    /// of small order, under which one signature fits many messages, are refused.
    public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
      guard signature.count == signatureBytes else { return false }
      Sodium.start()
      return unsafe crypto_sign_ed25519_verify_detached(signature, message, UInt64(message.count), bytes) == 0
    }
  }
}
