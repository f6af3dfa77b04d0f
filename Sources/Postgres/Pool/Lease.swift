// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop

/// A connection held alone, with the awaiting form of what it does.
struct Lease: Sendable {
  let pool: ConnectionPool
  let connection: Connection

  func run(_ statement: Statement, ignoringCancellation: Bool = false) async throws -> Rows {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        statement.await(continuation)
        pool.loop.onLoop {
          statement.isCancelled
            ? statement.finish(.failure(CancellationError())) : connection.send(statement)
        }
      }
    } onCancel: {
      if !ignoringCancellation { pool.loop.execute { pool.cancel(statement) } }
    }
  }

  /// Runs a step of a conversation on the loop.
  func converse<Value: Sendable>(
    _ step: @escaping @Sendable (Connection, CheckedContinuation<Value, any Error>) -> Void
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      pool.loop.onLoop {
        if connection.phase == .ready { return step(connection, continuation) }
        continuation.resume(
          throwing: PostgresError.connectionLost("the connection is closed", mayHaveExecuted: true))
      }
    }
  }

  /// Runs a text of several statements, without parameters.
  func script(_ text: String) async throws {
    let conversation = LoopHeld<Conversation>()
    try await converse { connection, continuation in
      conversation.set(Conversation(text)).begin(on: connection, continuation)
    }
  }

  func close(_ reason: String) async {
    await withCheckedContinuation { continuation in
      pool.loop.onLoop {
        connection.close(.connectionLost(reason, mayHaveExecuted: true))
        continuation.resume()
      }
    }
  }
}

/// A place for something that only the loop touches, made before it exists.
final class LoopHeld<Value>: @unchecked Sendable {
  // Unchecked because it is filled and read on one loop only.
  private var value: Value?

  func set(_ value: Value) -> Value {
    self.value = value
    return value
  }

  var held: Value? { value }
}

extension Database {
  /// Lends a connection out for as long as the closure runs.
  func withLease<Success: Sendable>(_ body: @Sendable (Lease) async throws -> Success) async throws -> Success {
    let pool = pool()
    let request = LeaseRequest()
    let connection = try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        request.await(continuation)
        pool.loop.onLoop { pool.lease(request) }
      }
    } onCancel: {
      pool.loop.execute { pool.cancel(request) }
    }
    defer { pool.loop.onLoop { pool.release(connection) } }
    return try await body(Lease(pool: pool, connection: connection))
  }
}
