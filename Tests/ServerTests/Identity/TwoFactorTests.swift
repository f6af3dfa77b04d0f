// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import HTTPServer
import Market
import Postgres
import Testing

@testable import soukd

/// The second factor, from enrolment to recovery.
struct TwoFactorTests {
  /// A session with two-factor on, its authenticator, and its recovery codes.
  private func enrolled(_ market: TestMarket, _ clock: TurnedClock, _ contact: String = "ines@example.org")
    async throws -> (session: Session, token: String, authenticator: TOTP, codes: [String])
  {
    let session = try await market.signIn(contact)
    let enrolment = try await market.call(Identity.enrolTwoFactor, Nothing(), token: session.accessToken)
    let secret = try #require(Base32.decode(enrolment.secret, as: .standard))
    let authenticator = try #require(TOTP(secret: secret))
    #expect(enrolment.uri == authenticator.uri(issuer: "Souk", account: contact))
    let confirmation = try await market.call(
      Identity.confirmTwoFactor, AuthenticatorCode(code: authenticator.code(at: clock.seconds)),
      token: session.accessToken)
    clock.turn(60)
    return (session, confirmation.token.accessToken, authenticator, confirmation.codes)
  }

  @Test func `once it is on, a new session owes it and can do little before`() async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }) { market in
      let (_, _, authenticator, codes) = try await enrolled(market, clock)
      #expect(codes.count == Market::RecoveryCodes.count && Set(codes).count == codes.count)
      let session = try await market.signIn("ines@example.org")
      #expect(session.secondFactor == .owed)
      let header = ["Authorization": "Bearer \(session.accessToken)"]
      #expect(try await market.ask(.get, "/me", header).status == 200)
      let refused = try await market.ask(.get, "/events", header)
      #expect(refused.status == 403)
      #expect(try refused.problem.code == "second_factor_required")
      let proof = Proof(code: authenticator.code(at: clock.seconds))
      let proven = try await market.call(Identity.proveSecondFactor, proof, token: session.accessToken)
      #expect(try await market.ask(.get, "/events", ["Authorization": "Bearer \(proven.accessToken)"]).status == 200)
      // What was proven stays with the session when its tokens are renewed.
      let next = try await market.call(Identity.refresh, Refreshment(refreshToken: session.refreshToken))
      #expect(next.secondFactor == .proven)
    }
  }

  @Test func `a code of the authenticator works once, also in parallel`() async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }) { market in
      let (_, token, authenticator, _) = try await enrolled(market, clock)
      let proof = Proof(code: authenticator.code(at: clock.seconds))
      let taken = await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<8 {
          group.addTask { (try? await market.call(Identity.proveSecondFactor, proof, token: token)) != nil }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(taken == 1)
      // Nor does the code of the step before, which the clock would still allow.
      let before = Proof(code: authenticator.code(at: clock.seconds - TOTP.periodSeconds))
      await #expect(throws: Refused.self) {
        _ = try await market.call(Identity.proveSecondFactor, before, token: token)
      }
    }
  }

  @Test func `each recovery code works once, also in parallel, however it is typed`() async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }) { market in
      let (_, token, _, codes) = try await enrolled(market, clock)
      let typed = codes[0].uppercased().filter { $0 != "-" }
      let taken = await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<8 {
          group.addTask {
            (try? await market.call(Identity.proveSecondFactor, Proof(code: typed), token: token)) != nil
          }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(taken == 1)
      #expect(try await market.call(Identity.twoFactor, Nothing(), token: token).recoveryCodesLeft == codes.count - 1)
      let text = try await market.database.values("select r::text from recovery_codes r", as: String.self).joined()
      for code in codes { #expect(!text.contains(code)) }
    }
  }

  @Test func `sensitive actions want a fresh proof`() async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }) { market in
      let (session, _, authenticator, codes) = try await enrolled(market, clock)
      clock.turn(600)
      let next = try await market.call(Identity.refresh, Refreshment(refreshToken: session.refreshToken))
      let heard = try await market.ask(
        .post, "/me/two-factor/recovery-codes", ["Authorization": "Bearer \(next.accessToken)"], json: "{}")
      #expect(heard.status == 403)
      #expect(try heard.problem.code == "step_up_required")
      let proven = try await market.call(
        Identity.proveSecondFactor, Proof(code: authenticator.code(at: clock.seconds)), token: next.accessToken)
      let renewed = try await market.call(Identity.renewRecoveryCodes, Nothing(), token: proven.accessToken)
      #expect(Set(renewed.codes).isDisjoint(with: codes))
      _ = try await market.call(Identity.endTwoFactor, Nothing(), token: proven.accessToken)
      #expect(try await market.call(Identity.twoFactor, Nothing(), token: proven.accessToken).isOn == false)
    }
  }

  @Test func `without an authenticator a buyer proves it by a code to an own contact`() async throws {
    try await withMarket { market in
      let buyer = try await market.signIn("buyer@example.org")
      let (challenge, code) = try await market.code("buyer@example.org")
      let proven = try await market.call(
        Identity.proveSecondFactor, Proof(code: code, challenge: challenge), token: buyer.accessToken)
      #expect(proven.accessToken != buyer.accessToken)
      // Somebody else's contact proves nothing.
      let (strange, strangeCode) = try await market.code("stranger@example.org")
      await #expect(throws: Refused.self) {
        _ = try await market.call(
          Identity.proveSecondFactor, Proof(code: strangeCode, challenge: strange), token: proven.accessToken)
      }
      // Nor is a code enough for a seller.
      let id = try #require(Optional(buyer.account.id))
      try await market.database.execute(
        "insert into shop_members (shop, account, role) select id, \(id.text), 'staff' from shops limit 1")
      let (third, thirdCode) = try await market.code("buyer@example.org")
      let heard = try await market.ask(
        .post, "/me/two-factor/proofs", ["Authorization": "Bearer \(proven.accessToken)"],
        json: #"{"code":"\#(thirdCode)","challenge":"\#(third)"}"#)
      #expect(try heard.problem.code == "two_factor_required")
    }
  }

  @Test func `guessing is stopped`() async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }, { $0.rateLimits.isOff = false }) { market in
      let (_, token, _, _) = try await enrolled(market, clock)
      var statuses: [Int] = []
      for guess in 100_000..<100_008 {
        statuses.append(
          try await market.ask(
            .post, "/me/two-factor/proofs", ["Authorization": "Bearer \(token)"], json: #"{"code":"\#(guess)"}"#
          ).status)
      }
      #expect(statuses.prefix(4).allSatisfy { $0 == 422 } && statuses.suffix(3).allSatisfy { $0 == 429 })
    }
  }
}

extension TurnedClock {
  var seconds: Int64 { now.microseconds / 1_000_000 }
}
