// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Testing

@testable import soukd

@Suite(.timeLimit(.minutes(1)))
struct AlarmTests {
  @Test func `a worker that has slept once sleeps again`() async throws {
    let loops = LoopGroup(count: 1)
    defer { loops.shutDown() }
    let alarm = Alarm()
    for _ in 0..<3 {
      let start = ContinuousClock.now
      await alarm.wait(atMost: .milliseconds(50), on: loops.loops[0])
      #expect(ContinuousClock.now - start >= .milliseconds(50))
    }
  }

  @Test func `a ring wakes the sleeper, now or the next time`() async throws {
    let loops = LoopGroup(count: 1)
    defer { loops.shutDown() }
    let alarm = Alarm()
    alarm.ring()
    await alarm.wait(atMost: .seconds(600), on: loops.loops[0])
    async let slept: Void = alarm.wait(atMost: .seconds(600), on: loops.loops[0])
    alarm.ring()
    await slept
  }
}
