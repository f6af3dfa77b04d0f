// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Lets one change of what an account has wait for another, where what is changed is more than one row or no row yet.
enum AccountLock {
  /// Holds the account until the transaction ends. A statement sees what was committed when it began: read after this,
  /// not in the same statement.
  static func take(_ account: Account.ID, in transaction: Transaction) async throws {
    let held = try await transaction.first(
      "select id from accounts where id = \(account.text) for no key update"
    ) { row in try row.next(String.self) }
    if held == nil { throw AccessRefusal.unauthenticated }
  }
}
