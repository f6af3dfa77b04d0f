// SPDX-License-Identifier: GPL-3.0-or-later

/// The limits of the pool of one loop.
public struct PoolConfiguration: Sendable {
  /// Connections per loop.
  public var connectionsMax = 8
  /// Statements on their way on one shared connection.
  public var pipelineMax = 64
  /// Reads that share a synchronisation. By key, from two loops on two processors, 178,000 a second were answered one
  /// by one, 270,000 by eight, 312,000 by sixteen and 338,000 by thirty-two; but each of them waits for all.
  public var sharedMax = 16
  /// Statements and transactions waiting for a connection, per loop.
  public var waitingMax = 10_000
  /// How long one of them waits at most.
  public var waitLimit = Duration.seconds(5)
  public var connectLimit = Duration.seconds(5)
  /// The server ends statements that run longer.
  public var statementLimit = Duration.seconds(30)
  /// The server ends sessions that stay in a transaction without doing anything for longer.
  public var idleTransactionLimit = Duration.seconds(30)
  /// Prepared statements kept per connection.
  public var preparedMax = 256
  /// How often a transaction is run at most when it meets a serialization failure or a deadlock.
  public var transactionAttemptsMax = 6

  public init() {}

  /// Sets a new connection's session up, in one statement.
  var setUp: SQL {
    """
    select set_config('statement_timeout', \(String(statementLimit.milliseconds)), false),
      set_config('idle_in_transaction_session_timeout', \(String(idleTransactionLimit.milliseconds)), false),
      set_config('timezone', 'UTC', false), set_config('datestyle', 'ISO', false)
    """
  }
}

/// No connection became free in time, or too many already wait. Answer "busy, try again".
public struct PoolExhausted: Error, Sendable, CustomStringConvertible {
  /// How many waited when this one gave up.
  public var waiting: Int
  /// Why the last attempt to connect failed, when there is no connection at all.
  public var lastFailure: PostgresError?

  public var description: String {
    "no database connection became free (\(waiting) waiting)" + (lastFailure.map { "; \($0)" } ?? "")
  }
}

/// Figures of a database's pools, for metrics.
public struct PoolStatistics: Sendable, Equatable {
  public var open = 0
  public var busy = 0
  public var waiting = 0
  public var statements = 0
  public var failures = 0
  public var reconnects = 0
}

extension Duration {
  var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }
}

/// Waiting times that double, each with up to half of it left to chance so that many do not try at once.
struct Backoff {
  private let first: Duration
  private let longest: Duration
  private var current: Duration

  init(first: Duration, longest: Duration) {
    self.first = first
    self.longest = longest
    current = first
  }

  mutating func next() -> Duration {
    let delay = current
    current = min(longest, current * 2)
    return delay * Double.random(in: 0.5...1)
  }

  mutating func reset() { current = first }
}
