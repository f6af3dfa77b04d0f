// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc

/// A lock between processes: `flock` on a file that is there for nothing else. The kernel frees it when its holder dies,
/// and the file stays, because removing it would let two hold it.
enum FileLock {
  /// Somebody has held it for longer than anything takes that is done under it.
  struct Busy: Error, CustomStringConvertible {
    var path: String
    var description: String { "\(path) is held by another souk" }
  }

  private static let pause = Duration.milliseconds(20)
  /// A call takes 20 s at most.
  static let patience = Duration.seconds(30)

  /// Does something that one process at a time may do. Waits for its turn without blocking the loop.
  static func hold<Success>(
    _ path: String, on loop: EventLoop, patience: Duration = patience, _ body: () async throws -> Success
  ) async throws -> Success {
    Places.makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    let fd = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard fd >= 0 else { throw PrivateFile.Failure(path: path) }
    defer { close(fd) }
    let start = ContinuousClock.now
    while flock(fd, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw PrivateFile.Failure(path: path) }
      if ContinuousClock.now - start > patience { throw Busy(path: path) }
      try await loop.sleep(for: pause)
    }
    return try await body()
  }
}
