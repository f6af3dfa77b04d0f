// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Market

/// What an answer that goes on and on stands on: the session, and the end of the access token it was asked for with.
/// It holds as long as another request with that token would be let in.
struct TokenLease: Sendable, Equatable {
  var session: OpenSession.ID
  var expiresAt: Timestamp
}

/// Tells of the end of a lease: at once when the session ends, and when the token does. It lives on one loop.
final class LeaseWatch {
  private let lease: TokenLease
  private let tokens: AccessTokens
  private let loop: EventLoop
  private let over: @Sendable () -> Void
  private var watcher: EndedSessions.Watcher?
  private var timer: LoopTimer?

  /// `over` is called when the lease has ended, also when it had before.
  init(_ lease: TokenLease, _ tokens: AccessTokens, on loop: EventLoop, _ over: @escaping @Sendable () -> Void) {
    self.lease = lease
    self.tokens = tokens
    self.loop = loop
    self.over = over
    watcher = tokens.ended.watch(lease.session, over)
    arm()
  }

  var holds: Bool { tokens.holds(lease) }

  /// The clock of the day may have been set back meanwhile: then what is left is waited for anew.
  private func arm() {
    guard holds else { return over() }
    let left = lease.expiresAt.microseconds - tokens.now().microseconds
    timer = loop.schedule(after: .microseconds(max(0, left))) { [unowned self] in arm() }
  }

  /// Whoever made it ends it, on the loop.
  func end() {
    if let watcher { tokens.ended.dismiss(watcher) }
    watcher = nil
    if let timer { loop.cancel(timer) }
    timer = nil
  }
}
