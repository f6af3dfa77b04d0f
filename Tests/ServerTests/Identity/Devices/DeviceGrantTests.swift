// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

/// Signing a device in, as the device meets it (RFC 8628).
@Suite(.timeLimit(.minutes(2))) struct DeviceGrantTests {
  private func redeem(_ grant: DeviceGrant, _ market: TestMarket) async throws -> Session {
    try await market.call(Identity.redeemDevice, DeviceRedemption(deviceCode: grant.deviceCode))
  }

  private func refusal(_ grant: DeviceGrant, _ market: TestMarket) async throws -> String {
    do {
      _ = try await redeem(grant, market)
      return "none"
    } catch let error as Refused { return "\(error.status) \(error.code)" }
  }

  private func decide(_ grant: DeviceGrant, _ decision: DeviceDecision, _ market: TestMarket) async throws -> Bool {
    try await market.database.transaction { try await market.identity.devices.decide(grant.userCode, decision, $0) }
  }

  @Test func `a device asks, waits, and is signed in once the person has agreed`() async throws {
    let clock = StandingClock()
    try await withMarket(now: { clock.now }) { market in
      let grant = try await market.call(Identity.requestDevice, DeviceRequest(device: "workshop laptop"))
      #expect(grant.userCode.wholeMatch(of: /[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}/) != nil)
      #expect(grant.verificationURI == market.configuration.origin + "/device")
      #expect(grant.verificationURIComplete == "\(grant.verificationURI)?code=\(grant.userCode)")
      #expect(grant.interval == 5 && grant.expiresAt == clock.now.adding(seconds: 900))
      #expect(try await refusal(grant, market) == "400 authorization_pending")
      clock.pass(seconds: 5)
      #expect(try await refusal(grant, market) == "400 authorization_pending")
      #expect(try await decide(grant, .agreed(market.buyer, provenAt: nil), market))
      let session = try await redeem(grant, market)
      #expect(session.account.id == market.buyer && session.secondFactor == .off)
      let sessions = try await market.identity.sessions.list(of: market.buyer, current: session.session)
      #expect(sessions.map(\.device) == ["workshop laptop"] && sessions.map(\.isCurrent) == [true])
      // Used once.
      #expect(try await refusal(grant, market) == "400 expired_token")
      #expect(try await !decide(grant, .denied(market.buyer), market))
    }
  }

  @Test func `haste makes the device wait five seconds longer each time`() async throws {
    let clock = StandingClock()
    try await withMarket(now: { clock.now }) { market in
      let grant = try await market.call(Identity.requestDevice, DeviceRequest(device: "laptop"))
      let waits: [(Int64, String)] = [
        (0, "authorization_pending"), (1, "slow_down"), (5, "slow_down"), (15, "authorization_pending"),
        (10, "slow_down"), (20, "authorization_pending"),
      ]
      for (seconds, code) in waits {
        clock.pass(seconds: seconds)
        #expect(try await refusal(grant, market) == "400 \(code)", "after \(seconds)")
      }
      let interval = try await market.database.first("select interval_seconds from device_grants") { row in
        try row.next(Int.self)
      }
      #expect(interval == 20)
    }
  }

  @Test func `refused, old and unknown devices get nothing`() async throws {
    let clock = StandingClock()
    try await withMarket(now: { clock.now }) { market in
      let grant = try await market.call(Identity.requestDevice, DeviceRequest(device: "laptop"))
      #expect(try await decide(grant, .denied(market.buyer), market))
      #expect(try await refusal(grant, market) == "400 access_denied")
      #expect(try await !decide(grant, .agreed(market.buyer, provenAt: nil), market))
      var unknown = grant
      unknown.deviceCode = OpaqueToken(prefix: "dvc_").text
      #expect(try await refusal(unknown, market) == "400 expired_token")
      let late = try await market.call(Identity.requestDevice, DeviceRequest(device: "laptop"))
      clock.pass(seconds: 900)
      #expect(try await refusal(late, market) == "400 expired_token")
      #expect(try await !decide(late, .agreed(market.buyer, provenAt: nil), market))
      #expect(try await market.identity.devices.waiting(late.userCode, in: market.database) == nil)
    }
  }

  @Test func `a device code that comes many times at once gives one session`() async throws {
    try await withMarket(loops: 2) { market in
      let grant = try await market.call(Identity.requestDevice, DeviceRequest(device: "laptop"))
      #expect(try await decide(grant, .agreed(market.buyer, provenAt: nil), market))
      let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<12 { group.addTask { try await refusal(grant, market) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(outcomes.filter { $0 == "none" }.count == 1)
      #expect(outcomes.filter { $0 == "400 expired_token" }.count == 11)
      let count = try await market.database.first("select count(*) from sessions") { row in try row.next(Int.self) }
      #expect(count == 1)
    }
  }

  @Test func `two people who decide at once are one decision`() async throws {
    try await withMarket(loops: 2) { market in
      for _ in 0..<8 {
        let grant = try await market.call(Identity.requestDevice, DeviceRequest(device: "laptop"))
        async let agreed = decide(grant, .agreed(market.buyer, provenAt: nil), market)
        async let denied = decide(grant, .denied(market.seller), market)
        let (isAgreed, isDenied) = try await (agreed, denied)
        #expect(isAgreed != isDenied)
        #expect(try await refusal(grant, market) == (isAgreed ? "none" : "400 access_denied"))
      }
    }
  }

  @Test func `a second factor that was proven on the page is proven in the session`() async throws {
    try await withMarket { market in
      let grant = try await market.call(Identity.requestDevice, DeviceRequest(device: "laptop"))
      let moment = market.identity.now()
      #expect(try await decide(grant, .agreed(market.buyer, provenAt: moment), market))
      let session = try await redeem(grant, market)
      let proven = try await market.database.first("select proven_at from sessions where id = \(session.session.text)")
      {
        row in try row.nextTimestampIfAny()
      }
      #expect(proven == moment)
    }
  }

  @Test func `the tables hold neither code`() async throws {
    try await withMarket { market in
      let grant = try await market.call(Identity.requestDevice, DeviceRequest(device: "laptop"))
      let row = try await market.database.first("select device_grants::text from device_grants") { row in
        try row.next(String.self)
      }
      let text = try #require(row)
      #expect(!text.contains(grant.userCode) && !text.contains(grant.deviceCode) && !text.contains("dvc_"))
    }
  }

  @Test(arguments: ["", " laptop", "lap\ntop", "lap\u{0}top", String(repeating: "x", count: 61)])
  func `a device has a name of one line`(name: String) async throws {
    try await withMarket { market in
      let body = String(decoding: try JSONEncoder().encode(DeviceRequest(device: name)), as: UTF8.self)
      #expect(try await market.ask(.post, "/sign-in/devices", json: body).status == 422)
    }
  }

  @Test func `who asks for devices without end is stopped, and others are not`() async throws {
    try await withMarket({ configuration in
      configuration.rateLimits = RateLimits(perMinute: [:])
    }) { market in
      for number in 0..<30 {
        #expect(
          try await market.ask(.post, "/sign-in/devices", json: #"{"device":"laptop"}"#).status == 200, "\(number)")
      }
      let refused = try await market.ask(.post, "/sign-in/devices", json: #"{"device":"laptop"}"#)
      #expect(try refused.status == 429 && refused.problem.code == "too_many_requests")
    }
  }
}
