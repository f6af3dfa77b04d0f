// SPDX-License-Identifier: GPL-3.0-or-later

/// How much of what a client still sends is read after the server has hung up, and for how long.
public struct LingerLimits: Sendable, Equatable {
  /// Without a byte from the client.
  public var quiet: Duration = .seconds(5)
  public var total: Duration = .seconds(30)
  public var bytesMax = 64 << 20
  /// Of one loop. When there are more, the one that has been waited for longest is closed.
  public var countMax = 256

  public init() {}

  /// Whether a client is not waited for any longer.
  func areOver(_ wait: LingeringWait, at now: Duration) -> Bool {
    wait.droppedBytes > bytesMax || now - wait.since > total || now - wait.lastHeard > quiet
  }
}

/// What has come of one client since the server has hung up.
struct LingeringWait: Sendable, Equatable {
  /// In which order they began: several begin between two looks at the clock.
  var number: Int
  var since: Duration
  var lastHeard: Duration
  var droppedBytes = 0
}
