// SPDX-License-Identifier: GPL-3.0-or-later
internal import JSON

/// Makes signed tokens: JSON Web Tokens in compact form (RFC 7515 section 7.1) with Ed25519 (RFC 8037). What the claims
/// are is the caller's business.
public struct TokenSigner: Sendable {
  /// What verifies these tokens, for the key set that is published.
  public let publicKey: JSONWebKey
  private let key: Ed25519.PrivateKey
  /// The encoded header and its dot, the same for every token.
  private let head: [UInt8]

  /// `type` becomes the header `typ`. A `TokenReader` that names its type takes no token made for another purpose.
  public init(_ key: Ed25519.PrivateKey, id: String? = nil, type: String = "JWT") {
    publicKey = JSONWebKey(key.publicKey, id: id)
    self.key = key
    let json = JSONWriter(capacity: 256)
    json.beginObject()
    json.member("alg", SignatureAlgorithm.edDSA.rawValue)
    json.member("kid", publicKey.id ?? "")
    json.member("typ", type)
    json.endObject()
    head = Array(Base64URL.encode(json.bytes).utf8) + [UInt8(ascii: ".")]
  }

  /// The token for these claims, which are a JSON object.
  public func sign(_ claims: [UInt8]) -> String {
    let message = head + Array(Base64URL.encode(claims).utf8)
    let signature = Base64URL.encode(key.sign(message))
    return String(decoding: message, as: UTF8.self) + "." + signature
  }
}
