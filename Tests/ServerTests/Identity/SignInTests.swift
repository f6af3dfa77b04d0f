// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

/// Signing in with one-time codes, in a market of its own.
struct SignInTests {
  @Test func `a code opens a session, and the account is made once`() async throws {
    try await withMarket { market in
      let first = try await market.signIn("new@example.org", device: "bench")
      #expect(first.account.roles == [.buyer] && first.account.name == "new" && first.secondFactor == .off)
      let again = try await market.signIn("NEW@example.org")
      #expect(again.account.id == first.account.id && again.session != first.session)
      let me = try await market.ask(.get, "/me", ["Authorization": "Bearer \(first.accessToken)"])
      #expect(try me.decoded(Account.self) == first.account)
      #expect(me.headers["Cache-Control"] == "private, no-cache")
      #expect(me.headers.values(for: "Vary").contains("Authorization"))
    }
  }

  @Test func `wrong, used, old and unknown codes are told alike`() async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }) { market in
      let (challenge, code) = try await market.code("ines@example.org")
      let wrong = code == "000000" ? "111111" : "000000"
      func redeem(_ challenge: CodeChallenge.ID, _ code: String) async throws -> Heard {
        try await market.ask(
          .post, "/sign-in/sessions", json: #"{"challenge":"\#(challenge)","code":"\#(code)"}"#)
      }
      let heard = try await redeem(challenge, wrong)
      #expect(heard.status == 422)
      #expect(try heard.problem.code == "code_refused")
      #expect(try await redeem(challenge, code).status == 200)
      let (old, oldCode) = try await market.code("ines@example.org")
      clock.turn(CodeChallenge.lifetimeSeconds + 1)
      for attempt in [
        try await redeem(challenge, code), try await redeem(.random(), code), try await redeem(old, oldCode),
      ] {
        #expect(attempt.status == heard.status)
        let (a, b) = (try attempt.problem, try heard.problem)
        #expect((a.code, a.title, a.detail ?? "") == (b.code, b.title, b.detail ?? ""))
      }
    }
  }

  @Test func `known and unknown contacts get the same answer`() async throws {
    try await withMarket { market in
      _ = try await market.signIn("known@example.org")
      let known = try await market.ask(.post, "/sign-in/codes", json: #"{"contact":"known@example.org"}"#)
      let unknown = try await market.ask(.post, "/sign-in/codes", json: #"{"contact":"nobody@example.org"}"#)
      #expect(known.status == 202 && unknown.status == 202)
      let shapes = try [known, unknown].map { heard -> [String] in
        guard case .object(let members) = try heard.json else { return [] }
        return members.map(\.0)
      }
      #expect(shapes[0] == shapes[1] && shapes[0] == ["challenge", "channel", "expires_at"])
      #expect(known.body.count == unknown.body.count)
    }
  }

  @Test func `after five wrong tries the right code is refused too`() async throws {
    try await withMarket { market in
      let (challenge, code) = try await market.code("ines@example.org")
      let wrong = code == "000000" ? "111111" : "000000"
      for _ in 0..<CodeChallenge.triesMax {
        await #expect(throws: Refused.self) { _ = try await market.redeem(challenge, wrong) }
      }
      await #expect(throws: Refused.self) { _ = try await market.redeem(challenge, code) }
    }
  }

  @Test func `one code redeemed in parallel opens one session`() async throws {
    try await withMarket { market in
      for round in 0..<5 {
        let (challenge, code) = try await market.code("race\(round)@example.org")
        let opened = await withTaskGroup(of: Bool.self) { group in
          for _ in 0..<16 { group.addTask { (try? await market.redeem(challenge, code)) != nil } }
          return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(opened == 1)
      }
      #expect(try await market.count("sessions") == 5)
    }
  }

  @Test func `two codes of one new contact at the same time make one account`() async throws {
    try await withMarket { market in
      for round in 0..<5 {
        let contact = "twin\(round)@example.org"
        let codes = [try await market.code(contact), try await market.code(contact)]
        let accounts = try await withThrowingTaskGroup(of: Account.ID.self) { group in
          for (challenge, code) in codes { group.addTask { try await market.redeem(challenge, code).account.id } }
          return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(accounts.count == 1)
      }
    }
  }

  @Test func `codes are limited by contact and by network, and come back`() async throws {
    try await withMarket({ $0.rateLimits.isOff = false }) { market in
      func ask(_ contact: String) async throws -> Int {
        try await market.ask(.post, "/sign-in/codes", json: #"{"contact":"\#(contact)"}"#).status
      }
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<9 { group.addTask { try await ask("flood@example.org") } }
        return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
      }
      #expect(statuses == [202: 5, 429: 4])
      let refused = try await market.ask(.post, "/sign-in/codes", json: #"{"contact":"flood@example.org"}"#)
      #expect(refused.headers["Retry-After"] == "600")
      #expect(try await ask("other@example.org") == 202)
      try await market.database.execute("update sign_in_limits set at = at - interval '11 minutes'")
      #expect(try await ask("flood@example.org") == 202)
    }
  }

  @Test func `neither code nor contact is in the database in the clear`() async throws {
    try await withMarket { market in
      let (_, code) = try await market.code("secretive@example.org")
      let text = try await market.database.values(
        "select string_agg(t::text, ' ') from (select j::text as t from jobs j union all select s::text from sign_in_codes s) t",
        as: String.self
      ).joined()
      #expect(!text.contains("secretive") && !text.contains(code))
    }
  }

  @Test func `the code is sent in the caller's language`() async throws {
    try await withMarket { market in
      let challenge = try await market.ask(
        .post, "/sign-in/codes", ["Accept-Language": "de"], json: #"{"contact":"ines@example.org"}"#
      ).decoded(CodeChallenge.self)
      let sent = try await market.sentMail()
      #expect(sent.subject.hasSuffix("ist dein Souk-Code") && sent.to == "ines@example.org")
      #expect(sent.text.contains(sent.subject.prefix(6)))
      _ = try await market.redeem(challenge.challenge, String(sent.subject.prefix(6)))
    }
  }

  @Test func `a phone gets one line`() async throws {
    try await withMarket { market in
      _ = try await market.ask(.post, "/sign-in/codes", json: #"{"contact":"+351212345678"}"#)
      let sent = try await market.sentMail()
      #expect(sent.to == "+351212345678" && !sent.text.contains("\n") && sent.text.hasPrefix(sent.subject.prefix(6)))
    }
  }
}
