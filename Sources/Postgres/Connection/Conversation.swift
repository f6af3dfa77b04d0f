// SPDX-License-Identifier: GPL-3.0-or-later
internal import CPostgres
import EventLoop

/// What a connection does outside its pipeline: a script of several statements, or a copy. Confined to the loop.
///
/// The steps of a copy are awaited one by one; each suspends until libpq has room or data.
final class Conversation {
  private enum Wait {
    case nobody
    /// For the server to accept the command: a copy begins, or the whole is over.
    case start(CheckedContinuation<Void, any Error>)
    case room(CheckedContinuation<Void, any Error>)
    case data(CheckedContinuation<[UInt8]?, any Error>)
    case end(CheckedContinuation<Int, any Error>)
  }

  private let sql: String
  private var wait = Wait.nobody
  private var failure: PostgresError?
  private var affected = 0
  private var isCopying = false
  private var isReceiving = false
  private var isOver = false
  var isCancelled = false

  init(_ sql: String) { self.sql = sql }

  /// Leaves the pipeline and sends the command; resumes when a copy has begun or everything is done.
  func begin(on connection: Connection, _ continuation: CheckedContinuation<Void, any Error>) {
    guard connection.isIdle else {
      let busy = PostgresError(sqlState: "55006", message: "the connection is busy with another statement", sql: sql)
      return continuation.resume(throwing: busy)
    }
    connection.conversation = self
    wait = .start(continuation)
    guard unsafe PQexitPipelineMode(connection.handle) == 1, unsafe PQsendQuery(connection.handle, sql) == 1 else {
      return connection.closeForLoss()
    }
    connection.flush()
  }

  /// Hands a chunk over; resumes when the socket has taken it.
  func put(_ chunk: [UInt8], on connection: Connection, _ continuation: CheckedContinuation<Void, any Error>) {
    if let failure { return continuation.resume(throwing: failure) }
    let isTaken = unsafe chunk.withUnsafeBytes { buffer in
      unsafe PQputCopyData(
        connection.handle, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
    }
    wait = .room(continuation)
    isTaken == 1 ? connection.flush() : connection.closeForLoss()
  }

  /// Ends a copy in; a reason makes the server drop it. Resumes with the number of rows.
  func finish(refusing reason: String?, on connection: Connection, _ continuation: CheckedContinuation<Int, any Error>)
  {
    wait = .end(continuation)
    if isOver { return settle(connection) }
    if isCopying {
      isCopying = false
      if unsafe PQputCopyEnd(connection.handle, reason) != 1 { return connection.closeForLoss() }
    }
    connection.flush()
    read(from: connection)
  }

  /// Waits for the next data of a copy out; nil is the end.
  func get(on connection: Connection, _ continuation: CheckedContinuation<[UInt8]?, any Error>) {
    wait = .data(continuation)
    connection.pauseReading(false)
    read(from: connection)
  }

  /// A copy brings data and whoever takes them is busy.
  var isTakingNothing: Bool {
    if case .nobody = wait { return isCopying && isReceiving }
    return false
  }

  /// The socket has taken everything.
  func hasRoom() {
    guard case .room(let continuation) = wait else { return }
    wait = .nobody
    continuation.resume()
  }

  /// Takes what has arrived, as far as somebody waits for it.
  func read(from connection: Connection) {
    if isOver { return settle(connection) }
    if case .data = wait, isCopying { readCopy(connection) }
    if isCopying { return }
    while connection.phase == .ready, !isOver, unsafe PQisBusy(connection.handle) == 0 {
      guard let result = unsafe PQgetResult(connection.handle) else {
        isOver = true
        break
      }
      let status = unsafe PQresultStatus(result)
      if status == PGRES_COPY_IN || status == PGRES_COPY_OUT {
        unsafe PQclear(result)
        isCopying = true
        isReceiving = status == PGRES_COPY_OUT
        return started()
      }
      unsafe take(status, result)
    }
    if isOver { settle(connection) }
  }

  private func take(_ status: ExecStatusType, _ result: OpaquePointer) {
    if status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE {
      if failure == nil { unsafe failure = PostgresError(result: result, sql: sql) }
      unsafe PQclear(result)
    } else {
      affected = unsafe Rows(result, sql: sql).affected
    }
  }

  private func readCopy(_ connection: Connection) {
    var chunk: [UInt8] = []
    while chunk.count < 65536 {
      var pointer: UnsafeMutablePointer<CChar>?
      let count = unsafe PQgetCopyData(connection.handle, &pointer, 1)
      if count > 0, let data = unsafe pointer {
        unsafe chunk.append(contentsOf: UnsafeRawBufferPointer(start: data, count: Int(count)))
        unsafe PQfreemem(data)
        continue
      }
      if count < 0 { isCopying = false }
      break
    }
    if chunk.isEmpty { return }
    guard case .data(let continuation) = wait else { return }
    wait = .nobody
    continuation.resume(returning: chunk)
  }

  private func started() {
    guard case .start(let continuation) = wait else { return }
    wait = .nobody
    continuation.resume()
  }

  /// Everything has been said: back to the pipeline, and whoever waits learns the outcome.
  private func settle(_ connection: Connection) {
    if connection.conversation === self {
      connection.conversation = nil
      if unsafe PQenterPipelineMode(connection.handle) != 1 { return connection.closeForLoss() }
    }
    resume(failure)
  }

  func lost(_ error: PostgresError) {
    var error = error
    error.sql = sql
    isOver = true
    if failure == nil { failure = error }
    resume(failure)
  }

  private func resume(_ failure: PostgresError?) {
    let wait = self.wait
    self.wait = .nobody
    switch wait {
    case .nobody: break
    case .start(let continuation), .room(let continuation): continuation.resume(with: outcome(failure, ()))
    case .data(let continuation): continuation.resume(with: outcome(failure, nil))
    case .end(let continuation): continuation.resume(with: outcome(failure, affected))
    }
  }

  private func outcome<Value>(_ failure: PostgresError?, _ value: Value) -> Result<Value, any Error> {
    if let failure { .failure(failure) } else { .success(value) }
  }
}
