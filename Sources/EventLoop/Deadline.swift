// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// The time allowed for something has passed.
public struct DeadlineExceeded: Error, CustomStringConvertible {
  public init() {}
  public var description: String { "the deadline has passed" }
}

extension EventLoop {
  /// Suspends the task for at least `duration`, or throws `CancellationError` at once when it is cancelled.
  public func sleep(for duration: Duration) async throws {
    let sleeper = Sleeper()
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        guard sleeper.begin(continuation) else { return }
        onLoop {
          let timer = self.schedule(after: duration) { sleeper.end(.success(())) }
          // Cancelled before the timer existed: nobody would take it away.
          if !sleeper.keep(LoopBound(timer, to: self)) { self.cancel(timer) }
        }
      }
    } onCancel: {
      sleeper.end(.failure(CancellationError()))
      self.execute { sleeper.releaseTimer() }
    }
  }

  /// Runs `operation` and cancels it when `limit` passes first; then throws `DeadlineExceeded`.
  public func withDeadline<Success: Sendable>(
    _ limit: Duration, _ operation: @escaping @Sendable () async throws -> Success
  ) async throws -> Success {
    try await withThrowingTaskGroup(of: Success.self) { group in
      group.addTask { try await operation() }
      group.addTask {
        try await self.sleep(for: limit)
        throw DeadlineExceeded()
      }
      defer { group.cancelAll() }
      guard let first = try await group.next() else { throw CancellationError() }
      return first
    }
  }

  /// Runs the closure on the loop: now when this is its thread, soon otherwise.
  public func onLoop(_ call: @escaping @Sendable () -> Void) {
    if isCurrent { call() } else { execute(call) }
  }
}

/// A sleeping task's continuation, resumed exactly once by whichever comes first: the timer or cancellation.
private final class Sleeper: Sendable {
  private struct State {
    var continuation: CheckedContinuation<Void, any Error>?
    var isOver = false
    var timer: LoopBound<LoopTimer>?
  }
  private let state = Mutex(State())

  /// Takes the continuation, or resumes it at once when the task was cancelled before.
  func begin(_ continuation: CheckedContinuation<Void, any Error>) -> Bool {
    let isOver = state.withLock { state in
      if !state.isOver { state.continuation = continuation }
      return state.isOver
    }
    if isOver { continuation.resume(throwing: CancellationError()) }
    return !isOver
  }

  func end(_ result: Result<Void, any Error>) {
    let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
      defer { state.continuation = nil }
      state.isOver = true
      return state.continuation
    }
    continuation?.resume(with: result)
  }

  /// Whether somebody still sleeps.
  func keep(_ timer: LoopBound<LoopTimer>) -> Bool {
    state.withLock { state in
      if !state.isOver { state.timer = timer }
      return !state.isOver
    }
  }

  /// On the loop: forgets a timer that nobody waits for.
  func releaseTimer() {
    let timer = state.withLock { state -> LoopBound<LoopTimer>? in
      defer { state.timer = nil }
      return state.timer
    }
    if let timer { timer.loop.cancel(timer.value) }
  }
}
