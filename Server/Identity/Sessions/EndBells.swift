// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Tells those who answer somebody for longer than a moment that what let them in is over: a session, or a key.
final class EndBells<ID: Hashable & Sendable>: Sendable {
  /// One who listens for an end.
  struct Listener: Sendable {
    fileprivate let id: ID
    fileprivate let number: Int
  }

  private struct State {
    var calls: [ID: [Int: @Sendable () -> Void]] = [:]
    var lastNumber = 0
  }

  private let state = Mutex(State())

  /// Calls at the end, perhaps more than once. What had ended before is not told: whoever listens asks afterwards.
  func listen(for id: ID, _ call: @escaping @Sendable () -> Void) -> Listener {
    state.withLock { state in
      state.lastNumber += 1
      state.calls[id, default: [:]][state.lastNumber] = call
      return Listener(id: id, number: state.lastNumber)
    }
  }

  func leave(_ listener: Listener) {
    state.withLock { state in
      state.calls[listener.id]?[listener.number] = nil
      if state.calls[listener.id]?.isEmpty == true { state.calls[listener.id] = nil }
    }
  }

  /// Rings for all that are listened for and have ended.
  func ring(where hasEnded: (ID) -> Bool) {
    let calls = state.withLock { state in state.calls.filter { hasEnded($0.key) }.flatMap(\.value.values) }
    for call in calls { call() }
  }

  func ring(for id: ID) {
    let calls = state.withLock { state in state.calls[id].map { Array($0.values) } ?? [] }
    for call in calls { call() }
  }
}
