// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Binds the endpoints of sessions.
struct SessionHandlers: Sendable {
  let database: Database
  let book: SessionBook

  func bind(_ routes: inout Routes) {
    routes.bind(Identity.me) { _, call in .value(try await book.accounts.find(call.account, in: database)) }
    routes.bind(Identity.refresh) { input, _ in
      let refreshed = try await database.transaction { try await book.refresh(input.refreshToken, $0) }
      guard case .session(let session) = refreshed else { throw SessionEnded() }
      return .value(session)
    }
    routes.bind(Identity.sessions) { _, call in
      .value(Page(items: try await book.list(of: call.account, current: call.session)))
    }
    routes.bindChange(Identity.signOut) { _, call, transaction in
      _ = try await book.end(call.session, of: call.account, "signed out", transaction)
      return .nothing
    }
    routes.bindChange(Identity.revokeSession) { input, call, transaction in
      guard try await book.end(input.session, of: call.account, "revoked", transaction) else { throw NotFound() }
      return .nothing
    }
    routes.bindChange(Identity.revokeOtherSessions) { _, call, transaction in
      try await book.endOthers(than: call.session, of: call.account, "revoked", transaction)
      return .nothing
    }
  }
}
