// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import Testing

@Suite(.timeLimit(.minutes(1)))
struct OffloadPoolTests {
  @Test func `a full pool refuses, and cancelled work is not started`() async throws {
    let pool = OffloadPool(threadCount: 1, waitingMax: 1)
    let gate = Gate()
    let started = Counted()
    let first = Task {
      try await pool.run {
        started.add(); gate.wait()
      }
    }
    while started.value == 0 { await Task.yield() }
    let second = Task { try await pool.run { started.add() } }
    while pool.waitingCount == 0 { await Task.yield() }
    await #expect(throws: OffloadPool.Overloaded.self) { try await pool.run {} }
    second.cancel()
    gate.open()
    try await first.value
    await #expect(throws: CancellationError.self) { try await second.value }
    #expect(started.value == 1)
    #expect(try await pool.run { 5 } == 5)
    pool.shutDown()
  }
}

/// Holds a thread until it is opened.
@safe
final class Gate: @unchecked Sendable {
  // Unchecked because sem_t is made for use from several threads.
  private let pointer = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
  init() { unsafe sem_init(pointer, 0, 0) }
  deinit { unsafe pointer.deallocate() }
  func wait() { unsafe sem_wait(pointer) }
  func open() { unsafe sem_post(pointer) }
}
