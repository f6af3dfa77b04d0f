// SPDX-License-Identifier: GPL-3.0-or-later
internal import CEvents
import Glibc

/// Signals as ordinary events of a loop.
public enum Signals {
  /// Blocks signals in this thread and every thread it starts later. Call first thing in `main`, before any
  /// thread exists, so that a loop's descriptor is the only place that sees them.
  public static func block(_ signals: [Int32]) {
    unsafe cevents_signals_block(signals, Int32(signals.count))
  }

  /// Ignores a signal in the whole process. A server ignores SIGPIPE: a closed peer is an error code, not death.
  public static func ignore(_ signal: Int32) { cevents_signals_ignore(signal) }
}

extension EventLoop {
  /// Calls `handler` on the loop for each of the signals that arrives. On the loop.
  public func watchSignals(_ signals: [Int32], _ handler: @escaping (Int32) -> Void) {
    let fd = unsafe cevents_signal_open(signals, Int32(signals.count))
    precondition(fd >= 0, "the process may open a signal descriptor")
    watch(fd, for: .read) { _ in
      while true {
        let signal = cevents_signal_next(fd)
        if signal == 0 { return }
        handler(signal)
      }
    }
  }

  /// Waits until the process has ended, without blocking the loop. The caller then reaps it.
  public func waitForExit(of pid: Int32) async {
    let fd = cevents_process_open(pid)
    if fd < 0 { return }
    await withCheckedContinuation { continuation in
      onLoop {
        self.watch(fd, for: .read) { _ in
          self.unwatch(fd)
          close(fd)
          continuation.resume()
        }
      }
    }
  }
}
