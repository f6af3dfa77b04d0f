// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop

extension Lease {
  /// Sends chunks into a `copy … from stdin`. Returns the number of rows.
  func copyIn<Chunks: AsyncSequence & Sendable>(_ sql: SQL, _ chunks: Chunks) async throws -> Int
  where Chunks.Element == [UInt8] {
    try sql.checkIsCopy()
    let held = LoopHeld<Conversation>()
    try await converse { connection, continuation in
      held.set(Conversation(sql.text)).begin(on: connection, continuation)
    }
    do {
      for try await chunk in chunks where !chunk.isEmpty {
        try Task.checkCancellation()
        try await converse { connection, continuation in
          held.held?.put(chunk, on: connection, continuation)
        }
      }
      try Task.checkCancellation()
    } catch {
      // The server drops what it has; its complaint about that is expected.
      _ = try? await finish(held, refusing: "the sender gave up")
      throw error
    }
    return try await finish(held, refusing: nil)
  }

  private func finish(_ held: LoopHeld<Conversation>, refusing reason: String?) async throws -> Int {
    try await converse { connection, continuation in
      held.held?.finish(refusing: reason, on: connection, continuation)
    }
  }

  /// Receives a `copy … to stdout` chunk by chunk; reads no faster than the closure takes. Returns the rows.
  func copyOut(_ sql: SQL, _ take: @Sendable ([UInt8]) async throws -> Void) async throws -> Int {
    try sql.checkIsCopy()
    let held = LoopHeld<Conversation>()
    try await converse { connection, continuation in
      held.set(Conversation(sql.text)).begin(on: connection, continuation)
    }
    do {
      while let chunk: [UInt8] = try await converse({ connection, continuation in
        held.held?.get(on: connection, continuation)
      }) {
        try Task.checkCancellation()
        try await take(chunk)
      }
    } catch {
      await close("a copy was left unfinished")
      throw error
    }
    return try await finish(held, refusing: nil)
  }
}

extension Database {
  /// Sends rows in bulk: `copy … from stdin` with chunks in the format that the statement names.
  @discardableResult
  public func copyIn<Chunks: AsyncSequence & Sendable>(_ sql: SQL, _ chunks: Chunks) async throws -> Int
  where Chunks.Element == [UInt8] {
    try await withLease { lease in try await lease.copyIn(sql, chunks) }
  }

  /// Sends rows that the closure writes, one at a time, until it returns false: `copy … from stdin` in text format.
  @discardableResult
  public func copyIn(
    _ sql: SQL, rows write: @escaping @Sendable (inout CopyRow) throws -> Bool
  ) async throws -> Int {
    try await copyIn(sql, RowChunks(write: write))
  }

  /// Receives rows in bulk: `copy … to stdout`, in chunks of whole rows. Returns the number of rows.
  @discardableResult
  public func copyOut(_ sql: SQL, _ take: @Sendable ([UInt8]) async throws -> Void) async throws -> Int {
    try await withLease { lease in try await lease.copyOut(sql, take) }
  }
}

extension Transaction {
  /// As on a database, within this transaction.
  @discardableResult
  public func copyIn<Chunks: AsyncSequence & Sendable>(_ sql: SQL, _ chunks: Chunks) async throws -> Int
  where Chunks.Element == [UInt8] {
    try await execute("select 1")  // begins the transaction if nothing has
    return try await lease.copyIn(sql, chunks)
  }

  @discardableResult
  public func copyIn(
    _ sql: SQL, rows write: @escaping @Sendable (inout CopyRow) throws -> Bool
  ) async throws -> Int {
    try await copyIn(sql, RowChunks(write: write))
  }

  @discardableResult
  public func copyOut(_ sql: SQL, _ take: @Sendable ([UInt8]) async throws -> Void) async throws -> Int {
    try await execute("select 1")
    return try await lease.copyOut(sql, take)
  }
}

extension SQL {
  fileprivate func checkIsCopy() throws {
    if parameters.isEmpty { return }
    throw PostgresError(sqlState: "0A000", message: "copy takes no parameters", sql: text)
  }
}

/// One row in the text format of copy: fields separated by tabs, escaped by backslashes (manual, "COPY").
public struct CopyRow: Sendable {
  fileprivate var bytes: [UInt8] = []
  private var isFirst = true

  fileprivate mutating func beginRow() { isFirst = true }
  fileprivate mutating func endRow() { bytes.append(UInt8(ascii: "\n")) }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: "\t")) }
    isFirst = false
  }

  public mutating func null() {
    separate()
    bytes.append(contentsOf: "\\N".utf8)
  }

  public mutating func add(_ text: String) {
    separate()
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
      case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
      default: bytes.append(byte)
      }
    }
  }

  public mutating func add(_ text: String?) { if let text { add(text) } else { null() } }
  public mutating func add(_ number: some BinaryInteger) { addPlain(String(number)) }
  public mutating func add(_ number: Double) { addPlain(number.isInfinite ? infinity(number) : "\(number)") }
  public mutating func add(_ truth: Bool) { addPlain(truth ? "t" : "f") }

  /// A `bytea` in hexadecimal.
  public mutating func add(_ data: [UInt8]) {
    separate()
    bytes.append(contentsOf: "\\\\x".utf8)
    let digits = Array("0123456789abcdef".utf8)
    for byte in data {
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }

  private func infinity(_ number: Double) -> String { number < 0 ? "-Infinity" : "Infinity" }

  private mutating func addPlain(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }
}

/// Rows that a closure writes, gathered into chunks of about 64 KiB.
private struct RowChunks: AsyncSequence, Sendable {
  let write: @Sendable (inout CopyRow) throws -> Bool

  struct Iterator: AsyncIteratorProtocol {
    let write: @Sendable (inout CopyRow) throws -> Bool
    var isOver = false

    mutating func next() async throws -> [UInt8]? {
      if isOver { return nil }
      var row = CopyRow()
      while row.bytes.count < 65536 {
        let start = row.bytes.count
        row.beginRow()
        guard try write(&row) else {
          row.bytes.removeSubrange(start...)
          isOver = true
          break
        }
        row.endRow()
      }
      return row.bytes.isEmpty ? nil : row.bytes
    }
  }

  func makeAsyncIterator() -> Iterator { Iterator(write: write) }
}
