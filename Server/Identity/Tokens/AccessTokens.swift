// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import JSON
import Market
import Synchronization

/// Makes and verifies access tokens: EdDSA JWTs (RFC 8037) of fifteen minutes. Verifying touches no database, and a token
/// that was verified is not verified again while it lasts. API keys come in the same header and are known by their
/// beginning.
final class AccessTokens: Sendable {
  static let lifetimeSeconds: Int64 = 900
  static let audience = "souk"

  private let keys: SigningKeys
  let ended: EndedSessions
  let ring: KeyRing
  private let issuer: String
  let now: @Sendable () -> Timestamp
  private let verified = VerifiedTokens()

  init(
    keys: SigningKeys, ended: EndedSessions, ring: KeyRing, issuer: String, now: @escaping @Sendable () -> Timestamp
  ) {
    self.keys = keys
    self.ended = ended
    self.ring = ring
    self.issuer = issuer
    self.now = now
  }

  func issue(for principal: Principal) throws -> (token: String, expiresAt: Timestamp) {
    let issuedAt = now().microseconds / 1_000_000
    guard let session = principal.session else { preconditionFailure("a token belongs to a session") }
    let claims = TokenClaims(
      principal, session, issuer: issuer, issuedAt: issuedAt, expiresAt: issuedAt + AccessTokens.lifetimeSeconds)
    let token = keys.sign(try JSONEncoder().encode(claims))
    return (token, Timestamp(microseconds: claims.exp * 1_000_000))
  }

  /// What an Authorization header says.
  func read(_ authorization: String?) -> TokenReading {
    guard let authorization else { return .absent }
    // By bytes: to find the characters of a token costs more than all the rest of reading it.
    let words = authorization.utf8.split(separator: UInt8(ascii: " "), maxSplits: 2).map(Substring.init)
    guard words.count == 2, words[0].lowercased() == "bearer" else { return .invalid }
    let token = String(words[1])
    if KeyRing.isKey(token) { return ring.read(token) }
    let seconds = now().microseconds / 1_000_000
    guard let claims = verified.find(token) ?? verify(token, seconds), claims.exp > seconds,
      !ended.contains(claims.session)
    else { return .invalid }
    return .valid(claims.principal, until: claims.exp)
  }

  /// Whether a request with the token of the lease would be let in now.
  func holds(_ lease: TokenLease) -> Bool {
    guard lease.expiresAt > now() else { return false }
    // The end of a key is rung.
    if case .session(let id) = lease.credential { return !ended.contains(id) }
    return true
  }

  private func verify(_ token: String, _ seconds: Int64) -> VerifiedTokens.Claims? {
    guard let payload = keys.claims(of: token) else { return nil }
    var decoder = JSONDecoder()
    decoder.unknownKeys = .ignore
    guard let claims = try? decoder.decode(TokenClaims.self, from: payload), claims.iss == issuer,
      claims.aud == AccessTokens.audience, let principal = claims.principal, let session = principal.session
    else { return nil }
    let known = VerifiedTokens.Claims(principal: principal, session: session, exp: claims.exp)
    verified.keep(known, of: token)
    return known
  }
}

/// What an Authorization header says.
enum TokenReading: Sendable, Equatable {
  case absent
  case invalid
  /// Until a moment, in seconds.
  case valid(Principal, until: Int64)
  /// An API key that the database must be asked about.
  case unknownKey(String)

  var principal: Principal? { if case .valid(let principal, _) = self { principal } else { nil } }

  var lease: TokenLease? {
    guard case .valid(let principal, let end) = self else { return nil }
    return TokenLease(credential: principal.credential, expiresAt: Timestamp(microseconds: end * 1_000_000))
  }
}

/// The claims of an access token (RFC 7519 §4), short because it travels with every request.
struct TokenClaims: Codable, Sendable {
  var iss: String
  var aud: String
  var sub: String
  /// The session.
  var sid: String
  var iat: Int64
  var exp: Int64
  /// A seller.
  var sel: Bool?
  /// An administrator's scopes.
  var adm: [String]?
  /// Two-factor is on.
  var two: Bool?
  /// When a second factor was last proven, in seconds.
  var prv: Int64?

  init(_ principal: Principal, _ session: OpenSession.ID, issuer: String, issuedAt: Int64, expiresAt: Int64) {
    iss = issuer
    aud = AccessTokens.audience
    sub = principal.account.text
    sid = session.text
    iat = issuedAt
    exp = expiresAt
    sel = principal.isSeller ? true : nil
    adm = principal.adminScopes.isEmpty ? nil : principal.adminScopes.map(\.rawValue).sorted()
    two = principal.hasTwoFactor ? true : nil
    prv = principal.provenAt.map { $0.microseconds / 1_000_000 }
  }

  var principal: Principal? {
    guard let account = Account.ID(sub), let session = OpenSession.ID(sid) else { return nil }
    return Principal(
      account: account, session: session, isSeller: sel ?? false,
      adminScopes: Set((adm ?? []).compactMap(AdminScope.init(rawValue:))), hasTwoFactor: two ?? false,
      provenAt: prv.map { Timestamp(microseconds: $0 * 1_000_000) })
  }
}

/// Tokens that were verified, in two generations: when the young one is full it becomes the old one, and the old one is
/// forgotten. What is in use is carried over.
final class VerifiedTokens: Sendable {
  struct Claims: Sendable {
    var principal: Principal
    var session: OpenSession.ID
    var exp: Int64
  }

  private struct Generations {
    var young: [String: Claims] = [:]
    var old: [String: Claims] = [:]
  }

  private static let generationMax = 8192
  private let generations = Mutex(Generations())

  func find(_ token: String) -> Claims? {
    generations.withLock { generations in
      if let claims = generations.young[token] { return claims }
      guard let claims = generations.old[token] else { return nil }
      VerifiedTokens.keep(claims, token, &generations)
      return claims
    }
  }

  func keep(_ claims: Claims, of token: String) {
    generations.withLock { VerifiedTokens.keep(claims, token, &$0) }
  }

  private static func keep(_ claims: Claims, _ token: String, _ generations: inout Generations) {
    if generations.young.count >= generationMax {
      generations.old = generations.young
      generations.young = [:]
    }
    generations.young[token] = claims
  }
}
