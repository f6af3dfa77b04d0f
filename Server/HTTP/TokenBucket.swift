// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Synchronization

/// A bucket that fills at a steady rate and from which each request takes one token.
struct TokenBucket: Sendable, Equatable {
  /// What one token is: at so many per minute, each millisecond brings exactly that many of these.
  static let token = 60_000
  private(set) var level: Int
  private(set) var filledAt: UInt64

  init(capacity: Int, now: UInt64) {
    level = capacity * TokenBucket.token
    filledAt = now
  }

  struct Decision: Sendable, Equatable {
    var isAllowed: Bool
    var remaining: Int
    /// Seconds until the bucket is full again, and until one token is there.
    var resetSeconds: Int
    var retrySeconds: Int
  }

  /// Takes a token if there is one. `now` is in milliseconds; a time before the last one brings nothing.
  mutating func take(capacity: Int, perMinute: Int, now: UInt64) -> Decision {
    let full = capacity * TokenBucket.token
    let (gained, isMore) = Int(clamping: now - min(now, filledAt)).multipliedReportingOverflow(by: perMinute)
    level = isMore || gained >= full - level ? full : level + gained
    filledAt = max(now, filledAt)
    let isAllowed = level >= TokenBucket.token
    if isAllowed { level -= TokenBucket.token }
    return Decision(
      isAllowed: isAllowed, remaining: level / TokenBucket.token, resetSeconds: seconds(for: full - level, perMinute),
      retrySeconds: isAllowed ? 0 : seconds(for: TokenBucket.token - level, perMinute))
  }

  /// Rounded up: who waits so long finds what was promised.
  private func seconds(for missing: Int, _ perMinute: Int) -> Int {
    (missing + perMinute * 1000 - 1) / (perMinute * 1000)
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

  /// How many buckets are kept.
  var knownCount: Int { shards.reduce(0) { $0 + $1.buckets.withLock(\.count) } }

  /// A bucket that nobody touched for a minute is full again: a new one says the same.
  private func forgetIdle(_ buckets: inout [Key: TokenBucket], _ now: UInt64) {
    buckets = buckets.filter { now - min(now, $0.value.filledAt) < 60_000 }
    if buckets.count >= RateLimiter.callersPerShardMax { buckets.removeAll(keepingCapacity: true) }
  }
}
