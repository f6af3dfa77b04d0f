// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Forgets guests who never became an account, whose pass has ended, and to whom nothing refers: nobody can be them any
/// more, and their address is personal.
struct ForgetGuests: Sendable {
  var belongings = GuestBelonging.all
  /// Guests of one statement, so that none holds many rows for long.
  var batch = 1000

  /// Clocks of servers may differ from the database's by less than a day.
  private static let graceSeconds: Int64 = 86_400

  func callAsFunction(_ database: Database) async throws {
    var forgotten = batch
    // Whoever joins at this moment has the row locked, and is passed over.
    while forgotten == batch { forgotten = try await database.execute(statement) }
  }

  private var statement: SQL {
    let age = GuestPass.lifetimeSeconds + ForgetGuests.graceSeconds
    // Owner: nobody; the passes that could name them have ended.
    var statement: SQL = """
      delete from guests
      where id in (
        select g.id
        from guests g
        where g.account is null and g.created_at < now() - \(age) * interval '1 second'
      """
    for belonging in belongings {
      statement += " and not exists (select 1 from \(unescaped: belonging.table) b where b.guest = g.id)"
    }
    return statement + " limit \(batch) for update of g skip locked)"
  }
}
