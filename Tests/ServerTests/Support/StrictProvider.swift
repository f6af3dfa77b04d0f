// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market
import Observability
import TestSupport
import Testing

@testable import soukd

/// `Tests/Fixtures/strict_provider.py`: a provider that takes nothing amiss, and that lies on request.
struct StrictProvider: Sendable {
  let peer: PythonPeer

  static func start() async throws -> StrictProvider {
    try await onThread {
      StrictProvider(peer: try PythonPeer("strict_provider.py", python: try PythonTools.interpreter()))
    }
  }

  var issuer: String { String(peer.url("").dropLast()) }

  /// Makes it one of the market's providers.
  func settings(secret: String = "s3cr%t & more") -> ProviderSettings {
    var settings = ProviderSettings()
    settings.issuer = ProviderAddress(issuer)
    settings.name = "Guild"
    settings.clientID = "souk"
    settings.clientSecret = Secret(secret)
    return settings
  }

  /// What it does from now on; see the program.
  func control(_ client: HTTPClient, _ wishes: JSONValue = .object([])) async throws {
    var request = ClientRequest("POST", peer.url("control"))
    request.body = .bytes(try JSONEncoder().encode(wishes))
    #expect(try await client.send(request).status == 200)
  }

  struct Seen: Codable {
    var discovery: Int
    var jwks: Int
    var token: Int
    var refusal: String?
  }

  func seen(_ client: HTTPClient) async throws -> Seen {
    try JSONDecoder().decode(Seen.self, from: try await client.send(ClientRequest("GET", peer.url("seen"))).body)
  }
}

/// Runs a test on a market that people can sign in to with the strict provider.
func withProvider(
  now: @escaping @Sendable () -> Market.Timestamp = SystemClock.timestamp, secret: String = "s3cr%t & more",
  _ body: @escaping @Sendable (Site, StrictProvider) async throws -> Void
) async throws {
  let provider = try await StrictProvider.start()
  try await withSite(now: now, { $0.providers = provider.settings(secret: secret) }) { site in
    try await body(site, provider)
  }
}
