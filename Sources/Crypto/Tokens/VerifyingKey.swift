// SPDX-License-Identifier: GPL-3.0-or-later

/// The signatures that tokens may have here, by their names in RFC 7518 and RFC 8037. There is no `none`, and nothing
/// with a shared secret: whoever can verify must not be able to sign.
public enum SignatureAlgorithm: String, Sendable, Hashable, CaseIterable {
  case edDSA = "EdDSA"
  case rs256 = "RS256"
  case es256 = "ES256"
}

/// A public key with the one algorithm that it is used for, so that a token's header cannot choose another.
public enum VerifyingKey: Sendable, Hashable {
  case ed25519(Ed25519.PublicKey)
  case rsa(RSAPublicKey)
  case p256(P256PublicKey)

  public var algorithm: SignatureAlgorithm {
    switch self {
    case .ed25519: .edDSA
    case .rsa: .rs256
    case .p256: .es256
    }
  }

  /// Whether `signature`, in the form that tokens give it, is this key's for `message`.
  public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    switch self {
    case .ed25519(let key): key.isValid(signature, for: message)
    case .rsa(let key): key.isValid(signature, for: message)
    case .p256(let key): key.isValid(signature, for: message)
    }
  }
}
