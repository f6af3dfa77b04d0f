// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres

/// What administrators may do.
enum AdminScopes {
  /// Gives an account exactly these scopes.
  static func grant(_ scopes: [AdminScope], to account: Account.ID, by actor: String, _ transaction: Transaction)
    async throws
  {
    try await transaction.execute("delete from admin_scopes where account = \(account.text)")
    for scope in Set(scopes) {
      try await transaction.execute(
        "insert into admin_scopes (account, scope) values (\(account.text), \(scope.rawValue))")
    }
    let detail = JSONValue.object([("scopes", .array(scopes.map { .string($0.rawValue) }))])
    try await AuditLog.append(.scopesGranted, actor: actor, subject: account.text, detail, in: transaction)
  }
}
