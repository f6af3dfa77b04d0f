// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Testing

@testable import soukd

struct DeviceGrantStateTests {
  private static let start = Market.Timestamp(microseconds: 1_800_000_000_000_000)
  private static let account = Account.ID.random()

  private func state(
    _ decision: DeviceDecision? = nil, interval: Int = 5, askedAt: Int64? = nil, isRedeemed: Bool = false
  ) -> DeviceGrantState {
    DeviceGrantState(
      device: "laptop", expiresAt: Self.start.adding(seconds: 900), intervalSeconds: interval,
      lastAskedAt: askedAt.map { Self.start.adding(seconds: $0) }, decision: decision, isRedeemed: isRedeemed)
  }

  private func answer(_ state: DeviceGrantState, at seconds: Int64) -> DeviceGrantState.Answer {
    state.answer(at: Self.start.adding(seconds: seconds))
  }

  @Test func `a device that waits as it should is told to wait on`() {
    #expect(answer(state(), at: 0) == .refused(.pending))
    for (interval, asked, now, isTooSoon) in [
      (5, 10, 10, true), (5, 10, 13, true), (5, 10, 14, false), (5, 10, 15, false), (10, 10, 18, true),
      (10, 10, 19, false), (10, 10, 20, false),
    ] as [(Int, Int64, Int64, Bool)] {
      let expected = DeviceGrantState.Answer.refused(isTooSoon ? .askedTooSoon : .pending)
      #expect(answer(state(interval: interval, askedAt: asked), at: now) == expected, "\(interval) \(asked) \(now)")
    }
  }

  @Test func `what the person said is told at once`() {
    let agreed = DeviceDecision.agreed(Self.account, provenAt: Self.start)
    #expect(answer(state(agreed, askedAt: 10), at: 10) == .session(Self.account, provenAt: Self.start))
    #expect(answer(state(.denied(Self.account), askedAt: 10), at: 10) == .refused(.denied))
  }

  @Test func `what is used or old is over, whatever was said`() {
    for decision in [nil, .agreed(Self.account, provenAt: nil), .denied(Self.account)] as [DeviceDecision?] {
      #expect(answer(state(decision), at: 900) == .refused(.expired))
      #expect(answer(state(decision, isRedeemed: true), at: 1) == .refused(.expired))
    }
    #expect(answer(state(), at: 899) == .refused(.pending))
  }
}
