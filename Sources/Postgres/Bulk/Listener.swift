// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop

/// What a listener hears.
public enum Notification: Sendable, Equatable {
  /// The channels are being listened to from now on.
  case listening
  /// As `listening`, after the connection was lost or the reader fell behind: read again what may have changed.
  case reconnected
  case received(channel: String, payload: String)
}

extension Database {
  /// Listens to channels on a connection of its own until the stream is dropped. It connects again by itself.
  public func listen(_ channels: [String]) -> AsyncStream<Notification> {
    let pool = pool()
    let (stream, continuation) = AsyncStream.makeStream(of: Notification.self, bufferingPolicy: .bufferingNewest(1024))
    let listener = Listener(info, channels: channels, pool: pool, to: continuation)
    continuation.onTermination = { _ in pool.loop.execute { listener.close() } }
    pool.loop.onLoop { listener.connect() }
    return stream
  }
}

/// One listening connection, made again whenever it is lost. Confined to its loop.
private final class Listener: @unchecked Sendable {
  // Unchecked because after its making only the loop's thread touches it.
  private let info: ConnectionInfo
  private let statements: [SQL]
  private let pool: ConnectionPool
  private let continuation: AsyncStream<Notification>.Continuation
  private var connection: Connection?
  private var backoff = Backoff(first: .milliseconds(20), longest: .seconds(2))
  private var wasListening = false
  private var isClosed = false
  private var open = 0

  init(
    _ info: ConnectionInfo, channels: [String], pool: ConnectionPool,
    to continuation: AsyncStream<Notification>.Continuation
  ) {
    self.info = info
    self.pool = pool
    self.continuation = continuation
    statements = channels.map { SQL(unescaped: "listen \(quoted($0))") }
  }

  func connect() {
    guard !isClosed else { return }
    let connection = Connection(loop: pool.loop, statementsMax: max(8, statements.count))
    self.connection = connection
    connection.onEvent = { [self] event in handle(event) }
    connection.open(info, within: pool.configuration.connectLimit)
  }

  private func handle(_ event: Connection.Event) {
    switch event {
    case .opened:
      open = statements.count
      for statement in statements { connection?.send(Statement(statement)) }
    case .finished(let segment):
      for finished in segment {
        if case .failure(let error) = finished.outcome { connection?.close(error) } else { open -= 1 }
      }
      if open == 0 { listening() }
    case .notified(let channel, let payload): tell(.received(channel: channel, payload: payload))
    case .closed:
      connection = nil
      if !isClosed { pool.loop.schedule(after: backoff.next()) { [self] in connect() } }
    }
  }

  private func listening() {
    backoff.reset()
    tell(wasListening ? .reconnected : .listening)
    wasListening = true
  }

  private func tell(_ notification: Notification) {
    if case .dropped = continuation.yield(notification) { continuation.yield(.reconnected) }
  }

  func close() {
    isClosed = true
    connection?.close(.connectionLost("nobody listens any more", mayHaveExecuted: false))
  }
}

/// An identifier in double quotes.
func quoted(_ name: String) -> String {
  let parts = name.split(separator: "\"", omittingEmptySubsequences: false)
  return "\"" + parts.joined(separator: "\"\"") + "\""
}
