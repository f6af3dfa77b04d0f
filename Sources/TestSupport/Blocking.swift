// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Runs what blocks on a thread of its own. The threads of Swift's tasks are as few as the processors: a test that
/// blocks one of them holds up every other test, and stops for ever when it waits for a task.
public func onThread<Success: Sendable>(_ body: @escaping @Sendable () throws -> Success) async throws -> Success {
  try await withCheckedThrowingContinuation { continuation in
    start(ThreadWork { continuation.resume(with: Result { try body() }) })
  }
}

/// Runs what blocks and cannot fail on a thread of its own.
public func onThread<Success: Sendable>(_ body: @escaping @Sendable () -> Success) async -> Success {
  await withCheckedContinuation { continuation in
    start(ThreadWork { continuation.resume(returning: body()) })
  }
}

private final class ThreadWork: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func start(_ work: ThreadWork) {
  var thread = pthread_t()
  let result = unsafe pthread_create(&thread, nil, threadMain, Unmanaged.passRetained(work).toOpaque())
  precondition(result == 0, "the process may start a thread (errno \(result))")
  pthread_detach(thread)
}

private func threadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context = unsafe context else { return nil }
  unsafe Unmanaged<ThreadWork>.fromOpaque(context).takeRetainedValue().run()
  return nil
}
