// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Synchronization

/// A bucket that fills at a steady rate and from which each request takes one token.
struct TokenBucket: Sendable, Equatable {
  /// Tokens in thousandths, so that refilling needs no fractions.
  private(set) var level: Int
  private(set) var filledAt: UInt64

  init(capacity: Int, now: UInt64) {
    level = capacity * 1000
    filledAt = now
  }

  struct Decision: Sendable, Equatable {
    var isAllowed: Bool
    var remaining: Int
    /// Seconds until the bucket is full again, and until one token is there.
    var resetSeconds: Int
    var retrySeconds: Int
  }

  /// Takes a token if there is one. `now` is in milliseconds and never goes back.
  mutating func take(capacity: Int, perMinute: Int, now: UInt64) -> Decision {
    let elapsed = Int(clamping: now - min(now, filledAt))
    let gained = min(capacity * 1000, Int(clamping: UInt64(elapsed) &* UInt64(perMinute) / 60))
    level = min(capacity * 1000, level + gained)
    filledAt = now
    let isAllowed = level >= 1000
    if isAllowed { level -= 1000 }
    let missing = capacity * 1000 - level
    return Decision(
      isAllowed: isAllowed, remaining: level / 1000, resetSeconds: seconds(for: missing, perMinute),
      retrySeconds: isAllowed ? 0 : max(1, seconds(for: 1000 - level, perMinute)))
  }

  private func seconds(for thousandths: Int, _ perMinute: Int) -> Int {
    (thousandths * 60 + perMinute * 1000 - 1) / (perMinute * 1000)
  }
}

/// Token buckets per caller and class. Bounded: when too many callers are known, the full buckets are forgotten.
final class RateLimiter: Sendable {
  private struct Key: Hashable {
    var caller: String
    var limit: LimitClass
  }

  private let limits: RateLimits
  private let shards: [Shard]
  private static let callersPerShardMax = 8192

  private final class Shard: Sendable {
    let buckets = Mutex<[Key: TokenBucket]>([:])
  }

  init(_ limits: RateLimits) {
    self.limits = limits
    shards = (0..<16).map { _ in Shard() }
  }

  struct Verdict: Sendable {
    var decision: TokenBucket.Decision
    var limit: LimitClass
    var perMinute: Int
  }

  /// Nil where there are no limits.
  func take(_ limit: LimitClass, by caller: String, now: UInt64) -> Verdict? {
    guard !limits.isOff, let perMinute = limits.perMinute[limit] else { return nil }
    let key = Key(caller: caller, limit: limit)
    let shard = shards[Int(UInt(bitPattern: key.hashValue) % UInt(shards.count))]
    let decision = shard.buckets.withLock { buckets in
      if buckets.count >= RateLimiter.callersPerShardMax { forgetIdle(&buckets, now) }
      return buckets[key, default: TokenBucket(capacity: perMinute, now: now)]
        .take(capacity: perMinute, perMinute: perMinute, now: now)
    }
    return Verdict(decision: decision, limit: limit, perMinute: perMinute)
  }

  /// A bucket that nobody touched for a minute is full again: a new one says the same.
  private func forgetIdle(_ buckets: inout [Key: TokenBucket], _ now: UInt64) {
    buckets = buckets.filter { now - min(now, $0.value.filledAt) < 60_000 }
    if buckets.count >= RateLimiter.callersPerShardMax { buckets.removeAll(keepingCapacity: true) }
  }
}
