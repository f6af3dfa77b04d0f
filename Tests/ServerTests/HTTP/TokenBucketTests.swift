// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Testing

@testable import soukd

struct TokenBucketTests {
  @Test(arguments: [1, 7, 30, 240, 1200]) func `never more than the capacity and what has flowed in`(perMinute: Int) {
    for _ in 0..<20 {
      var now: UInt64 = 1_000
      let start = now
      var bucket = TokenBucket(capacity: perMinute, now: now)
      var taken = 0
      for _ in 0..<3000 {
        now += UInt64.random(in: 0...40)
        if bucket.take(capacity: perMinute, perMinute: perMinute, now: now).isAllowed { taken += 1 }
        let flowed = Int(now - start) * perMinute / 60_000
        #expect(taken <= perMinute + flowed)
      }
    }
  }

  @Test(arguments: [1, 7, 30, 240, 1200]) func `who keeps asking gets all that flows in`(perMinute: Int) {
    var bucket = TokenBucket(capacity: perMinute, now: 0)
    var taken = 0
    for now in 0..<UInt64(300_000) {
      if bucket.take(capacity: perMinute, perMinute: perMinute, now: now).isAllowed { taken += 1 }
    }
    #expect(taken >= perMinute + 5 * perMinute - 1)
  }

  @Test func `waiting as long as Retry-After says is enough, and a second less is not always`() {
    for _ in 0..<500 {
      let perMinute = Int.random(in: 1...2000)
      var now = UInt64.random(in: 0...100_000)
      var bucket = TokenBucket(capacity: perMinute, now: now)
      var decision = bucket.take(capacity: perMinute, perMinute: perMinute, now: now)
      while decision.isAllowed {
        now += UInt64.random(in: 0...1)
        decision = bucket.take(capacity: perMinute, perMinute: perMinute, now: now)
      }
      #expect(decision.remaining == 0 && decision.retrySeconds >= 1)
      let wait = UInt64(decision.retrySeconds) * 1000
      var hasty = bucket
      #expect(bucket.take(capacity: perMinute, perMinute: perMinute, now: now + wait).isAllowed)
      // A whole second earlier there is nothing yet: the promise is no longer than it must be.
      #expect(!hasty.take(capacity: perMinute, perMinute: perMinute, now: now + wait - 1000).isAllowed)
    }
  }

  @Test func `after the reset time the bucket is full`() {
    for _ in 0..<200 {
      let perMinute = Int.random(in: 2...2000)
      var bucket = TokenBucket(capacity: perMinute, now: 0)
      var decision = bucket.take(capacity: perMinute, perMinute: perMinute, now: 0)
      for _ in 0..<Int.random(in: 0...perMinute) {
        decision = bucket.take(capacity: perMinute, perMinute: perMinute, now: 0)
      }
      let full = UInt64(decision.resetSeconds) * 1000
      #expect(bucket.take(capacity: perMinute, perMinute: perMinute, now: full).remaining == perMinute - 1)
    }
  }

  @Test func `a clock that goes back brings nothing, and one that leaps only fills`() {
    var bucket = TokenBucket(capacity: 2, now: 10_000)
    _ = bucket.take(capacity: 2, perMinute: 2, now: 10_000)
    _ = bucket.take(capacity: 2, perMinute: 2, now: 10_000)
    #expect(!bucket.take(capacity: 2, perMinute: 2, now: 5_000).isAllowed)
    #expect(!bucket.take(capacity: 2, perMinute: 2, now: 39_999).isAllowed)
    #expect(bucket.take(capacity: 2, perMinute: 2, now: 40_000).isAllowed)
    #expect(bucket.take(capacity: 2, perMinute: 2, now: .max).remaining == 1)
  }

  @Test func `callers and classes have buckets of their own`() {
    let limiter = RateLimiter(RateLimits(perMinute: [.read: 2, .write: 1]))
    func isAllowed(_ limit: LimitClass, _ caller: String) -> Bool? {
      limiter.take(limit, by: caller, now: 0)?.decision.isAllowed
    }
    #expect(isAllowed(.read, "a") == true)
    #expect(isAllowed(.read, "a") == true)
    #expect(isAllowed(.read, "a") == false)
    #expect(isAllowed(.write, "a") == true)
    #expect(isAllowed(.read, "b") == true)
    #expect(isAllowed(.upload, "a") == nil)
    #expect(RateLimiter(RateLimits(isOff: true)).take(.read, by: "a", now: 0) == nil)
  }

  @Test func `many callers do not fill the memory`() {
    let limiter = RateLimiter(RateLimits(perMinute: [.read: 1]))
    for number in 0..<300_000 { _ = limiter.take(.read, by: "caller-\(number)", now: UInt64(number / 10)) }
    #expect(limiter.knownCount <= 16 * 8192)
  }
}
