// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

/// Lists, their order, and cursors.
@Suite(.timeLimit(.minutes(3))) struct SearchTests {
  static let sorts: [ProductSort] = [.newest, .priceUp, .priceDown, .relevance]

  /// Walks a list to its end, and does something after each page.
  private func walk(
    _ market: TestMarket, _ query: ProductQuery, between: (Int) async throws -> Void = { _ in }
  ) async throws -> [ProductCard] {
    var query = query
    var cards: [ProductCard] = []
    for page in 0..<200 {
      let answer = try await market.call(Catalogue.search, query)
      #expect(answer.items.count <= query.limit ?? 24)
      cards += answer.items
      guard let next = answer.nextCursor else { return cards }
      query.cursor = next
      try await between(page)
    }
    Issue.record("the list has no end")
    return cards
  }

  @Test(arguments: sorts, [1, 3, 7]) func `pages are the list, cut`(sort: ProductSort, limit: Int) async throws {
    try await withMarket { market in
      // Few prices and one moment for several, so that ties are many.
      for number in 0..<20 {
        let product = try await market.addProduct(
          "A-\(number)", title: number % 3 == 0 ? "Ring ring \(number)" : "Ring \(number)", price: 100 + number % 4)
        let moment: Int64 = 1_700_000_000_000_000 + Int64(number % 5)
        try await market.database.execute(
          "update products set created_at = \(moment: moment) where id = \(product.id.text)")
      }
      let words = sort == .relevance ? "ring" : nil
      let whole = try await market.call(Catalogue.search, ProductQuery(q: words, sort: sort, limit: 100)).items
      #expect(whole.count == 20)
      #expect(try await walk(market, ProductQuery(q: words, sort: sort, limit: limit)) == whole)
      let prices = whole.map(\.price.amount)
      if sort == .priceUp { #expect(prices == prices.sorted()) }
      if sort == .priceDown { #expect(prices == prices.sorted(by: >)) }
    }
  }

  @Test(arguments: sorts) func `walking while others add and archive neither repeats nor skips`(sort: ProductSort)
    async throws
  {
    try await withMarket { market in
      var stable: Set<Product.ID> = []
      var passing: [Product.ID] = []
      for number in 0..<30 {
        let product = try await market.addProduct("A-\(number)", title: "Ring \(number)", price: 100 + number % 3)
        if number % 3 == 0 { passing.append(product.id) } else { stable.insert(product.id) }
      }
      let query = ProductQuery(q: sort == .relevance ? "ring" : nil, sort: sort, limit: 4)
      let gone = passing
      let cards = try await walk(market, query) { page in
        _ = try await market.addProduct("B-\(page)", title: "Ring b\(page)", price: 100 + page % 3)
        if page < gone.count {
          _ = try await market.call(
            Catalogue.archive, ProductAddress(product: gone[page]), as: market.seller, match: "*")
        }
      }
      #expect(Set(cards.map(\.id)).count == cards.count)
      #expect(stable.isSubset(of: cards.map(\.id)))
    }
  }

  @Test func `a cursor is good for its own question only`() async throws {
    try await withMarket { market in
      for number in 0..<5 { _ = try await market.addProduct("A-\(number)", price: 100 + number) }
      let first = try await market.call(Catalogue.search, ProductQuery(sort: .priceUp, limit: 2))
      let cursor = try #require(first.nextCursor)
      func status(_ query: String) async throws -> Int { try await market.ask(.get, query).status }
      #expect(try await status("/products?sort=price_up&limit=2&cursor=\(cursor)") == 200)
      #expect(try await status("/products?sort=price_up&limit=100&cursor=\(cursor)") == 200)
      let others = [
        "/products?cursor=\(cursor)", "/products?sort=price_down&cursor=\(cursor)",
        "/products?sort=price_up&q=ring&cursor=\(cursor)", "/products?sort=price_up&category=ceramics&cursor=\(cursor)",
        "/shops?cursor=\(cursor)", "/products?sort=price_up&min_price=1&cursor=\(cursor)",
      ]
      for query in others {
        let heard = try await market.ask(.get, query)
        #expect(try heard.status == 400 && heard.problem.code == "invalid_cursor", "\(query)")
      }
      for index in cursor.indices {
        var tampered = cursor
        tampered.replaceSubrange(index...index, with: cursor[index] == "A" ? "B" : "A")
        let heard = try await market.ask(.get, "/products?sort=price_up&cursor=\(tampered)")
        // The last letter of the encoding may hold bits that say nothing.
        if heard.status == 200 { #expect(index == cursor.indices.last) } else { #expect(heard.status == 400) }
      }
      for cut in 1..<cursor.count {
        #expect(try await status("/products?sort=price_up&cursor=\(cursor.prefix(cut))") == 400)
      }
      #expect(
        try await status("/products?cursor=\(String(repeating: "c", count: ProductQuery.cursorLengthMax + 1))") == 422)
      #expect(try await status("/products?cursor=a%20b") == 422)
    }
  }

  @Test func `the Link header leads to the next page`() async throws {
    try await withMarket { market in
      for number in 0..<3 { _ = try await market.addProduct("A-\(number)", title: "Ring > <b>") }
      let first = try await market.ask(.get, "/products?limit=2&q=ring>")
      let link = try #require(first.headers["Link"])
      #expect(link.hasPrefix("</api/v1/products?limit=2&q=ring%3e&cursor=") && link.hasSuffix(">; rel=\"next\""))
      let address = link.dropFirst().prefix { $0 != ">" }
      let second = try await market.ask(.get, "!" + address)
      #expect(second.status == 200)
      #expect(try second.decoded(Page<ProductCard>.self).items.count == 1)
      #expect(!second.headers.contains("Link"))
      let trimmed = try await market.ask(.get, "/products?limit=2&fields=id")
      #expect(trimmed.headers["Link"]?.contains("fields=id&cursor=") == true)
    }
  }

  @Test func `filters`() async throws {
    try await withMarket { market in
      let ring = try await market.addProduct("A-1", title: "Silver wave ring", price: 100)
      let draft = try await market.addProduct("A-2", title: "Silver draft", status: .draft)
      var bowl = TestMarket.draft("B-1", title: "Blue bowl", shop: TestMarket.rivalShop, price: 300)
      bowl.category = "ceramics"
      let other = try await market.call(Catalogue.create, bowl, as: market.rival)
      func found(_ query: ProductQuery) async throws -> [Product.ID] {
        try await market.call(Catalogue.search, query).items.map(\.id)
      }
      #expect(try await Set(found(ProductQuery())) == [ring.id, other.id])
      #expect(try await found(ProductQuery(q: "waves")) == [ring.id])
      #expect(try await found(ProductQuery(q: "-wave bowl")) == [other.id])
      #expect(try await found(ProductQuery(q: "the")) == [])
      #expect(try await found(ProductQuery(category: "jewellery")) == [ring.id])
      #expect(try await found(ProductQuery(category: "jewellery/rings")) == [ring.id])
      #expect(try await found(ProductQuery(category: "jewel")) == [])
      #expect(try await found(ProductQuery(shop: TestMarket.rivalShop)) == [other.id])
      #expect(try await found(ProductQuery(shop: "nobody")) == [])
      #expect(try await found(ProductQuery(minPrice: 101)) == [other.id])
      #expect(try await found(ProductQuery(maxPrice: 100)) == [ring.id])
      #expect(try await found(ProductQuery(minPrice: 300, maxPrice: 100)) == [])
      #expect(try await !found(ProductQuery(q: "silver")).contains(draft.id))
    }
  }

  @Test func `every page of a long list comes from an index`() async throws {
    try await withMarket { market in
      try await BulkSeed(database: market.database).run(products: 20_000) { _ in }
      let search = SearchProducts(database: market.database, cursors: CursorSeal(key: HMACKey([1])))
      for sort in [ProductSort.newest, .priceUp, .priceDown] {
        let after: [[String]?] = [nil, [sort == .newest ? "1700010000000000" : "10000", "prd_5"]]
        for place in after {
          let statement = try search.statement(ProductQuery(sort: sort), place, limit: 25)
          let plan = try await market.database.query("explain (analyze, costs off, timing off) \(statement)") { row in
            try row.next(String.self)
          }
          let text = plan.joined(separator: "\n")
          #expect(!text.contains("Seq Scan") && text.contains("Index"), "\(sort) \(text)")
          // Few rows more than the page are looked at.
          let rows = plan.compactMap { line in
            line.split(separator: "rows=").dropFirst().last.flatMap { Double($0.prefix { $0 == "." || $0.isNumber }) }
          }
          #expect((rows.max() ?? 0) < 400, "\(sort) \(text)")
        }
      }
    }
  }

  @Test func `shops are walked by name`() async throws {
    try await withMarket { market in
      for number in 0..<9 {
        let draft = ShopDraft(
          slug: "shop-\(number)", name: number % 2 == 0 ? "Same" : "Ünlike \(number)", tagline: "", story: "",
          city: "Porto",
          country: .example, currency: .eur)
        let opened = try await market.call(Shops.open, draft, as: market.seller)
        // Those that nobody has looked at yet are in no list.
        if number < 7 { try await market.approve(opened) }
      }
      let whole = try await market.call(Shops.list, ShopQuery(limit: 100)).items
      #expect(whole.count == 9)
      var walked: [Shop] = []
      var cursor: String?
      repeat {
        let page = try await market.call(Shops.list, ShopQuery(limit: 2, cursor: cursor))
        walked += page.items
        cursor = page.nextCursor
      } while cursor != nil
      #expect(walked == whole)
    }
  }

  @Test func `a shop's own list has everything of it, newest first`() async throws {
    try await withMarket { market in
      for number in 0..<7 {
        let draft = TestMarket.draft("A-\(number)", status: SaleWish.allCases[number % 2])
        let product = try await market.call(Catalogue.create, draft, as: market.seller)
        if number % 3 == 2 {
          let address = ProductAddress(product: product.id)
          _ = try await market.call(Catalogue.archive, address, as: market.seller, match: "*")
        }
      }
      try await market.database.execute("update products set created_at = now()")
      let query = ShopProductQuery(slug: TestMarket.shop, limit: 100)
      let whole = try await market.call(Catalogue.ofShop, query, as: market.seller).items
      #expect(whole.count == 7)
      var walked: [Product] = []
      var cursor: String?
      repeat {
        let next = ShopProductQuery(slug: TestMarket.shop, limit: 2, cursor: cursor)
        let page = try await market.call(Catalogue.ofShop, next, as: market.seller)
        walked += page.items
        cursor = page.nextCursor
      } while cursor != nil
      #expect(walked == whole)
      let drafts = ShopProductQuery(slug: TestMarket.shop, status: .draft)
      #expect(try await market.call(Catalogue.ofShop, drafts, as: market.seller).items.count == 3)
      await #expect(throws: Refused.self) { try await market.call(Catalogue.ofShop, query, as: market.rival) }
    }
  }
}
