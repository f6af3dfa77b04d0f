// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import Market
import Observability
import Postgres
import Testing

@testable import soukd

/// What buyers see, said three times and meaning the same: by the pure rules, by the database, by every public answer.
@Suite(.timeLimit(.minutes(3))) struct VisibilityTests {
  @Test func `the generated columns are the pure rules`() async throws {
    try await withMarket { market in
      let made = try await market.addProduct("A-1", status: .draft)
      for shop in ShopStatus.allCases {
        for status in ProductStatus.allCases {
          let places: [ProductStatus?] =
            status == .archived ? [nil] + ProductStatus.allCases.filter { $0 != .archived } : [nil]
          for place in places {
            var product = made
            (product.status, product.archivedFrom) = (status, place)
            product.stock = status == .outOfStock ? 0 : 1
            let reason: String? = status == .rejected || place == .rejected ? "No." : nil
            let row = try await market.database.first(
              """
              update products
              set status = \(status.rawValue), archived_from = \(place?.rawValue), stock = \(product.stock),
                status_reason = \(reason), shop_status = \(shop.rawValue)
              where id = \(made.id.text)
              returning is_listed, is_shown
              """
            ) { row in (isListed: try row.next(Bool.self), isShown: try row.next(Bool.self)) }
            #expect(row?.isListed == product.isListed(in: shop), "\(shop) \(status)")
            #expect(row?.isShown == product.isShown(in: shop), "\(shop) \(status) \(String(describing: place))")
          }
        }
      }
    }
  }

  /// Everybody does anything in any order; what is refused changes nothing.
  @Test func `a random walk of everybody keeps shop, products, queue and answers together`() async throws {
    try await withMarket { market in
      try await market.distrust()
      var products: [Product.ID] = []
      for number in 0..<3 { products.append(try await market.addProduct("A-\(number)", status: .draft).id) }
      let address = ShopAddress(slug: TestMarket.shop)
      var random = SystemRandomNumberGenerator()
      for step in 0..<140 {
        let id = products[Int.random(in: 0..<3, using: &random)]
        let product = ProductAddress(product: id)
        let seller = market.seller
        func edit(_ change: (inout ProductPatch) -> Void) async {
          var patch = ProductPatch(product: id)
          change(&patch)
          _ = try? await market.call(Catalogue.edit, patch, as: seller, match: "*")
        }
        switch Int.random(in: 0..<14, using: &random) {
        case 0: await edit { $0.status = .set(.active) }
        case 1: await edit { $0.status = .set(.draft) }
        case 2: await edit { $0.stock = .set(Int.random(in: 0...1, using: &random)) }
        case 3: await edit { $0.title = .set("Title \(step)") }
        case 4: _ = try? await market.call(Catalogue.archive, product, as: seller, match: "*")
        case 5: _ = try? await market.call(Catalogue.restore, product, as: seller, match: "*")
        case 6: _ = try? await market.call(Catalogue.withdrawProposal, product, as: seller, match: "*")
        case 7, 8, 9, 10:
          guard let item = try await market.items().randomElement(using: &random) else { continue }
          if Bool.random(using: &random) {
            _ = try await market.moderate(Moderation.approve, ModerationPath(item: item.id), match: "*")
          } else {
            _ = try await market.moderate(
              Moderation.reject, Rejection(item: item.id, reason: "Say it better."), match: "*")
          }
        case 11:
          _ = try? await market.moderate(
            Moderation.suspend, Suspension(shop: TestMarket.shop, reason: "Look here."), match: "*")
        case 12:
          _ = try? await market.moderate(Moderation.reinstate, ModeratedShop(shop: TestMarket.shop), match: "*")
        default:
          let trust = Bool.random(using: &random) ? ShopTrust.new : .trusted
          _ = try? await market.moderate(
            Moderation.setTrust, TrustChange(shop: TestMarket.shop, trust: trust), match: "*")
        }
        try await check(market, address)
      }
    }
  }

  private func check(_ market: TestMarket, _ address: ShopAddress) async throws {
    let status = try await market.call(Shops.standing, address, as: market.seller).status
    let all = try await market.call(Catalogue.ofShop, ShopProductQuery(slug: address.slug), as: market.seller).items
    let found = try await market.call(Catalogue.search, ProductQuery()).items.map(\.id)
    #expect(Set(found) == Set(all.filter { $0.isListed(in: status) }.map(\.id)))
    for product in all {
      let heard = try await market.ask(.get, "/products/\(product.id)")
      #expect(heard.status == (product.isShown(in: status) ? 200 : 404), "\(status) \(product.status)")
      if heard.status == 200 {
        var shown = product
        shown.proposal = nil
        #expect(try heard.decoded(Product.self) == shown)
      }
      #expect(!product.status.isOnSale || product.status == .onSale(stock: product.stock))
    }
    let counted = try await market.call(Catalogue.categories, Nothing()).items.first { $0.path == "jewellery/rings" }
    #expect(counted?.productCount == found.count)
    let shown = try await market.ask(.get, "/shops/\(address.slug)")
    #expect(shown.status == (status.isShown ? 200 : 404))
    if shown.status == 200 { #expect(try shown.decoded(Shop.self).productCount == found.count) }
    // The queue is what causes it.
    let items = try await market.items()
    #expect(
      Set(items.filter { $0.kind == .product }.compactMap(\.product))
        == Set(all.filter { $0.status == .inReview }.map(\.id)))
    let waiting = all.filter { $0.proposal?.status == .waiting }
    #expect(Set(items.filter { $0.kind == .change }.compactMap(\.product)) == Set(waiting.map(\.id)))
    #expect(waiting.allSatisfy { $0.isOnShow })
  }

  @Test func `a shop where nothing is done falls dormant, and wakes with the next thing done`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      let address = ShopAddress(slug: TestMarket.shop)
      let dormancy = Dormancy(database: market.database, days: 180)
      try await market.database.execute("update shops set updated_at = now() - interval '200 days'")
      // Something was done with a product of one of them.
      try await dormancy.run()
      #expect(try await market.call(Shops.list, ShopQuery()).items.map(\.slug) == [TestMarket.shop])
      try await market.database.execute("update products set updated_at = now() - interval '200 days'")
      try await Dormancy(database: market.database, days: 0).run()
      #expect(try await market.call(Shops.list, ShopQuery()).items.count == 1)
      try await dormancy.run()
      // Left out of lists, and there for who has the address.
      #expect(try await market.call(Shops.list, ShopQuery()).items.isEmpty)
      #expect(try await market.call(Shops.show, address).status == .dormant)
      #expect(try await market.call(Catalogue.search, ProductQuery()).items.isEmpty)
      #expect(try await market.ask(.get, "/products/\(product.id)").status == 200)

      let stock = ProductPatch(product: product.id, stock: .set(3))
      _ = try await market.call(Catalogue.edit, stock, as: market.seller, match: "*")
      var handlers = JobHandlers()
      handlers.add(WakeShop.self) { try await $0.run(market.database) }
      let worker = Worker(
        market.database, handlers: handlers, schedules: [], log: Logger(level: .error), loop: market.loops.loops[0])
      while try await worker.step() {}
      #expect(try await market.call(Shops.show, address).status == .approved)
      #expect(try await market.call(Catalogue.search, ProductQuery()).items.count == 1)
      try await dormancy.run()
      #expect(try await market.call(Shops.show, address).status == .approved)
      // The rival's shop wakes by being edited itself.
      let rival = ShopAddress(slug: TestMarket.rivalShop)
      #expect(try await market.call(Shops.show, rival).status == .dormant)
      let patch = ShopPatch(slug: TestMarket.rivalShop, tagline: .set("Back"))
      #expect(try await market.call(Shops.edit, patch, as: market.rival, match: "*").status == .approved)
    }
  }
}
