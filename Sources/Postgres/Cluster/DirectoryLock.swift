// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// An exclusive lock on a file that names its holder. The kernel releases it when the process ends, however it ends.
package final class DirectoryLock: Sendable {
  private let fd: Int32

  package init(_ path: String, guarding directory: String) throws {
    fd = unsafe open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    if fd < 0 { throw unsafe ClusterError.files(path: path, problem: String(cString: strerror(errno))) }
    if flock(fd, LOCK_EX | LOCK_NB) != 0 {
      let holder = Int32(Files.tail(of: path).trimmedLine) ?? 0
      throw ClusterError.held(directory: directory, pid: holder)
    }
    ftruncate(fd, 0)
    var text = "\(getpid())\n"
    let count = text.utf8.count
    _ = text.withUTF8 { unsafe pwrite(fd, $0.baseAddress, count, 0) }
  }

  /// Lets the next one in, before this object is gone.
  package func release() { flock(fd, LOCK_UN) }

  deinit { close(fd) }
}
