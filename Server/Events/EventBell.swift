// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Postgres
import Synchronization

/// Rings for every open stream when there are events to read. An event is announced when its transaction commits,
/// and becomes readable when no older transaction is open: until then the bell looks again and again.
final class EventBell: Sendable {
  private struct State {
    var listeners: [Int: @Sendable () -> Void] = [:]
    var nextListener = 0
  }

  private let state = Mutex(State())

  /// A ring for the listener; rings that are not heard in time fold into one.
  func rings() -> AsyncStream<Void> {
    AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
      let id = listen { continuation.yield() }
      continuation.onTermination = { _ in self.leave(id) }
    }
  }

  /// Calls at every ring, until the listener leaves under the number that this gives.
  func listen(_ call: @escaping @Sendable () -> Void) -> Int {
    state.withLock { state in
      state.nextListener += 1
      state.listeners[state.nextListener] = call
      return state.nextListener
    }
  }

  func leave(_ listener: Int) { state.withLock { $0.listeners[listener] = nil } }

  /// Listens for as long as the task lives.
  func run(_ database: Database, on loop: EventLoop) async {
    let (announcements, announce) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await _ in database.listen(["events"]) { announce.yield() }
        announce.finish()
      }
      group.addTask { for await _ in announcements { await self.ringUntilReadable(database, loop) } }
    }
  }

  /// Rings now, and whenever older transactions have ended, until every event can be read.
  private func ringUntilReadable(_ database: Database, _ loop: EventLoop) async {
    var pause = Duration.milliseconds(5)
    var horizon: Int64?
    while !Task.isCancelled {
      let next: Int64?
      do { next = try await EventLog.unreadableHorizon(database) } catch {
        // Its return is announced like an event.
        return
      }
      if next != horizon || next == nil { ring() }
      horizon = next
      if next == nil { return }
      do { try await loop.sleep(for: pause) } catch { return }
      pause = min(pause * 2, .milliseconds(500))
    }
  }

  private func ring() {
    for listener in state.withLock({ Array($0.listeners.values) }) { listener() }
  }
}
