// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct WakeUpTests {
  @Test func `calls from many threads all arrive on the loop`() async {
    let group = LoopGroup(count: 1)
    let loop = group.loops[0]
    let strays = Counted()
    let seen = Counted()
    await withTaskGroup(of: Void.self) { tasks in
      for _ in 0..<8 {
        tasks.addTask {
          for _ in 0..<2_000 {
            await withCheckedContinuation { continuation in
              loop.execute {
                if !loop.isCurrent { strays.add() }
                seen.add()
                continuation.resume()
              }
            }
          }
        }
      }
    }
    #expect(seen.value == 16_000)
    #expect(strays.value == 0)
    group.shutDown()
  }
}

/// A number that many threads add to.
final class Counted: Sendable {
  private let number = Mutex(0)
  var value: Int { number.withLock { $0 } }
  func add() { number.withLock { $0 += 1 } }
}
