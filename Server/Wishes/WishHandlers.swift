// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

// The map of wishes:
//   WishBook     wishlists and what is on them; WishQueries is its SQL, WishRow reads a wish with its ready card
//   SharedBytes  a list as whoever has its link sees it
//   ViewBook     what was looked at, reported by devices; kept only with consent (ConsentBook)

/// Binds the endpoints of wishlists and of what was looked at.
struct WishHandlers: Sendable {
  private let book: WishBook
  private let views: ViewBook

  init(database: Database, cursors: CursorSeal, now: @escaping @Sendable () -> Timestamp) {
    book = WishBook(database: database, cursors: cursors)
    views = ViewBook(database: database, cursors: cursors, now: now)
  }

  func bind(_ routes: inout Routes) {
    let (book, views) = (book, views)
    routes.bind(Wishlists.list) { _, call in try await book.lists(call) }
    routes.bindChange(Wishlists.create, book.create)
    routes.bindChange(Wishlists.edit, book.edit)
    routes.bindChange(Wishlists.remove) { input, call, transaction in
      try await book.remove(input as WishlistPath, call, transaction)
    }
    routes.bind(Wishlists.shared) { query, _ in try await book.shared(query) }
    routes.bind(Wishes.list) { query, call in try await book.wishes(query, call) }
    routes.bindChange(Wishes.add, book.add)
    routes.bindChange(Wishes.remove) { input, call, transaction in
      try await book.remove(input as WishChoice, call, transaction)
    }
    routes.bind(Views.list) { query, call in try await views.list(query, call) }
    routes.bindChange(Views.report, views.report)
    routes.bindChange(Views.clear) { _, call, transaction in try await views.clear(call, transaction) }
  }
}
