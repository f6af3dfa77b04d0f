// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Postgres
import Synchronization

/// Rings for every open stream when the database announces an event. It rings late too: an event is announced when
/// its transaction commits, and becomes readable when no older transaction is open, so each ring is repeated a
/// moment later.
final class EventBell: Sendable {
  private struct State {
    var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
    var nextListener = 0
  }

  private let state = Mutex(State())

  /// A ring for the listener; rings that are not heard in time fold into one.
  func rings() -> AsyncStream<Void> {
    AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
      let id = state.withLock { state in
        state.nextListener += 1
        state.listeners[state.nextListener] = continuation
        return state.nextListener
      }
      continuation.onTermination = { _ in self.state.withLock { state in _ = state.listeners.removeValue(forKey: id) } }
    }
  }

  /// Listens for as long as the task lives.
  func run(_ database: Database, on loop: EventLoop) async {
    for await _ in database.listen(["events"]) {
      ring()
      try? await loop.sleep(for: .milliseconds(50))
      ring()
    }
  }

  private func ring() {
    for listener in state.withLock({ Array($0.listeners.values) }) { listener.yield() }
  }
}
