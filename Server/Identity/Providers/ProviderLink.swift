// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market

/// The two legs of a sign-in with one provider.
struct ProviderLink: Sendable {
  let provider: Provider
  private let client: ProviderClient
  private let documents: ProviderDocuments
  private let origin: String
  private let now: @Sendable () -> Timestamp

  init(_ client: ProviderClient, origin: String, now: @escaping @Sendable () -> Timestamp) {
    provider = client.provider
    self.client = client
    documents = ProviderDocuments(client, now: now)
    self.origin = origin
    self.now = now
  }

  /// Where the person goes to agree (OpenID Connect Core §3.1.2.1).
  func departure(_ attempt: ProviderAttempt, in language: Language) async throws -> String {
    let fields = [
      ("response_type", "code"), ("client_id", provider.clientID),
      ("redirect_uri", provider.returnAddress(origin)), ("scope", "openid email profile"), ("state", attempt.state),
      ("nonce", attempt.nonce), ("code_challenge", PKCE.challenge(for: attempt.verifier)),
      ("code_challenge_method", "S256"), ("ui_locales", language.rawValue),
    ]
    let address = try await documents.discovery().authorization.text
    let query = fields.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
    return address + (address.contains("?") ? "&" : "?") + query
  }

  /// What the provider says of the person that it has sent back with a code.
  func person(_ code: String, _ attempt: ProviderAttempt, sentBy issuer: String?) async throws -> IDToken {
    let discovery = try await documents.discovery()
    try check(issuer, discovery)
    let text = try await client.idToken(
      for: code, attempt.verifier, returnAddress: provider.returnAddress(origin), discovery)
    let claims = try await documents.claims(of: text)
    let expected = IDToken.Expected(
      issuer: provider.issuer.text, clientID: provider.clientID, nonce: attempt.nonce)
    do throws(IDToken.Refusal) {
      let token = try IDToken(claims: claims)
      if let refusal = token.refusal(expected, now: now().microseconds / 1_000_000) { throw refusal }
      return token
    } catch { throw client.failure(.badToken(error.rawValue)) }
  }

  /// RFC 9207: who sends people back says who it is, so that no other provider's code is taken for its own.
  private func check(_ issuer: String?, _ discovery: Discovery) throws {
    if issuer == nil && !discovery.namesItself { return }
    guard let issuer, issuer.isExactly(provider.issuer.text) else {
      throw client.failure(.refused("another issuer sent the person back"))
    }
  }
}
