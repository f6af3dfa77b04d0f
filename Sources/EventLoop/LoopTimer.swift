// SPDX-License-Identifier: GPL-3.0-or-later

/// An action that its loop runs once, at or after a deadline.
public final class LoopTimer {
  let deadline: UInt64
  let action: () -> Void
  fileprivate(set) var position = -1

  init(deadline: UInt64, action: @escaping () -> Void) {
    self.deadline = deadline
    self.action = action
  }

  /// Whether the timer still waits: neither fired nor cancelled.
  public var isPending: Bool { position >= 0 }
}

/// A binary heap of timers, earliest first. A timer knows its place, so that cancelling costs O(log n).
struct TimerHeap {
  private var entries: [LoopTimer] = []

  var first: LoopTimer? { entries.first }

  mutating func insert(_ timer: LoopTimer) {
    entries.append(timer)
    timer.position = entries.count - 1
    siftUp(entries.count - 1)
  }

  mutating func remove(_ timer: LoopTimer) {
    let index = timer.position
    guard index >= 0 else { return }
    timer.position = -1
    let last = entries.removeLast()
    if index == entries.count { return }
    entries[index] = last
    last.position = index
    siftDown(index)
    siftUp(last.position)
  }

  /// Removes and returns the earliest timer when its time has come. One at a time: its action may cancel the next.
  mutating func popDue(now: UInt64) -> LoopTimer? {
    guard let timer = entries.first, timer.deadline <= now else { return nil }
    remove(timer)
    return timer
  }

  private mutating func siftUp(_ start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      if entries[parent].deadline <= entries[child].deadline { return }
      swap(parent, child)
      child = parent
    }
  }

  private mutating func siftDown(_ start: Int) {
    var parent = start
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
        if entries[child].deadline < entries[least].deadline { least = child }
      }
      if least == parent { return }
      swap(parent, least)
      parent = least
    }
  }

  private mutating func swap(_ a: Int, _ b: Int) {
    entries.swapAt(a, b)
    entries[a].position = a
    entries[b].position = b
  }
}

extension Duration {
  /// Nanoseconds, never negative.
  var wholeNanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    if seconds < 0 || attoseconds < 0 { return 0 }
    return UInt64(seconds) &* 1_000_000_000 &+ UInt64(attoseconds / 1_000_000_000)
  }

  /// Milliseconds rounded up, so that nothing fires early.
  var wholeMilliseconds: UInt64 { (wholeNanoseconds + 999_999) / 1_000_000 }
}
