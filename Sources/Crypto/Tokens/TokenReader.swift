// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a token is not taken, in the order in which it is looked at.
public enum TokenRefusal: Error, Sendable, Hashable {
  /// Not three parts of canonical base 64, too large, or a header that is no clear JSON object.
  case malformed
  /// `none`, HS256 and all others that this reader does not take.
  case unknownAlgorithm
  /// Made for another purpose: the header `typ` differs.
  case wrongType
  /// No key of that name and algorithm. The signer may have a newer key set.
  case unknownKey
  case badSignature
}

/// A token whose signature is good. What it says is still to be judged: who made it for whom, and until when.
public struct SignedToken: Sendable, Hashable {
  public let keyID: String?
  public let algorithm: SignatureAlgorithm
  public let claims: [UInt8]
}

/// Reads signed tokens in compact form strictly: JSON Web Tokens (RFC 7519), as RFC 8725 advises.
public struct TokenReader: Sendable {
  private let keys: [JSONWebKey]
  private let byID: [String: [JSONWebKey]]
  private let algorithms: Set<SignatureAlgorithm>
  private let type: String?
  private let needsKeyID: Bool
  private let sizeBytesMax: Int

  /// - algorithms: what is taken at all, whatever the keys could verify.
  /// - type: the header `typ` that a token must have; none asks for nothing.
  /// - needsKeyID: whether a token must name its key. Otherwise one without a name is tried with the only key of its
  ///   algorithm, as OpenID Connect Core section 10.1 allows.
  public init(
    _ keys: JSONWebKeySet, algorithms: Set<SignatureAlgorithm> = [.edDSA], type: String? = nil,
    needsKeyID: Bool = true, sizeBytesMax: Int = 8192
  ) {
    self.keys = keys.keys
    byID = Dictionary(grouping: keys.keys.filter { $0.id != nil }) { $0.id ?? "" }
    self.algorithms = algorithms
    self.type = type.map(TokenReader.plainType)
    self.needsKeyID = needsKeyID
    self.sizeBytesMax = sizeBytesMax
  }

  /// The claims of a token that one of the keys has signed.
  public func read(_ token: String) throws(TokenRefusal) -> SignedToken {
    let parts = try CompactToken(token, sizeBytesMax: sizeBytesMax)
    let header = try TokenHeader(parts.header)
    guard let algorithm = SignatureAlgorithm(rawValue: header.algorithm), algorithms.contains(algorithm) else {
      throw .unknownAlgorithm
    }
    if let type, header.type.map(TokenReader.plainType) != type { throw .wrongType }
    let candidates = self.candidates(header.keyID, algorithm)
    if candidates.isEmpty { throw .unknownKey }
    guard candidates.contains(where: { $0.key.isValid(parts.signature, for: parts.message) }) else {
      throw .badSignature
    }
    return SignedToken(keyID: header.keyID, algorithm: algorithm, claims: parts.claims)
  }

  private func candidates(_ id: String?, _ algorithm: SignatureAlgorithm) -> [JSONWebKey] {
    if let id { return (byID[id] ?? []).filter { $0.key.algorithm == algorithm } }
    let fitting = needsKeyID ? [] : keys.filter { $0.key.algorithm == algorithm }
    return fitting.count == 1 ? fitting : []
  }

  /// Types are compared without regard to case and to the prefix that RFC 7515 section 4.1.9 lets out.
  private static func plainType(_ type: String) -> String {
    let small = type.lowercased()
    return small.hasPrefix("application/") ? String(small.dropFirst("application/".count)) : small
  }
}
