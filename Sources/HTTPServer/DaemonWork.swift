// SPDX-License-Identifier: GPL-3.0-or-later

/// Decides when a libmicrohttpd daemon must run although no socket has told anything.
///
/// The library can be asked, but a request that waits for its answer without being suspended makes it say "at once" all
/// the time. While there are such requests its word counts only if something moves in pieces, and what it has begun is
/// finished by running once more.
struct DaemonWork {
  /// Requests that wait for their answer unsuspended.
  var polledCount = 0
  /// Connections that move something in pieces.
  var movingCount = 0
  private var hasNews = false
  private var isUnfinished = false

  /// Whether one more request may wait unsuspended. Each run asks for every answer that is waited for, hence the limit.
  var mayPoll: Bool { movingCount == 0 && polledCount < 64 }

  /// There is an answer, or a connection was resumed.
  mutating func noteNews() { hasNews = true }

  /// What the daemon does now it may finish only in its next run.
  mutating func noteUnfinished() { isUnfinished = true }

  mutating func begin() {
    hasNews = false
    isUnfinished = false
  }

  func mustRun(libraryAsks: @autoclosure () -> Bool) -> Bool {
    if hasNews { return true }
    return polledCount > 0 && movingCount == 0 ? isUnfinished : libraryAsks()
  }
}
