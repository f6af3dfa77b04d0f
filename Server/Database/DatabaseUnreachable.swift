// SPDX-License-Identifier: GPL-3.0-or-later
import Postgres

/// The database that was named does not let us in. Said to whoever starts the server, so in plain words: what is wrong,
/// where, and what to do.
struct DatabaseUnreachable: Error, Equatable, CustomStringConvertible {
  var place: ConnectionPlace
  /// What the last attempt ended with.
  var reason: String

  init(_ place: ConnectionPlace, _ failure: PoolExhausted) {
    self.place = place
    // libpq puts its advice on a line of its own.
    let lines = failure.lastFailure?.message.split(whereSeparator: \.isNewline) ?? ["It did not answer in time."]
    reason = lines.map { String($0.drop { $0 == " " || $0 == "\t" }) }.joined(separator: "\n")
  }

  var description: String {
    """
    the database cannot be reached: \(place)
    \(reason)
    Start that server or mend DATABASE_URL. Without DATABASE_URL soukd makes a database of its own.
    """
  }
}
