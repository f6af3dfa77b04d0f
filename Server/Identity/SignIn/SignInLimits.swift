// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Token buckets in the database: what limits guessing and flooding must hold across servers and restarts. They fill
/// again by themselves.
struct SignInLimits: Sendable {
  let digests: KeyedDigests
  let isOff: Bool

  /// One thing that is limited: who is counted, how many at once, and how long one takes to come back.
  struct Limit: Sendable {
    var kind: String
    var name: String
    var burst: Int
    var secondsEach: Int

    /// Codes sent to one contact: five at once, then one in ten minutes.
    static func codes(_ contact: Contact) -> Limit {
      Limit(kind: "codes", name: "\(contact.kind.rawValue) \(contact.text)", burst: 5, secondsEach: 600)
    }
    /// Codes asked for from one network: thirty at once, then one a minute.
    static func codesOfNetwork(_ network: String) -> Limit {
      Limit(kind: "codes of network", name: network, burst: 30, secondsEach: 60)
    }
    /// Wrong codes from one network: thirty at once, then one a minute.
    static func triesOfNetwork(_ network: String) -> Limit {
      Limit(kind: "tries of network", name: network, burst: 30, secondsEach: 60)
    }
    /// Devices that ask to be signed in from one network: thirty at once, then one in twenty seconds.
    static func devicesOfNetwork(_ network: String) -> Limit {
      Limit(kind: "devices of network", name: network, burst: 30, secondsEach: 20)
    }
    /// Device codes typed in one network: ten at once, then one a minute. With 34 bits that live for a quarter of an hour
    /// nobody comes upon one.
    static func userCodesOfNetwork(_ network: String) -> Limit {
      Limit(kind: "user codes of network", name: network, burst: 10, secondsEach: 60)
    }
    /// Sign-ins with a provider begun in one network: thirty at once, then one in twenty seconds.
    static func attemptsOfNetwork(_ network: String) -> Limit {
      Limit(kind: "attempts of network", name: network, burst: 30, secondsEach: 20)
    }
    /// Wrong codes of an authenticator: five at once, then one a minute.
    static func proofs(_ account: Account.ID) -> Limit {
      Limit(kind: "proofs", name: account.text, burst: 5, secondsEach: 60)
    }
  }

  /// Takes one from each bucket or refuses with the time to wait. In one statement per bucket, so that parallel takers
  /// share what is there.
  func take(_ wanted: Limit..., in runner: some SQLRunner) async throws {
    if isOff { return }
    for limit in wanted {
      let name = digests.limitName(limit.kind, limit.name)
      let full = Int64(limit.burst) * 1000
      let took = try await runner.first(
        """
        insert into sign_in_limits as l (name, left_milli, at)
        values (\(name), \(full - 1000), now())
        on conflict (name) do update
        set left_milli = \(SignInLimits.filled(limit)) - 1000, at = now()
        where \(SignInLimits.filled(limit)) >= 1000
        returning left_milli
        """
      ) { row in try row.next(Int64.self) }
      if took == nil { throw TooManyTries(secondsEach: limit.secondsEach) }
    }
  }

  /// What the bucket holds now, having filled since it was last written.
  private static func filled(_ limit: Limit) -> SQL {
    """
    least(\(Int64(limit.burst) * 1000),
      l.left_milli + (extract(epoch from now() - l.at) * 1000)::bigint / \(Int64(limit.secondsEach)))
    """
  }
}

struct TooManyTries: Refusal {
  var secondsEach: Int
  var problem: ProblemCode { .tooManyRequests }
}
