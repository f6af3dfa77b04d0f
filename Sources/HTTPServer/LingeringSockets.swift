// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc

/// Sockets whose connection is over while their client may still be sending.
///
/// When a socket is closed with bytes unread, or bytes come for it afterwards, the kernel answers with a reset, and the
/// client may lose what it has not read yet: why it was refused. So only the sending side is closed, and what still
/// arrives is dropped until the client hangs up too, within limits (RFC 9112, section 9.6).
final class LingeringSockets {
  private let loop: EventLoop
  private let limits: LingerLimits
  private let count: Counter
  private let onEnd: () -> Void
  /// By the server's sweeps.
  private var now: Duration = .zero
  private var number = 0
  private var waits: [Int32: LingeringWait] = [:]

  /// `onEnd` is called on the loop whenever a socket was closed.
  init(loop: EventLoop, limits: LingerLimits, count: Counter, onEnd: @escaping () -> Void) {
    self.loop = loop
    self.limits = limits
    self.count = count
    self.onEnd = onEnd
  }

  var isEmpty: Bool { waits.isEmpty }

  /// Keeps the connection of a socket that is about to be closed. On the loop.
  func keep(_ socket: Int32) {
    if waits.count >= limits.countMax {
      guard let oldest = waits.min(by: { $0.value.number < $1.value.number }) else { return }
      end(oldest.key)
    }
    let kept = fcntl(socket, F_DUPFD_CLOEXEC, 3)
    // Without a descriptor to spare the client is cut off.
    if kept < 0 { return }
    shutdown(kept, Int32(SHUT_WR))
    number += 1
    waits[kept] = LingeringWait(number: number, since: now, lastHeard: now)
    count.add()
    loop.watch(kept, for: .read) { [unowned self] _ in drop(from: kept) }
  }

  /// Closes what has been waited for long enough.
  func sweep(at now: Duration) {
    self.now = now
    for (socket, wait) in waits where limits.areOver(wait, at: now) { end(socket) }
  }

  func endAll() {
    for socket in waits.keys { end(socket) }
  }

  /// Forgets a piece of what has come. A client that sends much leaves the others their turns in between.
  private func drop(from socket: Int32) {
    // With MSG_TRUNC, TCP discards bytes without copying them anywhere (tcp(7)).
    let dropped = recv(socket, nil, 1 << 20, Int32(MSG_TRUNC | MSG_DONTWAIT))
    if dropped < 0 && (errno == EAGAIN || errno == EINTR) { return }
    guard dropped > 0, var wait = waits[socket] else { return end(socket) }
    wait.droppedBytes += dropped
    wait.lastHeard = now
    waits[socket] = wait
    if limits.areOver(wait, at: now) { end(socket) }
  }

  private func end(_ socket: Int32) {
    guard waits.removeValue(forKey: socket) != nil else { return }
    loop.unwatch(socket)
    close(socket)
    count.add(-1)
    onEnd()
  }
}
