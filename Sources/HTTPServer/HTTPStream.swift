// SPDX-License-Identifier: GPL-3.0-or-later
public import EventLoop

/// A body that is made while it is sent.
///
/// The producer runs on the request's loop. It waits in `write` while the client is slow, and is cancelled when the
/// client goes away. A producer that throws cuts the connection, so that the client sees a truncated body.
public struct HTTPStream: Sendable {
  let produce: @Sendable (HTTPStreamWriter) async throws -> Void
  let heartbeat: Heartbeat?

  /// Bytes sent whenever nothing else was for a while, to keep the way open and to notice a dead client.
  struct Heartbeat: Sendable {
    var interval: Duration
    var bytes: [UInt8]
  }

  public init(_ produce: @escaping @Sendable (HTTPStreamWriter) async throws -> Void) {
    self.init(heartbeat: nil, produce)
  }

  /// Sends the elements of a sequence.
  public init<Chunks: AsyncSequence & Sendable>(_ chunks: Chunks) where Chunks.Element == [UInt8] {
    self.init { writer in
      for try await chunk in chunks { try await writer.write(chunk) }
    }
  }

  init(heartbeat: Heartbeat?, _ produce: @escaping @Sendable (HTTPStreamWriter) async throws -> Void) {
    self.produce = produce
    self.heartbeat = heartbeat
  }
}

/// Where the producer of a stream puts its bytes.
public struct HTTPStreamWriter: Sendable {
  let queue: ChunkQueue

  /// The loop that serves the connection.
  public var loop: EventLoop { queue.loop }

  /// Queues the bytes, and waits first while too many are queued already. Throws `CancellationError` when the
  /// client is gone or the server is draining.
  public func write(_ bytes: [UInt8]) async throws {
    try await queue.write(bytes)
  }
}
