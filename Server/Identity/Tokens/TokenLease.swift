// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Market
import Synchronization

/// What an answer that goes on and on stands on: the session or the key, and how long what was shown of it holds. It holds as
/// long as another request with the same would be let in.
struct TokenLease: Sendable, Equatable {
  var credential: Credential
  var expiresAt: Timestamp
}

/// Tells of the end of a lease: at once when the session ends or the key is revoked, and when its time is over. It lives on
/// one loop.
final class LeaseWatch {
  private let lease: TokenLease
  private let tokens: AccessTokens
  private let loop: EventLoop
  private let end: End
  private var leave: (() -> Void)?
  private var timer: LoopTimer?

  /// `over` is called when the lease has ended, also when it had before.
  init(_ lease: TokenLease, _ tokens: AccessTokens, on loop: EventLoop, _ over: @escaping @Sendable () -> Void) {
    self.lease = lease
    self.tokens = tokens
    self.loop = loop
    let end = End(over)
    self.end = end
    switch lease.credential {
    case .session(let id):
      let listener = tokens.ended.bells.listen(for: id) { end.come() }
      leave = { tokens.ended.bells.leave(listener) }
    case .key(let grant):
      let listener = tokens.ring.bells.listen(for: grant.id) { end.come() }
      leave = { tokens.ring.bells.leave(listener) }
    }
    arm()
  }

  var holds: Bool { !end.hasCome && tokens.holds(lease) }

  /// The clock of the day may have been set back meanwhile: then what is left is waited for anew.
  private func arm() {
    guard holds else { return end.come() }
    let left = lease.expiresAt.microseconds - tokens.now().microseconds
    timer = loop.schedule(after: .microseconds(max(0, left))) { [unowned self] in arm() }
  }

  /// Whoever made it ends it, on the loop.
  func stop() {
    leave?()
    leave = nil
    if let timer { loop.cancel(timer) }
    timer = nil
  }

  private final class End: Sendable {
    private let isThere = Atomic(false)
    private let call: @Sendable () -> Void

    init(_ call: @escaping @Sendable () -> Void) { self.call = call }

    var hasCome: Bool { isThere.load(ordering: .acquiring) }

    func come() {
      isThere.store(true, ordering: .releasing)
      call()
    }
  }
}
