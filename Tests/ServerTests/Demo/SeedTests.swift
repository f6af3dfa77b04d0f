import Crypto
// SPDX-License-Identifier: GPL-3.0-or-later
import Drawing
import EventLoop
import Market
import Observability
import Postgres
import TestSupport
import Testing

@testable import soukd

@Suite(.timeLimit(.minutes(3))) struct SeedTests {
  private func count(_ database: Database, _ table: String) async throws -> Int? {
    try await database.first("select count(*) from \(unescaped: table)") { row in try row.next(Int.self) }
  }

  @Test func `the demo market is whole, is sown once, and obeys its own rules`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, loops in
      let shops = DemoMarket.shops + DemoMarket.newcomers
      let products = shops.reduce(0) { $0 + $1.products.count }
      let accounts = Accounts(digests: .forTests, seal: try await FieldSeal.load(database, MasterKey()))
      try await withThrowingTaskGroup(of: Int.self) { group in
        for index in 0..<4 {
          group.addTask(executorPreference: loops.loops[index % 2]) {
            try await DemoSeed(database: database, accounts: accounts).run()
          }
        }
        for try await made in group { #expect(made == products) }
      }
      #expect(try await count(database, "products") == products)
      #expect(try await count(database, "shops") == shops.count)
      // Two shops, their three things, and new words of an open shop.
      #expect(try await count(database, "moderation_items") == 6)
      #expect(try await count(database, "products where is_listed") == products - 3)
      #expect(try await count(database, "jobs") == products)
      #expect(try await count(database, "categories") == DemoMarket.categories.count)
      var people: [DemoMember: Account] = [:]
      for person in DemoMember.allCases {
        let id = try #require(try await accounts.known(by: .email(person.email), in: database))
        people[person] = try await accounts.find(id, in: database)
      }
      #expect(people[.seller]?.shops.map(\.slug) == [DemoMarket.shops[0].slug])
      #expect(people[.seller]?.roles == [.buyer, .seller])
      #expect(people[.buyer]?.roles == [.buyer])
      #expect(people[.admin]?.adminScopes.count == AdminScope.allCases.count)
      for shop in shops {
        let country = try #require(Country(shop.country))
        let currency = try #require(Currency(shop.currency))
        let draft = ShopDraft(
          slug: shop.slug, name: shop.name, tagline: shop.tagline, story: shop.story, city: shop.city, country: country,
          currency: currency)
        #expect(draft.faults == [])
        for product in shop.products {
          let draft = ProductDraft(
            shop: shop.slug, sku: product.sku, title: product.title, description: product.description,
            priceAmount: product.price, stock: product.stock, category: product.category, tags: product.tags,
            materials: product.materials)
          #expect(draft.faults == [], "\(product.sku)")
        }
      }
    }
  }

  @Test func `what a seller changed stays when the demo is sown again`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, _ in
      let accounts = Accounts(digests: .forTests, seal: try await FieldSeal.load(database, MasterKey()))
      _ = try await DemoSeed(database: database, accounts: accounts).run()
      try await database.execute("update products set stock = 1")
      _ = try await DemoSeed(database: database, accounts: accounts).run()
      #expect(try await database.first("select count(*) from products where stock > 1") { try $0.next(Int.self) } == 0)
    }
  }

  @Test func `a picture is drawn once, and not over a seller's own`() async throws {
    try await withMarket { market in
      try await market.importer.drawing.start()
      // Room for the demo's own people and shops.
      try await market.database.execute("update accounts set demo_person = null")
      try await market.database.execute("delete from shop_members")
      try await market.database.execute("delete from shops")
      _ = try await DemoSeed(database: market.database, accounts: market.identity.accounts).run()
      let job = try #require(
        try await market.database.first("select payload from jobs order by id limit 1") { try $0.next(String.self) })
      var handlers = JobHandlers()
      handlers.add(DrawDemoPicture.self) { try await $0.run(market.database, market.importer) }
      let draw = try #require(handlers.byKind[DrawDemoPicture.kind])
      try await draw(Array(job.utf8))
      let drawn = try await market.database.first("select id, version from products where photo is not null") { row in
        (try row.next(String.self), try row.next(Int.self))
      }
      #expect(drawn?.1 == 2)
      let id = try #require(drawn.flatMap { Product.ID($0.0) })
      let photo = try #require(try await market.call(Catalogue.show, ProductAddress(product: id)).photo)
      #expect(try await market.importer.store.picture(photo.id, .large) != nil)
      try await draw(Array(job.utf8))
      #expect(try await market.call(Catalogue.show, ProductAddress(product: id)).version == 2)
    }
  }

  @Test func `many generated products are there and can be found, and more can be added`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, _ in
      try await BulkSeed(database: database).run(products: 1200) { _ in }
      #expect(try await count(database, "products") == 1200)
      #expect(try await count(database, "shops") == 2)
      let found = try await database.first(
        "select count(*) from products where search @@ websearch_to_tsquery('english', 'silver')"
      ) { row in try row.next(Int.self) }
      #expect((found ?? 0) > 0)
      let odd = try await database.first(
        "select count(*) from products where convert_from(card, 'UTF8')::jsonb ->> 'id' <> id"
      ) { try $0.next(Int.self) }
      #expect(odd == 0)
    }
  }
}
