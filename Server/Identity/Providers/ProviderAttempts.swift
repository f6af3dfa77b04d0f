// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Postgres

/// One sign-in with a provider that is under way.
struct ProviderAttempt: Sendable, Equatable {
  /// Comes back with the person, and says which attempt this is.
  var state: String
  /// Comes back within the token.
  var nonce: String
  /// Shows that who redeems the code began the attempt (RFC 7636).
  var verifier: String

  static let lifetimeSeconds: Int64 = 600
}

/// The attempts under way. Each belongs to the visit that began it and is used once, so that nobody can be sent back with
/// somebody else's code.
struct ProviderAttempts: Sendable {
  let seal: FieldSeal
  let limits: SignInLimits
  let now: @Sendable () -> Timestamp

  func begin(_ provider: Provider, _ visit: Visit, from network: String, in database: Database) async throws
    -> ProviderAttempt
  {
    try await limits.take(.attemptsOfNetwork(network), in: database)
    let state = OpaqueToken()
    let attempt = ProviderAttempt(
      state: state.text, nonce: OpaqueToken().text, verifier: PKCE.makeVerifier())
    let id = Hex.encode(state.digest)
    let sealed = seal.seal("\(attempt.nonce) \(attempt.verifier)", at: ProviderAttempts.place(id))
    try await database.execute(
      """
      insert into provider_attempts (id, provider, visit_hash, sealed, expires_at)
      values (\(id), \(provider.id), \(SHA256.hash(visit.id)), \(sealed),
        \(moment: now().adding(seconds: ProviderAttempt.lifetimeSeconds).microseconds))
      """)
    return attempt
  }

  /// The attempt of a state, and with that it is used up. Nil for one that is unknown, used, old, another provider's or
  /// another visit's.
  func take(_ state: String, _ provider: Provider, _ visit: Visit, in database: Database) async throws
    -> ProviderAttempt?
  {
    guard let id = OpaqueToken.digest(of: state).map(Hex.encode) else { return nil }
    let sealed = try await database.first(
      """
      delete from provider_attempts
      where id = \(id) and provider = \(provider.id) and visit_hash = \(SHA256.hash(visit.id))
        and expires_at > \(moment: now().microseconds)
      returning sealed
      """
    ) { row in try row.next([UInt8].self) }
    guard let sealed else { return nil }
    let words = try seal.open(sealed, at: ProviderAttempts.place(id)).split(separator: " ")
    guard words.count == 2 else { throw BrokenSeal(refusal: .malformed) }
    return ProviderAttempt(state: state, nonce: String(words[0]), verifier: String(words[1]))
  }

  private static func place(_ id: String) -> SealedPlace { SealedPlace("provider_attempts", "sealed", id) }
}
