// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Synchronization

/// How much a transaction may see of others (manual, "Transaction Isolation").
public enum Isolation: String, Sendable, CaseIterable {
  case readCommitted = "read committed"
  case repeatableRead = "repeatable read"
  case serializable
}

/// A transaction on a connection of its own. It is over when its closure returns.
public final class Transaction: SQLRunner {
  private struct State {
    /// Sent before the first statement, in the same breath.
    var beginning: String?
    var isOver = false
    var savepoints = 0
  }

  let lease: Lease
  private let state: Mutex<State>

  init(_ lease: Lease, _ isolation: Isolation, isReadOnly: Bool) {
    self.lease = lease
    state = Mutex(State(beginning: "begin isolation level \(isolation.rawValue)" + (isReadOnly ? " read only" : "")))
  }

  public func rows(of sql: SQL) async throws -> Rows {
    let (prefix, isOver) = state.withLock { state in
      defer { state.beginning = nil }
      return (state.beginning, state.isOver)
    }
    if isOver { throw PostgresError(sqlState: "25P01", message: "the transaction is over", sql: sql.text) }
    return try await lease.run(Statement(sql, prefix: prefix))
  }

  /// Runs the closure in a savepoint: when it throws, only its own changes are undone.
  @discardableResult
  public func nested<Success: Sendable>(
    _ body: @Sendable (Transaction) async throws -> Success
  ) async throws -> Success {
    let name = state.withLock { state in
      state.savepoints += 1
      return "nested_\(state.savepoints)"
    }
    try await execute("savepoint \(unescaped: name)")
    do {
      let value = try await body(self)
      try await execute("release savepoint \(unescaped: name)")
      return value
    } catch {
      // Also when the task was cancelled, so that the outer closure may go on. Should it fail, nothing can commit.
      _ = try? await finish("rollback to savepoint \(unescaped: name)")
      _ = try? await finish("release savepoint \(unescaped: name)")
      throw error
    }
  }

  /// Takes an advisory lock until the transaction ends; false when another holds it.
  public func tryLock(_ key: Int64) async throws -> Bool {
    try await first("select pg_try_advisory_xact_lock(\(key))") { row in try row.next(Bool.self) } ?? false
  }

  /// Waits for an advisory lock, which lasts until the transaction ends.
  public func lock(_ key: Int64) async throws {
    try await execute("select pg_advisory_xact_lock(\(key))")
  }

  /// Runs several statements, without parameters, as one text.
  public func script(_ text: String) async throws {
    try await execute("select 1")
    try await lease.script(text)
  }

  func commit() async throws {
    if hasBegun, try await finish("commit").commandTag == "ROLLBACK" {
      // PostgreSQL answers so, without an error, when a statement had failed and the failure was swallowed.
      state.withLock { $0.isOver = true }
      throw PostgresError(sqlState: "25P02", message: "a statement failed, so the transaction was rolled back")
    }
    state.withLock { $0.isOver = true }
  }

  func rollBack() async {
    let mustRollBack = hasBegun
    state.withLock { $0.isOver = true }
    guard mustRollBack else { return }
    do { try await finish("rollback") } catch { await lease.close("the transaction could not be rolled back") }
  }

  private var hasBegun: Bool { state.withLock { $0.beginning == nil } }

  /// Runs a statement that must be run even if the task has been cancelled.
  @discardableResult
  private func finish(_ sql: SQL) async throws -> Rows {
    try await lease.run(Statement(sql), ignoringCancellation: true)
  }
}

extension Database {
  /// Runs the closure in a transaction: committed when it returns, rolled back when it throws.
  ///
  /// When it meets a serialization failure or a deadlock it is run again from the start, so it must have no other
  /// effects than its statements.
  @discardableResult
  public func transaction<Success: Sendable>(
    _ isolation: Isolation = .readCommitted, readOnly: Bool = false,
    _ body: @Sendable (Transaction) async throws -> Success
  ) async throws -> Success {
    var backoff = Backoff(first: .milliseconds(5), longest: .milliseconds(200))
    var attempt = 1
    while true {
      do {
        return try await runOnce(isolation, readOnly, body)
      } catch let error as PostgresError where error.deservesAnotherTransaction && attempt < attemptsMax {
        attempt += 1
        try await pool().loop.sleep(for: backoff.next())
      }
    }
  }

  private var attemptsMax: Int { pools[0].configuration.transactionAttemptsMax }

  private func runOnce<Success: Sendable>(
    _ isolation: Isolation, _ readOnly: Bool, _ body: @Sendable (Transaction) async throws -> Success
  ) async throws -> Success {
    try await withLease { lease in
      let transaction = Transaction(lease, isolation, isReadOnly: readOnly)
      do {
        let value = try await body(transaction)
        try await transaction.commit()
        return value
      } catch {
        await transaction.rollBack()
        throw error
      }
    }
  }
}

extension PostgresError {
  /// A stale plan spoils the transaction it is met in; the next run prepares anew.
  var deservesAnotherTransaction: Bool { isTransient || isStalePlan }
}
