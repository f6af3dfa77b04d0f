// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// How many files and connections this process may have open.
public enum OpenFiles {
  /// More than any machine has needed here, and less than what makes old programs slow that close every number.
  private static let most: rlim_t = 1 << 20

  public static var limit: Int {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
    return Int(min(limit.rlim_cur, most))
  }

  /// Raises the limit as far as this process may. What a shell gives, 1024, is for programs that cannot count further.
  public static func raiseLimit() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, most))
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
