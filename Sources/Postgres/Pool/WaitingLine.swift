// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop

/// First come, first served; whoever gives up leaves from the middle.
struct WaitingLine<Waiter: AnyObject> {
  private var waiters: [Waiter?] = []
  private var head = 0
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func append(_ waiter: Waiter) {
    waiters.append(waiter)
    count += 1
  }

  mutating func popFirst() -> Waiter? {
    while head < waiters.count {
      let waiter = waiters[head]
      waiters[head] = nil
      head += 1
      if head == waiters.count {
        waiters.removeAll(keepingCapacity: true)
        head = 0
      }
      if let waiter {
        count -= 1
        return waiter
      }
    }
    return nil
  }

  @discardableResult
  mutating func remove(_ waiter: Waiter) -> Bool {
    guard let index = waiters[head...].firstIndex(where: { $0 === waiter }) else { return false }
    waiters[index] = nil
    count -= 1
    return true
  }
}

/// Somebody who wants a connection alone. Confined to its pool's loop.
final class LeaseRequest: @unchecked Sendable {
  // Unchecked because after its making only the loop's thread touches it.
  var isCancelled = false
  var timer: LoopTimer?
  private var continuation: CheckedContinuation<Connection, any Error>?

  func await(_ continuation: CheckedContinuation<Connection, any Error>) { self.continuation = continuation }

  func finish(_ result: Result<Connection, any Error>) {
    continuation?.resume(with: result)
    continuation = nil
  }
}
