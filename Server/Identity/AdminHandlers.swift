// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Binds the endpoints by which administrators are made, and the log of what was done.
struct AdminHandlers: Sendable {
  let database: Database
  let accounts: Accounts
  let log: AuditReader

  func bind(_ routes: inout Routes) {
    routes.bind(Admin.audit) { input, _ in try await log.page(input) }
    routes.bindChange(Admin.findAccount) { input, call, transaction in
      try await find(input.contact, call, transaction)
    }
    routes.bind(Admin.scopes) { input, _ in
      guard let found = try await AdminScopes.find(input.account, in: database.reads) else { throw NotFound() }
      return reply(found)
    }
    routes.bindChange(Admin.grant) { input, call, transaction in
      reply(try await AdminScopes.change(input, call, transaction))
    }
  }

  private func reply(_ scopes: AccountScopes) -> Reply<AccountScopes> {
    .value(scopes, tag: EntityTag(version: scopes.version))
  }

  /// What was found is noted, never what was looked for: that may be the contact of somebody who has no account.
  private func find(_ contact: Contact, _ call: Call, _ transaction: Transaction) async throws -> Reply<AccountScopes> {
    guard let account = try await accounts.known(by: contact, in: transaction),
      let found = try await AdminScopes.find(account, in: transaction)
    else { throw NotFound() }
    try await AuditLog.append(.accountFound, by: call.account, subject: account.text, in: transaction)
    return .value(found)
  }
}
