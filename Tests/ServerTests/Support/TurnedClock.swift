// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Synchronization

@testable import soukd

/// A clock that a test turns.
final class TurnedClock: Sendable {
  private let offset = Mutex<Int64>(0)
  var now: Timestamp { SystemClock.timestamp().adding(seconds: offset.withLock { $0 }) }
  func turn(_ seconds: Int64) { offset.withLock { $0 += seconds } }
}
