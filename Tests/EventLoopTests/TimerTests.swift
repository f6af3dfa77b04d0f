// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import TestSupport
import Testing

@testable import EventLoop

@Suite(.timeLimit(.minutes(1)))
struct TimerTests {
  @Test func `the heap gives timers in order whatever was inserted and removed`() {
    for round in 0..<200 {
      var heap = TimerHeap()
      var waiting: [LoopTimer] = []
      for _ in 0..<(round % 60) {
        let timer = LoopTimer(deadline: UInt64.random(in: 0..<50)) {}
        heap.insert(timer)
        waiting.append(timer)
        if Int.random(in: 0..<3) == 0, let index = waiting.indices.randomElement() {
          heap.remove(waiting[index])
          #expect(!waiting[index].isPending)
          waiting.remove(at: index)
        }
      }
      var popped: [UInt64] = []
      while let timer = heap.popDue(now: 25) { popped.append(timer.deadline) }
      #expect(popped == waiting.map(\.deadline).filter { $0 <= 25 }.sorted())
      while let timer = heap.popDue(now: .max) { popped.append(timer.deadline) }
      #expect(popped == waiting.map(\.deadline).sorted())
      #expect(heap.first == nil)
    }
  }

  @Test func `a timer can cancel another that is due in the same turn`() async {
    let loop = EventLoop()
    let fired = Mutex<[String]>([])
    loop.execute {
      var second: LoopTimer?
      loop.schedule(after: .milliseconds(1)) {
        fired.withLock { $0.append("first") }
        if let second { loop.cancel(second) }
      }
      second = loop.schedule(after: .milliseconds(2)) { fired.withLock { $0.append("second") } }
      loop.schedule(after: .milliseconds(3)) { loop.stop() }
      // Long enough for all three to be due at once.
      let until = ContinuousClock.now + .milliseconds(10)
      while ContinuousClock.now < until {}
    }
    await onThread { loop.run() }
    #expect(fired.withLock { $0 } == ["first"])
  }

  @Test func `a cancelled sleep ends at once`() async throws {
    let loop = EventLoop()
    let isCancelled = try await onThread {
      try loop.runUntilComplete {
        let task = Task { try await loop.sleep(for: .seconds(600)) }
        await Task.yield()
        task.cancel()
        do {
          try await task.value
          return false
        } catch { return error is CancellationError }
      }
    }
    #expect(isCancelled)
  }

  @Test func `a deadline cancels what takes longer, and lets pass what does not`() async throws {
    let loop = EventLoop()
    let (quick, isLate) = try await onThread {
      try loop.runUntilComplete {
        let quick = try await loop.withDeadline(.seconds(600)) { 7 }
        do {
          try await loop.withDeadline(.milliseconds(10)) { try await loop.sleep(for: .seconds(600)) }
          return (quick, false)
        } catch { return (quick, error is DeadlineExceeded) }
      }
    }
    #expect(quick == 7)
    #expect(isLate)
  }
}
