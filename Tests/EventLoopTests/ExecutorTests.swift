// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import TestSupport
import Testing

actor OnLoop {
  let loop: EventLoop
  var count = 0
  init(_ loop: EventLoop) { self.loop = loop }
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }
  func touch() async -> Bool {
    count += 1
    let before = loop.isCurrent
    await Task.yield()
    return before && loop.isCurrent
  }
}

@Suite(.timeLimit(.minutes(1)))
struct ExecutorTests {
  @Test func `child tasks and actors stay on the loop`() async throws {
    let loop = EventLoop()
    let stayed = try await onThread {
      try loop.runUntilComplete {
        async let child = onLoop(loop)
        let actor = OnLoop(loop)
        let fromActor = await actor.touch()
        let fromGroup = await withTaskGroup(of: Bool.self) { group in
          for _ in 0..<100 { group.addTask { await onLoop(loop) } }
          return await group.reduce(true) { $0 && $1 }
        }
        return [await child, fromActor, fromGroup, loop.isCurrent]
      }
    }
    #expect(stayed == [true, true, true, true])
  }

  @Test func `an actor of one loop is reached from a task of another and comes back`() async {
    let group = LoopGroup(count: 2)
    let (first, second) = (group.loops[0], group.loops[1])
    let results = await Task(executorPreference: first) {
      let actor = OnLoop(second)
      var results: [Bool] = []
      for _ in 0..<500 {
        results.append(await actor.touch())
        results.append(await onLoop(first))
      }
      return results
    }.value
    #expect(results.allSatisfy { $0 })
    group.shutDown()
  }

  @Test func `a task that does not wait runs through in one turn, however deep it calls`() async throws {
    let loop = EventLoop()
    let turns = Counted()
    let calls = try await onThread {
      try loop.runUntilComplete {
        let hook = LoopBound(
          loop.beforeSleep {
            turns.add(); return nil
          }, to: loop)
        let before = turns.value
        let depth = await descend(100)
        loop.remove(hook.value)
        return (depth, turns.value - before)
      }
    }
    #expect(calls == (100, 0))
  }

  @Test func `what waits for the end of a turn is done once and before the loop sleeps`() async throws {
    let loop = EventLoop()
    let calls = Counted()
    try await onThread {
      try loop.runUntilComplete {
        loop.atEndOfTurn { calls.add() }
        #expect(calls.value == 0)
        try await loop.sleep(for: .milliseconds(1))
        #expect(calls.value == 1)
        // A hook runs when the turn's jobs are done already, and what ends a turn may ask for more.
        var hook: LoopHook?
        await withCheckedContinuation { continuation in
          hook = loop.beforeSleep {
            hook.map(loop.remove)
            loop.atEndOfTurn { loop.atEndOfTurn { continuation.resume() } }
            return .seconds(60)
          }
        }
        #expect(calls.value == 1)
      }
    }
  }

  @Test func `a removed hook is not called again`() async throws {
    let loop = EventLoop()
    let calls = Counted()
    try await onThread {
      try loop.runUntilComplete {
        let hook = LoopBound(
          loop.beforeSleep {
            calls.add(); return nil
          }, to: loop)
        try await loop.sleep(for: .milliseconds(2))
        loop.remove(hook.value)
        let before = calls.value
        #expect(before > 0)
        try await loop.sleep(for: .milliseconds(2))
        #expect(calls.value == before)
      }
    }
  }
}

private func onLoop(_ loop: EventLoop) async -> Bool {
  await Task.yield()
  return loop.isCurrent
}

/// How deep it got.
private func descend(_ depth: Int) async -> Int { depth == 0 ? 0 : await descend(depth - 1) + 1 }
