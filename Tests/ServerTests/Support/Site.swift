// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import EventLoop
import HTTPClient
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

/// A market on a port, as browsers and devices meet it: its links name that very port.
struct Site: Sendable {
  let market: TestMarket
  let client: HTTPClient
  let url: String

  func browser(language: String = "en") -> Browser { Browser(client, at: url, language: language) }

  var served: ServedMarket { ServedMarket(market: market, client: client, url: url) }

  /// Calls an endpoint of the API.
  func call<Input, Output: Decodable>(_ endpoint: Endpoint<Input, Output>, _ input: Input) async throws -> Output {
    let wire = try Wire(endpoint, input)
    let answer = try await served.ask(endpoint.method.rawValue, wire.address, json: wire.body)
    guard answer.isSuccess else {
      throw Refused(
        status: answer.status, code: (try? JSONDecoder().decode(Problem.self, from: answer.body).code) ?? "")
    }
    var decoder = JSONDecoder()
    decoder.unknownKeys = .ignore
    return try decoder.decode(Output.self, from: answer.body)
  }

  /// The authenticator of an account, turned on.
  func turnOnTwoFactor(_ account: Account.ID) async throws -> TOTP {
    try await market.database.transaction { transaction in
      let enrolment = try await market.identity.twoFactor.enrol(account, named: "a test", transaction)
      let secret = try #require(Base32.decode(enrolment.secret, as: .standard))
      let authenticator = try #require(TOTP(secret: secret))
      // The code of the step before, so that the one of now is still good.
      let seconds = market.identity.now().microseconds / 1_000_000
      let code = authenticator.code(at: seconds - TOTP.periodSeconds)
      let codes = try await market.identity.twoFactor.confirm(account, code, transaction)
      _ = try #require(codes)
      return authenticator
    }
  }
}

/// Runs a test on a market that is served on a port of its own.
func withSite(
  now: @escaping @Sendable () -> Market.Timestamp = SystemClock.timestamp,
  _ configure: @escaping @Sendable (inout Configuration) -> Void = { _ in },
  _ body: @escaping @Sendable (Site) async throws -> Void
) async throws {
  let loops = LoopGroup(count: 1, name: "site")
  defer { loops.shutDown() }
  var http = HTTPServerConfiguration()
  http.requestDeadline = .seconds(15)
  let doorway = Doorway(uploadDirectory: "/tmp")
  let server = HTTPServer(
    configuration: http, loops: loops.loops, bodyPolicy: doorway.bodyPolicy, handler: doorway.answer)
  let port = try server.start()
  let url = "http://127.0.0.1:\(port)"
  let result: Result<Void, any Error>
  do {
    try await withMarket(
      now: now,
      { configuration in
        configuration.publicURL = url
        configure(&configuration)
      }
    ) { market in
      doorway.open(to: market.front)
      try await body(Site(market: market, client: HTTPClient(loop: market.loops.loops[0]), url: url))
    }
    result = .success(())
  } catch { result = .failure(error) }
  await server.drain(within: .seconds(1))
  try result.get()
}
