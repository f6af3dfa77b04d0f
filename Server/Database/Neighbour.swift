// SPDX-License-Identifier: GPL-3.0-or-later
import Postgres

/// What a command says when another `soukd` has the data directory: each in plain words, with what to do.
enum NeighbourProblem: Error, Equatable, CustomStringConvertible {
  /// A server or worker wants a directory that has one.
  case taken(directory: String, pid: Int32)
  case closed(directory: String, pid: Int32, reason: String)
  case older(pid: Int32, migration: String)
  case left(directory: String, pid: Int32)

  var description: String {
    switch self {
    case .taken(let directory, let pid):
      """
      \(directory) is in use by process \(pid)
      One soukd serves a data directory. Stop that one, choose another --data-directory, or give both the same DATABASE_URL.
      """
    case .closed(let directory, let pid, let reason):
      """
      the database that process \(pid) runs in \(directory) does not let this user in
      \(reason)
      Run the command as the user who runs that process.
      """
    case .older(let pid, let migration):
      """
      the database that process \(pid) runs lacks migration \(migration)
      That soukd is of an older release, or is still starting. Restart it with this release, or run soukd migrate.
      """
    case .left(let directory, let pid):
      """
      the database in \(directory), which process \(pid) ran, stopped while this command worked with it
      What was committed is kept, the rest is undone. Run the command again.
      """
    }
  }
}
