// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import HTTPServer
import Market
import Postgres
import Testing

@testable import soukd

/// Searching by the index.
@Suite(.timeLimit(.minutes(5))) struct FindTests {
  /// The ids of all pages.
  private func walk(
    _ query: ProductQuery, _ page: (ProductQuery) async throws -> FoundProducts
  ) async throws -> [ProductCard] {
    var query = query
    var cards: [ProductCard] = []
    repeat {
      let found = try await page(query)
      cards += found.items
      query.cursor = found.nextCursor
    } while query.cursor != nil
    return cards
  }

  private static let tags = ["sea", "forged", "gift, small", "blue"]
  private static let materials = ["silver", "oak", "Wolle"]

  private func fill(_ market: TestMarket, _ count: Int) async throws {
    try await market.database.execute("update shops set country = 'DE' where slug = \(TestMarket.rivalShop)")
    for number in 0..<count {
      let isRival = Bool.random()
      var draft = TestMarket.draft(
        "A-\(number)", title: "Ring \(number)", shop: isRival ? TestMarket.rivalShop : TestMarket.shop,
        price: [500, 999, 1000, 3000, 60_000].randomElement()! + number % 3)
      draft.category = ["jewellery", "jewellery/rings", "ceramics"].randomElement()!
      draft.tags = Self.tags.filter { _ in Bool.random() }
      draft.materials = Self.materials.filter { _ in Bool.random() }
      draft.stock = [0, 2, 9].randomElement()!
      draft.status = number % 9 == 0 ? .draft : .active
      _ = try await market.call(Catalogue.create, draft, as: isRival ? market.rival : market.seller)
    }
  }

  private func randomQuery() -> ProductQuery {
    var query = ProductQuery()
    if Bool.random() { query.category = ["jewellery", "jewellery/rings", "ceramics", "nowhere"].randomElement() }
    if Bool.random() { query.minPrice = [0, 999, 1001, 70_000].randomElement() }
    if Bool.random() { query.maxPrice = [0, 999, 3001, 70_000].randomElement() }
    if Bool.random() { query.tag = Self.tags.randomElement() }
    if Int.random(in: 0..<3) == 0 { query.material = Self.materials.randomElement() }
    if Int.random(in: 0..<3) == 0 { query.availability = Availability.allCases.randomElement() }
    if Int.random(in: 0..<3) == 0 { query.country = Country(["PT", "DE", "FR"].randomElement()!) }
    if Int.random(in: 0..<3) == 0 { query.shop = [TestMarket.shop, TestMarket.rivalShop, "nobody"].randomElement() }
    query.sort = [nil, .newest, .priceUp, .priceDown].randomElement()!
    query.limit = [3, 7, 100].randomElement()
    return query
  }

  @Test func `the index finds and counts what a look at every product does`() async throws {
    try await withMarket { market in
      try await fill(market, 120)
      try await market.buildIndex()
      let plain = SearchProducts(database: market.database, cursors: CursorSeal(key: HMACKey([1])))
      for _ in 0..<80 {
        let query = randomQuery()
        let found = try await walk(query) { try await market.call(Catalogue.search, $0) }
        var all = query
        all.limit = 100
        let rows = try await market.database.query(try plain.statement(all, nil, limit: 1000)) { row in
          try row.skip()
          return try row.next(String.self)
        }
        try #require(found.map(\.id.text).sorted() == rows.sorted(), "\(query)")
        let prices = found.map(\.price.amount)
        if query.sort == .priceUp { #expect(prices == prices.sorted()) }
        if query.sort == .priceDown { #expect(prices == prices.sorted(by: >)) }
        let facets = try await market.call(
          Catalogue.facets,
          ProductFacetQuery(
            category: query.category, shop: query.shop, minPrice: query.minPrice, maxPrice: query.maxPrice,
            tag: query.tag, material: query.material, availability: query.availability, country: query.country))
        try #require(facets.total == FacetTotal(count: rows.count, isExact: true), "\(query)")
        guard query.availability == nil, let axis = facets.facets.first(where: { $0.axis == .availability }) else {
          continue
        }
        let counts = Dictionary(grouping: found, by: \.availability.rawValue).mapValues(\.count)
        #expect(Dictionary(uniqueKeysWithValues: axis.values.map { ($0.value, $0.count) }) == counts)
      }
    }
  }

  @Test func `words are stemmed, corrected, meant, and numbers come first`() async throws {
    try await withMarket { market in
      let ring = try await market.addProduct("SS-014", title: "Hammered silver rings")
      let mug = try await market.addProduct("MUG-1", title: "Blue mug")
      let other = try await market.addProduct("X-1", title: "A case for SS-014")
      try await market.buildIndex()
      func found(_ words: String) async throws -> FoundProducts {
        try await market.call(Catalogue.search, ProductQuery(q: words))
      }
      #expect(try await found("ring hammer").items.map(\.id) == [ring.id])
      let corrected = try await found("hamered")
      #expect(corrected.items.map(\.id) == [ring.id] && corrected.corrected == "hammered")
      #expect(try await found("blue cup").items.map(\.id) == [mug.id])
      let exact = try await found("ss-014")
      #expect(exact.items.first?.id == ring.id && exact.items.map(\.id).contains(other.id))
      #expect(exact.corrected == nil)
      #expect(try await found("blue -mug").items.isEmpty)
      let facets = try await market.call(Catalogue.facets, ProductFacetQuery(q: "hamered"))
      #expect(facets.corrected == "hammered" && facets.total.count == 1)
      let completions = try await market.call(Catalogue.completions, ProductCompletionQuery(q: "hamm"))
      #expect(completions.items.map(\.text) == ["Hammered silver rings"])
      #expect(
        try await market.call(Catalogue.completions, ProductCompletionQuery(q: "s", limit: 1)).items.count == 1)
    }
  }

  @Test func `a page shows nothing that is gone, and the list goes on`() async throws {
    try await withMarket { market in
      var made: [Product] = []
      for number in 0..<12 {
        made.append(try await market.addProduct("A-\(number)", title: "Ring", price: 100 + number))
      }
      try await market.buildIndex()
      // Nobody follows: the index still has them.
      for product in made[2..<8] {
        _ = try await market.call(
          Catalogue.archive, ProductAddress(product: product.id), as: market.seller, match: "*")
      }
      let query = ProductQuery(q: "ring", sort: .priceUp, limit: 2)
      let cards = try await walk(query) { try await market.call(Catalogue.search, $0) }
      #expect(cards.map(\.id) == (made[..<2] + made[8...]).map(\.id))
    }
  }

  @Test func `a cursor goes on in an index that was built anew, unless its place has gone`() async throws {
    try await withMarket { market in
      var made: [Product] = []
      for number in 0..<6 {
        made.append(try await market.addProduct("A-\(number)", title: "Ring", price: 100 + number))
      }
      try await market.buildIndex()
      let first = try await market.call(Catalogue.search, ProductQuery(q: "ring", sort: .priceUp, limit: 2))
      let cursor = try #require(first.nextCursor)
      let path = "/products?q=ring&sort=price_up&limit=2&cursor=\(cursor)"
      try await market.buildIndex()
      let second = try await market.ask(.get, path).decoded(FoundProducts.self)
      #expect(second.items.map(\.id) == made[2..<4].map(\.id))
      _ = try await market.call(Catalogue.archive, ProductAddress(product: made[1].id), as: market.seller, match: "*")
      try await market.buildIndex()
      // Readers see another generation a tenth of a second late.
      try await market.wait(until: { try await market.ask(.get, path).status != 200 })
      let third = try await market.ask(.get, path)
      #expect(try third.status == 400 && third.problem.code == "invalid_cursor")
    }
  }

  @Test func `while there is no index the database answers, and a list that began there ends there`() async throws {
    try await withMarket { market in
      for number in 0..<5 { _ = try await market.addProduct("A-\(number)", title: "Ring \(number)") }
      let first = try await market.call(Catalogue.search, ProductQuery(q: "ring", limit: 2))
      for path in ["/products/facets", "/products/completions?q=ri"] {
        let heard = try await market.ask(.get, path)
        #expect(try heard.status == 503 && heard.problem.code == "unavailable" && heard.headers["Retry-After"] == "2")
      }
      try await market.buildIndex()
      var query = ProductQuery(q: "ring", limit: 2, cursor: first.nextCursor)
      let rest = try await walk(query) { try await market.call(Catalogue.search, $0) }
      #expect(Set((first.items + rest).map(\.id)).count == 5)
      query.cursor = nil
      let cursor = try #require(try await market.call(Catalogue.search, query).nextCursor)
      #expect(try await market.ask(.get, "/products?q=rings&cursor=\(cursor)").status == 400)
      market.index.change { $0.isReady = false }
      #expect(try await market.ask(.get, "/products?q=ring&cursor=\(cursor)").status == 503)
    }
  }

  static let hostile: [String] = [
    "\"", "\"\"", "-", "--", "- -", "OR", "OR OR", "a OR", "-ring", "-\"", "*", "ring*", "(ring", "ring)",
    "ring AND NOT",
    "title:ring", "~ring", "ring^9", "NEAR/3", "\\", "'; drop table products; --", "%", "_", "\u{202e}gnir", "ﷺ", "指輪",
    "кольцо", "חרוז", "ก็", "e\u{301}", "🧿", "👨‍👩‍👧", "a\u{200b}b", "ﬁ", "İ", "ß", "0", "-0", "1e309", "∞", "<script>",
    String(repeating: "a", count: 200), String(repeating: "a ", count: 99) + "a", String(repeating: "-", count: 200),
    String(repeating: "指", count: 200), String(repeating: "\"x", count: 100), String(repeating: "😀", count: 200),
  ]

  @Test func `any text is a query`() async throws {
    try await withMarket { market in
      _ = try await market.addProduct("A-1")
      try await market.buildIndex()
      for text in Self.hostile {
        let escaped = PercentEncoding.encode(text)
        for path in ["/products?q=\(escaped)", "/products/facets?q=\(escaped)", "/products?sort=price_up&q=\(escaped)"]
        {
          #expect(try await market.ask(.get, path).status == 200, "\(path)")
        }
        let completed = try await market.ask(.get, "/products/completions?q=\(escaped)")
        #expect(completed.status == (text.unicodeScalars.count > 80 ? 422 : 200), "\(text)")
      }
      #expect(try await market.ask(.get, "/products?q=" + String(repeating: "a", count: 201)).status == 422)
    }
  }
}
