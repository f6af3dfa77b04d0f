// SPDX-License-Identifier: GPL-3.0-or-later
public import EventLoop
import Synchronization

/// A PostgreSQL database, reached over one pool of connections per loop.
///
/// A task uses the pool of the loop it runs on, or any pool when it runs elsewhere.
public final class Database: SQLRunner {
  public let info: ConnectionInfo
  let pools: [ConnectionPool]
  private let turn = Atomic<UInt>(0)

  public init(_ info: ConnectionInfo, loops: [EventLoop], configuration: PoolConfiguration = PoolConfiguration()) {
    precondition(!loops.isEmpty, "a database needs a loop")
    self.info = info
    pools = loops.map { ConnectionPool(info, loop: $0, configuration: configuration) }
  }

  public convenience init(url: String, loops: [EventLoop], configuration: PoolConfiguration = PoolConfiguration()) {
    self.init(ConnectionInfo(url: url), loops: loops, configuration: configuration)
  }

  /// Runs one statement on a connection that it shares with others.
  public func rows(of sql: SQL) async throws -> Rows { try await run(Statement(sql)) }

  /// The same database for reads that change nothing and are answered at once, by key or index. Those that a turn of
  /// the loop sends together cost little more than one: they share an implicit transaction and its `now()`, and are
  /// answered when all of them are. So nothing slow belongs here, and nothing with an effect, such as `nextval` or a lock.
  public var reads: Reads { Reads(database: self) }

  public struct Reads: SQLRunner {
    let database: Database
    public func rows(of sql: SQL) async throws -> Rows { try await database.run(Statement(sql, mayShare: true)) }
  }

  private func run(_ statement: Statement) async throws -> Rows {
    let pool = pool()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        statement.await(continuation)
        pool.loop.onLoop { pool.run(statement) }
      }
    } onCancel: {
      pool.loop.execute { pool.cancel(statement) }
    }
  }

  /// The figures of all pools together.
  public var statistics: PoolStatistics {
    pools.map(\.statistics).reduce(into: PoolStatistics()) { sum, pool in
      sum.open += pool.open
      sum.busy += pool.busy
      sum.waiting += pool.waiting
      sum.statements += pool.statements
      sum.failures += pool.failures
      sum.reconnects += pool.reconnects
    }
  }

  /// Whether no pool has failed to connect lately.
  public var isHealthy: Bool { pools.allSatisfy(\.isHealthy) }

  /// Closes every connection. What still runs fails.
  public func close() async {
    for pool in pools {
      await withCheckedContinuation { continuation in
        pool.loop.onLoop {
          pool.close()
          continuation.resume()
        }
      }
    }
  }

  /// The pool of the loop this runs on, or the pools in turn.
  func pool() -> ConnectionPool {
    if let loop = EventLoop.current, let pool = pools.first(where: { $0.loop === loop }) { return pool }
    let count = turn.wrappingAdd(1, ordering: .relaxed).oldValue
    return pools[Int(count % UInt(pools.count))]
  }
}
