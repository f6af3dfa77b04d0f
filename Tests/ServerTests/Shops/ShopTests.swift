// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import JSON
import Market
import Observability
import Postgres
import Testing

@testable import soukd

@Suite(.timeLimit(.minutes(2))) struct ShopTests {
  private let draft = ShopDraft(
    slug: "new-shop", name: "New Shop", tagline: "T", story: "A\n\nstory.", city: "Évora", country: .example,
    currency: .jpy)

  @Test func `who opens a shop owns it`() async throws {
    try await withMarket { market in
      let body = try #require(try Wire(Shops.open, draft).body)
      let opened = try await market.ask(.post, "/shops", as: market.buyer, json: body)
      #expect(opened.status == 201 && opened.headers["Location"] == "/api/v1/shops/new-shop")
      let shop = try opened.decoded(Shop.self)
      #expect(shop.productCount == 0 && shop.version == 1 && shop.currency == .jpy && shop.status == .draft)
      #expect(try await market.call(Shops.show, ShopAddress(slug: "new-shop"), as: market.buyer) == shop)
      // Nobody else sees it before it is approved.
      #expect(try await market.ask(.get, "/shops/new-shop").status == 404)
      #expect(try await market.ask(.get, "/shops/new-shop", as: market.seller).status == 404)
      #expect(try await market.call(Identity.me, Nothing(), as: market.buyer).shops.map(\.slug) == ["new-shop"])
      var product = TestMarket.draft("A-1", shop: "new-shop")
      product.priceAmount = 4500
      #expect(try await market.call(Catalogue.create, product, as: market.buyer).price == Money(4500, .jpy))
    }
  }

  @Test func `an address is given once, also to two who ask at once`() async throws {
    try await withMarket { market in
      let body = try #require(try Wire(Shops.open, draft).body)
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<6 {
          group.addTask(executorPreference: market.loops.loops[number % 2]) {
            try await market.ask(.post, "/shops", as: market.buyer, json: body).status
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.sorted() == [201, 409, 409, 409, 409, 409])
      let heard = try await market.ask(.post, "/shops", as: market.seller, json: body)
      #expect(try heard.problem.code == "slug_taken" && heard.faults == ["/slug taken"])
    }
  }

  @Test func `a token of an account that is no more opens nothing`() async throws {
    try await withMarket { market in
      let body = try #require(try Wire(Shops.open, draft).body)
      #expect(try await market.ask(.post, "/shops", as: .random(), json: body).status == 401)
      #expect(try await market.call(Shops.list, ShopQuery()).items.count == 2)
    }
  }

  @Test func `a new name reaches every ready answer of the shop's products`() async throws {
    try await withMarket { market in
      var ids: [Product.ID] = []
      for number in 0..<5 { ids.append(try await market.addProduct("A-\(number)").id) }
      _ = try await market.call(
        Shops.edit, ShopPatch(slug: TestMarket.shop, name: .set("Gold & Salt")), as: market.seller, match: "\"1\"")
      var handlers = JobHandlers()
      handlers.add(RewriteCards.self) { try await $0.run(market.database) }
      let worker = Worker(
        market.database, handlers: handlers, schedules: [], log: Logger(level: .error), loop: market.loops.loops[0])
      while try await worker.step() {}
      for id in ids {
        let product = try await market.call(Catalogue.show, ProductAddress(product: id))
        #expect(product.shop.name == "Gold & Salt" && product.version == 2)
      }
      let found = try await market.call(Catalogue.search, ProductQuery(q: "gold")).items
      #expect(found.count == 5 && found.allSatisfy { $0.shop.name == "Gold & Salt" })
      #expect(try await JobQueue(database: market.database).depth().waiting == 0)
      let shop = try #require(
        try await market.database.first("select id from shops where slug = \(TestMarket.shop)") { row in
          try row.nextID() as Shop.ID
        })
      // Once more changes nothing.
      try await RewriteCards(shop: shop).run(market.database)
      #expect(try await market.call(Catalogue.show, ProductAddress(product: ids[0])).version == 2)
    }
  }

  @Test func `an edit that waited for the rewriting of its product says the new name`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      let (waited, goOn) = AsyncStream.makeStream(of: Void.self)
      let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
      let renaming = Task {
        try await market.database.transaction { transaction in
          var held = try #require(
            try await transaction.first(ProductQueries.lock(product.id), ProductQueries.read))
          isReady.yield()
          for await _ in waited { break }
          try await transaction.execute("update shops set name = 'Renamed' where slug = \(TestMarket.shop)")
          held.shop.name = "Renamed"
          held.version += 1
          try await transaction.execute(try ProductQueries.update(held))
        }
      }
      for await _ in ready { break }
      let editing = Task {
        try await market.call(
          Catalogue.edit, ProductPatch(product: product.id, stock: .set(1)), as: market.seller, match: "*")
      }
      try await market.wait(
        until: "exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"
      )
      goOn.yield()
      try await renaming.value
      #expect(try await editing.value.shop.name == "Renamed")
      #expect(try await market.call(Catalogue.show, ProductAddress(product: product.id)).shop.name == "Renamed")
    }
  }
}
