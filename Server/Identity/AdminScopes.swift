// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres

/// What administrators may do.
enum AdminScopes {
  /// Grants wait for one another until they commit: who is the last administrator is asked of all accounts at once.
  private static func hold(_ transaction: Transaction) async throws {
    try await transaction.execute("select pg_advisory_xact_lock(7235419683)")
  }

  /// Gives an account exactly these scopes.
  static func grant(_ scopes: [AdminScope], to account: Account.ID, by actor: String, _ transaction: Transaction)
    async throws
  {
    try await hold(transaction)
    try await write(scopes, to: account, by: actor, transaction)
  }

  private static func write(
    _ scopes: [AdminScope], to account: Account.ID, by actor: String, _ transaction: Transaction
  ) async throws {
    try await transaction.execute("delete from admin_scopes where account = \(account.text)")
    for scope in Set(scopes) {
      try await transaction.execute(
        "insert into admin_scopes (account, scope) values (\(account.text), \(scope.rawValue))")
    }
    try await transaction.execute(
      "update accounts set scopes_version = scopes_version + 1 where id = \(account.text)")
    let words = AdminScope.allCases.filter(scopes.contains).map { JSONValue.string($0.rawValue) }
    let detail = JSONValue.object([("scopes", .array(words))])
    try await AuditLog.append(.scopesGranted, actor: actor, subject: account.text, detail, in: transaction)
  }

  /// The same by an administrator. Tokens say for a quarter of an hour what was; here it counts what is.
  static func change(_ grant: ScopeGrant, _ call: Call, _ transaction: Transaction) async throws -> AccountScopes {
    try await hold(transaction)
    guard try await find(call.account, in: transaction)?.scopes.contains(.config) == true else {
      throw AccessRefusal.forbidden
    }
    guard let before = try await find(grant.account, in: transaction) else { throw NotFound() }
    guard call.match.allows(before.version) else { throw VersionMismatch() }
    if Set(before.scopes) == Set(grant.scopes) { return before }
    if before.scopes.contains(.config), !grant.scopes.contains(.config) {
      // Owner: whoever else is one, which is the question.
      let others = try await transaction.first(
        "select count(*) from admin_scopes where scope = 'config' and account <> \(grant.account.text)"
      ) { row in try row.next(Int.self) }
      if others == 0 { throw LastAdministrator() }
    }
    try await write(grant.scopes, to: grant.account, by: call.account.text, transaction)
    guard let after = try await find(grant.account, in: transaction) else { throw NotFound() }
    return after
  }

  static func find(_ account: Account.ID, in runner: some SQLRunner) async throws -> AccountScopes? {
    try await runner.first(
      """
      select a.id, a.name, array(select g.scope from admin_scopes g where g.account = a.id),
        exists(select 1 from two_factor t where t.account = a.id and t.confirmed_at is not null), a.scopes_version
      from accounts a
      where a.id = \(account.text)
      """
    ) { row in
      let (id, name): (Account.ID, String) = (try row.nextID(), try row.next(String.self))
      let held = Set(try row.next([String].self).compactMap(AdminScope.init(rawValue:)))
      return AccountScopes(
        account: id, name: name, scopes: AdminScope.allCases.filter(held.contains),
        hasTwoFactor: try row.next(Bool.self), version: try row.next(Int.self))
    }
  }
}
