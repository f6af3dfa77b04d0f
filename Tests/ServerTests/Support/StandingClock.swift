// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Synchronization

@testable import soukd

/// A clock that stands still until a test moves it on.
final class StandingClock: Sendable {
  private let moment = Mutex(SystemClock.timestamp())
  var now: Market.Timestamp { moment.withLock { $0 } }
  func pass(seconds: Int64) { moment.withLock { $0 = $0.adding(seconds: seconds) } }
}
