// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

@Suite(.timeLimit(.minutes(3))) struct WishlistTests {
  private func wishes(_ market: TestMarket, on list: Wishlist.ID? = nil) async throws -> [Wish] {
    try await market.call(Wishes.list, WishQuery(wishlist: list, limit: 100), as: market.buyer).items
  }

  @discardableResult private func add(
    _ market: TestMarket, _ product: Product, note: String? = nil, at: Market.Timestamp? = nil,
    to list: Wishlist.ID? = nil
  ) async throws -> Wish {
    try await market.call(
      Wishes.add, WishDraft(product: product.id, wishlist: list, note: note, addedAt: at), as: market.buyer)
  }

  private func edit(_ market: TestMarket, _ product: Product, _ patch: ProductPatch) async throws {
    _ = try await market.call(Catalogue.edit, patch, as: market.seller, match: "*")
  }

  @Test func `everybody has a list, and putting something there twice is putting it there once`() async throws {
    try await withMarket { market in
      let before = try await market.call(Wishlists.list, Nothing(), as: market.buyer).items
      #expect(before.map(\.isDefault) == [true] && before[0].itemCount == 0 && before[0].share == nil)
      #expect(try await wishes(market).isEmpty)
      let product = try await market.addProduct("A")
      let first = try await add(market, product)
      #expect(first.card == ProductCard(product) && first.changes == [] && first.note == nil)
      let again = try await add(market, product, note: "size M")
      #expect(again.addedAt == first.addedAt && again.note == "size M")
      #expect(try await add(market, product).note == "size M")
      #expect(try await wishes(market) == [again])
      let after = try await market.call(Wishlists.list, Nothing(), as: market.buyer).items
      #expect(after.count == 1 && after[0].id == before[0].id && after[0].itemCount == 1)
      for _ in 0..<2 { _ = try await market.call(Wishes.remove, WishChoice(product: product.id), as: market.buyer) }
      #expect(try await wishes(market).isEmpty)
    }
  }

  @Test func `a list says what has changed since`() async throws {
    try await withMarket { market in
      let dearer = try await market.addProduct("A")
      let gone = try await market.addProduct("B")
      let draft = try await market.addProduct("C", title: "Secret ring")
      for product in [dearer, gone, draft] { try await add(market, product) }
      try await edit(market, dearer, ProductPatch(product: dearer.id, priceAmount: .set(5000), stock: .set(0)))
      _ = try await market.call(Catalogue.archive, ProductAddress(product: gone.id), as: market.seller, match: "*")
      try await edit(market, draft, ProductPatch(product: draft.id, status: .set(.draft)))
      let found = try await wishes(market)
      #expect(found.map(\.product) == [draft.id, gone.id, dearer.id])
      #expect(found.map(\.changes) == [[.gone], [.gone], [.priceHigher, .soldOut]])
      #expect(found[0].card == nil && found[0].title == "Secret ring" && found[1].card != nil)
      #expect(found[2].priceThen == Money(4500, .eur) && found[2].card?.price == Money(5000, .eur))
    }
  }

  @Test func `what a device brings keeps its time, but never one of the future`() async throws {
    try await withMarket { market in
      let (old, new) = (try await market.addProduct("A"), try await market.addProduct("B"))
      let moment = Market.Timestamp(microseconds: 1_700_000_000_000_000)
      try await add(market, new)
      #expect(try await add(market, old, at: moment).addedAt == moment)
      #expect(try await wishes(market).map(\.product) == [new.id, old.id])
      let future = try await market.addProduct("C")
      let at = try await add(market, future, at: SystemClock.timestamp().adding(seconds: 86_400)).addedAt
      #expect(at <= SystemClock.timestamp())
    }
  }

  @Test func `pages follow each other whatever is added meanwhile`() async throws {
    try await withMarket { market in
      var added: [Product.ID] = []
      for number in 0..<5 {
        let product = try await market.addProduct("P\(number)")
        try await add(market, product)
        added.insert(product.id, at: 0)
      }
      let first = try await market.call(Wishes.list, WishQuery(limit: 2), as: market.buyer)
      try await add(market, try await market.addProduct("NEW"))
      let second = try await market.call(
        Wishes.list, WishQuery(limit: 3, cursor: first.nextCursor), as: market.buyer)
      #expect((first.items + second.items).map(\.product) == added && second.nextCursor == nil)
      let other = try await market.call(Wishlists.create, WishlistDraft(name: "Other"), as: market.buyer)
      let heard = try await market.ask(
        .get, "/me/wishes?wishlist=\(other.id)&cursor=\(try #require(first.nextCursor))", as: market.buyer)
      #expect(try heard.problem.code == "invalid_cursor")
    }
  }

  @Test func `what is not for sale cannot be wished for`() async throws {
    try await withMarket { market in
      let draft = try await market.addProduct("A", status: .draft)
      await #expect(throws: Refused.self) { try await add(market, draft) }
      #expect(try await wishes(market).isEmpty)
    }
  }

  @Test func `lists have names of their own and go with what is on them`() async throws {
    try await withMarket { market in
      let list = try await market.call(Wishlists.create, WishlistDraft(name: "Kitchen"), as: market.buyer)
      let twice = try await market.ask(.post, "/me/wishlists", as: market.buyer, json: #"{"name":"Kitchen"}"#)
      #expect(try twice.status == 422 && twice.faults == ["/name taken"])
      let product = try await market.addProduct("A")
      try await add(market, product, to: list.id)
      #expect(try await wishes(market).isEmpty)
      #expect(try await wishes(market, on: list.id).map(\.product) == [product.id])
      let path = "/me/wishlists/\(list.id)"
      #expect(try await market.ask(.delete, path, as: market.buyer, ["If-Match": "\"9\""]).status == 412)
      #expect(try await market.ask(.delete, path, as: market.rival, ["If-Match": "*"]).status == 404)
      #expect(try await market.ask(.delete, path, as: market.buyer, ["If-Match": "\"1\""]).status == 204)
      #expect(try await market.count("wishes") == 0)
      // The default one begins anew.
      try await add(market, product)
      let own = try await market.call(Wishlists.list, Nothing(), as: market.buyer).items[0]
      _ = try await market.call(Wishlists.remove, WishlistPath(wishlist: own.id), as: market.buyer, match: "*")
      #expect(try await market.call(Wishlists.list, Nothing(), as: market.buyer).items.map(\.itemCount) == [0])
    }
  }

  @Test func `a list is seen by its link until the link is ended`() async throws {
    try await withMarket { market in
      let (kept, gone) = (try await market.addProduct("A"), try await market.addProduct("B"))
      try await add(market, kept, note: "for Rita")
      try await add(market, gone)
      _ = try await market.call(Catalogue.archive, ProductAddress(product: gone.id), as: market.seller, match: "*")
      let id = try await market.call(Wishlists.list, Nothing(), as: market.buyer).items[0].id
      let shared = try await market.call(
        Wishlists.edit, WishlistPatch(wishlist: id, name: .set("Birthday"), isShared: .set(true)), as: market.buyer,
        match: "*")
      let share = try #require(shared.share)
      let heard = try await market.ask(.get, "/wishlists/\(share)?limit=1")
      let seen = try heard.decoded(SharedWishlist.self)
      #expect(seen.name == "Birthday" && seen.items.map(\.id) == [kept.id] && seen.nextCursor == nil)
      let text = String(decoding: heard.body, as: UTF8.self)
      #expect(!text.contains("Rita") && !text.contains(market.buyer.text) && !text.contains(id.text))
      // Sharing again keeps the link; ending and sharing makes another.
      func linked(_ isShared: Bool) async throws -> String? {
        try await market.call(
          Wishlists.edit, WishlistPatch(wishlist: id, isShared: .set(isShared)), as: market.buyer, match: "*"
        ).share
      }
      #expect(try await linked(true) == share)
      #expect(try await linked(false) == nil)
      #expect(try await market.ask(.get, "/wishlists/\(share)").status == 404)
      #expect(try await linked(true) != share)
      #expect(try await market.ask(.get, "/wishlists/\(share)").status == 404)
      #expect(try await market.ask(.get, "/wishlists/nothing").status == 404)
    }
  }

  @Test func `there are never more lists than there may be, whatever happens at the same time`() async throws {
    try await withMarket { market in
      let refused = try await withThrowingTaskGroup(of: String?.self) { group in
        for number in 0..<(Wishlist.countMax + 5) {
          group.addTask {
            let heard = try await market.ask(
              .post, "/me/wishlists", as: market.buyer, json: #"{"name":"List \#(number)"}"#)
            return heard.status == 201 ? nil : try heard.problem.code
          }
        }
        return try await group.reduce(into: [String]()) { codes, code in if let code { codes.append(code) } }
      }
      #expect(refused == Array(repeating: "wishlists_full", count: 6))
      #expect(
        try await market.call(Wishlists.list, Nothing(), as: market.buyer).items.count == Wishlist.countMax)
    }
  }

  @Test func `no list holds more than it may, whatever happens at the same time`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A")
      try await add(market, product)
      try await market.database.execute(
        """
        insert into products (id, shop, sku, title, description, price, stock, category, tags, materials, status, shop_status, card,
          document, words)
        select 'prd_' || lpad(n::text, 16, '0'), shop, 'N' || n, title, description, price, stock, category, tags,
          materials, status, shop_status, card, document, words
        from products, generate_series(1, \(Wishlist.itemsMax + 2)) n
        """)
      try await market.database.execute(
        """
        insert into wishes (wishlist, account, product, title, price, currency, was_sold_out, added_at)
        select w.wishlist, w.account, p.id, p.title, p.price, 'EUR', false, now()
        from wishes w, products p
        where p.id like 'prd_0000%' and p.id <= 'prd_' || lpad(\(String(Wishlist.itemsMax - 4)), 16, '0')
        """)
      let first = Wishlist.itemsMax - 3
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in first..<(first + 6) {
          group.addTask {
            let digits = String(number)
            let id = "prd_" + String(repeating: "0", count: 16 - digits.count) + digits
            return try await market.ask(.post, "/me/wishes", as: market.buyer, json: #"{"product":"\#(id)"}"#).status
          }
        }
        return try await group.reduce(into: [Int]()) { $0.append($1) }.sorted()
      }
      #expect(statuses == [200, 200, 200, 409, 409, 409])
      #expect(try await market.count("wishes") == Wishlist.itemsMax)
      // What is there already is no addition.
      #expect(try await add(market, product, note: "still").note == "still")
    }
  }

  @Test func `two devices that begin the list at the same time begin one`() async throws {
    try await withMarket { market in
      var products: [Product] = []
      for number in 0..<6 { products.append(try await market.addProduct("P\(number)")) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for product in products + products { group.addTask { try await add(market, product) } }
        try await group.waitForAll()
      }
      #expect(try await wishes(market).count == 6)
      #expect(try await market.count("wishlists") == 1)
    }
  }
}
