// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import EventLoop
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

/// Sessions and their tokens.
struct SessionTests {
  @Test func `a refresh token works once, and its second use ends the session`() async throws {
    try await withMarket { market in
      let session = try await market.signIn("ines@example.org")
      let next = try await market.call(Identity.refresh, Refreshment(refreshToken: session.refreshToken))
      #expect(next.session == session.session && next.refreshToken != session.refreshToken)
      await #expect(throws: Refused.self) {
        _ = try await market.call(Identity.refresh, Refreshment(refreshToken: session.refreshToken))
      }
      // The whole family is gone: also the token that had not been spent.
      let heard = try await market.ask(.post, "/sign-in/refresh", json: #"{"refresh_token":"\#(next.refreshToken)"}"#)
      #expect(heard.status == 401)
      #expect(try heard.problem.code == "session_ended")
      let actions = try await market.database.values("select action from audit_log order by number", as: String.self)
      #expect(actions.contains("session.token_reused"))
    }
  }

  @Test func `a refresh token spent twice in parallel ends the session`() async throws {
    try await withMarket { market in
      for round in 0..<5 {
        let session = try await market.signIn("race\(round)@example.org")
        let refreshed = await withTaskGroup(of: Session?.self) { group in
          for _ in 0..<8 {
            group.addTask {
              try? await market.call(Identity.refresh, Refreshment(refreshToken: session.refreshToken))
            }
          }
          return await group.reduce(into: [Session]()) { if let session = $1 { $0.append(session) } }
        }
        #expect(refreshed.count == 1)
        for session in refreshed {
          await #expect(throws: Refused.self) {
            _ = try await market.call(Identity.refresh, Refreshment(refreshToken: session.refreshToken))
          }
        }
      }
    }
  }

  @Test func `nonsense is no refresh token`() async throws {
    try await withMarket { market in
      for token in ["x", "rft_", "rft_" + String(repeating: "A", count: 43), String(repeating: "9", count: 128)] {
        let heard = try await market.ask(.post, "/sign-in/refresh", json: #"{"refresh_token":"\#(token)"}"#)
        #expect(heard.status == 401)
      }
    }
  }

  @Test func `sessions are listed and ended by their owner only`() async throws {
    try await withMarket { market in
      let first = try await market.signIn("ines@example.org", device: "bench")
      let second = try await market.signIn("ines@example.org", device: "phone")
      let other = try await market.signIn("otto@example.org")
      let list = try await market.call(Identity.sessions, Nothing(), token: second.accessToken).items
      #expect(list.map(\.device) == ["phone", "bench"] && list.map(\.isCurrent) == [true, false])
      await #expect(throws: Refused.self) {
        _ = try await market.call(
          Identity.revokeSession, SessionChoice(session: first.session), token: other.accessToken)
      }
      _ = try await market.call(
        Identity.revokeSession, SessionChoice(session: first.session), token: second.accessToken)
      #expect(try await market.call(Identity.sessions, Nothing(), token: second.accessToken).items.count == 1)
      await #expect(throws: Refused.self) {
        _ = try await market.call(Identity.refresh, Refreshment(refreshToken: first.refreshToken))
      }
      _ = try await market.signIn("ines@example.org")
      _ = try await market.call(Identity.revokeOtherSessions, Nothing(), token: second.accessToken)
      #expect(
        try await market.call(Identity.sessions, Nothing(), token: second.accessToken).items.map(\.id) == [
          second.session
        ])
    }
  }

  @Test func `a session that ended is refused everywhere once the notice is heard`() async throws {
    try await withMarket { market in
      let session = try await market.signIn("ines@example.org")
      let header = ["Authorization": "Bearer \(session.accessToken)"]
      #expect(try await market.ask(.get, "/me", header).status == 200)
      let task = Task { await market.identity.run(on: market.loops.loops[0]) }
      defer { task.cancel() }
      _ = try await market.call(Identity.signOut, Nothing(), token: session.accessToken)
      var status = 200
      for _ in 0..<2000 where status != 401 {
        status = try await market.ask(.get, "/me", header).status
        if status != 401 { try await market.loops.loops[0].sleep(for: .milliseconds(5)) }
      }
      #expect(status == 401)
    }
  }

  @Test func `a server that missed the notice learns of it when it asks again`() async throws {
    try await withMarket { market in
      let session = try await market.signIn("ines@example.org")
      let header = ["Authorization": "Bearer \(session.accessToken)"]
      _ = try await market.call(Identity.signOut, Nothing(), token: session.accessToken)
      try await market.identity.ended.reload(market.database)
      #expect(try await market.ask(.get, "/me", header).status == 401)
    }
  }

  @Test func `keys rotate and nobody is signed out`() async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }) { market in
      let (keys, seal) = (market.identity.keys, market.identity.seal)
      let before = try await market.signIn("ines@example.org")
      let added = try await SigningKeys.rotate(market.database, seal)
      try await keys.reload(market.database)
      #expect(keys.published.keys.map(\.id).contains(added) && keys.published.keys.count == 2)
      let same = try await market.signIn("ines@example.org")
      #expect(same.accessToken.split(separator: ".")[0] == before.accessToken.split(separator: ".")[0])
      clock.turn(SigningKeys.leadSeconds + 1)
      let after = try await market.signIn("ines@example.org")
      #expect(after.accessToken.split(separator: ".")[0] != before.accessToken.split(separator: ".")[0])
      for session in [before, same, after] {
        #expect(try await market.ask(.get, "/me", ["Authorization": "Bearer \(session.accessToken)"]).status == 200)
      }
      clock.turn(AccessTokens.lifetimeSeconds + 120)
      try await keys.reload(market.database)
      #expect(keys.published.keys.map(\.id) == [added])
      let next = try await market.call(Identity.refresh, Refreshment(refreshToken: before.refreshToken))
      #expect(try await market.ask(.get, "/me", ["Authorization": "Bearer \(next.accessToken)"]).status == 200)
    }
  }

  @Test func `a session that nobody used for sixty days is over`() async throws {
    try await withMarket { market in
      let session = try await market.signIn("ines@example.org")
      try await market.database.execute("update sessions set last_used_at = now() - interval '61 days'")
      await #expect(throws: Refused.self) {
        _ = try await market.call(Identity.refresh, Refreshment(refreshToken: session.refreshToken))
      }
    }
  }
}
