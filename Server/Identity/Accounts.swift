// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Reads accounts.
struct Accounts: Sendable {
  let database: Database

  func find(_ id: Account.ID) async throws -> Account {
    guard let account = try await first("id = \(id.text)") else { throw Unauthenticated() }
    return account
  }

  func demoPerson(_ person: DemoSignIn.Person) async throws -> Account {
    guard let account = try await first("demo_person = \(person.rawValue)") else { throw NotFound() }
    return account
  }

  private func first(_ condition: SQL) async throws -> Account? {
    let rows = try await database.query(
      """
      select a.id, a.name, a.roles, s.slug, s.name
      from accounts a
        left join shop_members m on m.account = a.id
        left join shops s on s.id = m.shop
      where a.\(condition)
      order by s.name, s.id
      """
    ) { row in
      (
        id: try row.next(String.self), name: try row.next(String.self), roles: try row.next([String].self),
        slug: try row.next(String?.self), shopName: try row.next(String?.self)
      )
    }
    guard let first = rows.first, let id = Account.ID(first.id) else { return nil }
    return Account(
      id: id, name: first.name, roles: first.roles.compactMap(Role.init(rawValue:)),
      shops: rows.compactMap { row in
        guard let slug = row.slug, let name = row.shopName else { return nil }
        return ShopReference(slug: slug, name: name)
      })
  }
}

/// Binds the identity endpoints.
struct IdentityHandlers: Sendable {
  let accounts: Accounts
  let tokens: AccessTokens

  func bind(_ routes: inout Routes) {
    routes.bind(Identity.me) { _, call in .value(try await accounts.find(call.account)) }
    routes.bind(Identity.demoSession) { input, _ in
      let account = try await accounts.demoPerson(input.person)
      return .value(Session(token: tokens.issue(for: account.id), account: account))
    }
  }
}
