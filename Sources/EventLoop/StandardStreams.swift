// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Standard input, output and error.
public enum StandardStreams {
  /// Fills those that whoever started this program has closed. Otherwise the next file to be opened takes the number of,
  /// say, standard error, and what is written there goes into it: a log line into a database. Using one that was closed
  /// fails as before. Call first thing in `main`.
  public static func occupy() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is given, which is this one; the wrong way round, so that nothing can be done with it.
      _ = unsafe open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
