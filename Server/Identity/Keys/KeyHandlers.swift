// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Binds the endpoints of API keys.
struct KeyHandlers: Sendable {
  let book: KeyBook

  func bind(_ routes: inout Routes) {
    routes.bind(Keys.list) { _, call in .value(Page(items: try await book.list(of: call.account))) }
    routes.bindChange(Keys.create) { input, call, transaction in
      .value(try await book.create(input, call.account, transaction))
    }
    routes.bindChange(Keys.revoke) { input, call, transaction in
      guard try await book.revoke(input.key, of: call.account, transaction) else { throw NotFound() }
      return .nothing
    }
    routes.bind(Keys.current) { _, call in
      guard let grant = call.caller.key else { throw AccessRefusal.forbidden }
      return .value(try await book.standing(grant, of: call.account))
    }
  }
}
