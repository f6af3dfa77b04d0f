// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import JSON
import Market
import TestSupport
import Testing

@testable import souk

/// `souk` with an API key in the environment.
@Suite struct APIKeyTests {
  private static let key = "souk_key_m3Qf000000000000000000000000000000000000000b1748049"

  private static func standing() -> HTTPResponse {
    let standing = KeyStanding(
      key: KeysPaneTests.key(1, "ci"), account: Samples.account.id, shops: Samples.account.shops)
    return HTTPResponse(status: 200, contentType: "application/json", (try? JSONEncoder().encode(standing)) ?? [])
  }

  private static func refusal(_ code: ProblemCode) -> HTTPResponse {
    HTTPResponse(
      status: code.status, contentType: "application/problem+json", (try? JSONEncoder().encode(code.problem())) ?? [])
  }

  private func run(
    _ words: [String], _ answer: @escaping @Sendable (Asked) -> HTTPResponse
  ) async throws -> (end: ProgramEnd, asked: [Asked]) {
    let peer = try Peer { asked in answer(asked) }
    let folder = ScratchDirectory()
    let environment = [
      "XDG_CACHE_HOME": folder.path, "XDG_STATE_HOME": folder.path, "SOUK_SERVER": peer.client.wire.server,
      Desk.keyVariable: Self.key,
    ]
    let end = try await onThread { try runBuilt("souk", words, environment: environment) }
    return (end, peer.asked)
  }

  @Test func `it calls with the key, and asks the key for its shop`() async throws {
    let (end, asked) = try await run(["products", "list", "--mine", "--json"]) { asked in
      if asked.line.contains("/key") { return Self.standing() }
      return HTTPResponse(status: 200, contentType: "application/json", Array(#"{"items":[]}"#.utf8))
    }
    #expect(end.code == 0, "\(end.errors)")
    #expect(asked.map(\.line) == ["GET /api/v1/key", "GET /api/v1/shops/salt-and-silver/products"])
    #expect(asked.allSatisfy { $0.headers["authorization"] == "Bearer \(Self.key)" })
  }

  @Test func `who it is says what the key is`() async throws {
    let (end, _) = try await run(["whoami"]) { _ in Self.standing() }
    #expect(end.code == 0 && end.output.contains("ci  key_0000000000000001, an API key of usr_0000000000000001"))
    #expect(end.output.contains("may: catalogue:read, events:read"))
  }

  @Test func `a key that is not taken is told as such, and is not renewed`() async throws {
    let (end, asked) = try await run(["whoami"]) { _ in Self.refusal(.unauthenticated) }
    #expect(end.code == ExitCode.notSignedIn && asked.count == 1)
    #expect(end.errors.contains("does not take the key in SOUK_API_KEY"))
  }

  @Test func `what is for people is not tried with a key`() async throws {
    let (end, asked) = try await run(["sessions"]) { _ in Self.standing() }
    #expect(end.code == ExitCode.failed && asked.isEmpty)
    #expect(end.errors.contains("SOUK_API_KEY is set, and no API key may do this."))
  }

  @Test func `a scope that is missing is named by the server`() async throws {
    let (end, _) = try await run(["products", "list", "--mine", "--shop", "salt-and-silver"]) { asked in
      asked.line.contains("/key") ? Self.standing() : Self.refusal(.keyScopeMissing)
    }
    #expect(end.code == ExitCode.failed && end.errors.contains("Scope missing"))
  }
}
