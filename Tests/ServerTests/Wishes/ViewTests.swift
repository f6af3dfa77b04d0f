// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

@Suite(.timeLimit(.minutes(3))) struct ViewTests {
  private func agree(_ market: TestMarket, _ isGiven: Bool = true) async throws {
    _ = try await market.call(
      Consents.record,
      ConsentStatement(kind: .personalisation, isGiven: isGiven, textVersion: "2026-11", place: "a test"),
      as: market.buyer)
  }

  private func report(_ market: TestMarket, _ views: [(Product.ID, Int64)]) async throws -> ViewsKept {
    let views = views.map { ProductView(product: $0.0, seenAt: Market.Timestamp(microseconds: $0.1 * 1_000_000)) }
    return try await market.call(Views.report, ViewReport(views: views), as: market.buyer)
  }

  private func seen(_ market: TestMarket) async throws -> [SeenProduct] {
    try await market.call(Views.list, ViewQuery(limit: 100), as: market.buyer).items
  }

  @Test func `without consent nothing is kept, and the answer says so`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A")
      #expect(try await report(market, [(product.id, 100)]) == ViewsKept(isAgreed: false, kept: 0))
      #expect(try await market.count("product_views") == 0)
    }
  }

  @Test func `each product is there once, when it was seen last, as it is now`() async throws {
    try await withMarket { market in
      try await agree(market)
      let (a, b) = (try await market.addProduct("A"), try await market.addProduct("B"))
      let draft = try await market.addProduct("C", status: .draft)
      let kept = try await report(market, [(a.id, 100), (b.id, 200), (a.id, 300), (draft.id, 400), (.example, 500)])
      #expect(kept == ViewsKept(isAgreed: true, kept: 2))
      // A late report of an earlier look changes nothing.
      #expect(try await report(market, [(a.id, 50)]) == kept)
      let seen = try await seen(market)
      #expect(seen.map(\.card) == [ProductCard(a), ProductCard(b)])
      #expect(seen.map(\.seenAt.microseconds) == [300_000_000, 200_000_000])
      let first = try await market.call(Views.list, ViewQuery(limit: 1), as: market.buyer)
      let second = try await market.call(Views.list, ViewQuery(limit: 1, cursor: first.nextCursor), as: market.buyer)
      #expect(first.items + second.items == seen && second.nextCursor == nil)
    }
  }

  @Test func `a look of the future was one of now`() async throws {
    try await withMarket { market in
      try await agree(market)
      let product = try await market.addProduct("A")
      _ = try await report(market, [(product.id, 4_000_000_000)])
      #expect(try await seen(market)[0].seenAt <= SystemClock.timestamp())
    }
  }

  @Test func `the newest two hundred are kept`() async throws {
    try await withMarket { market in
      try await agree(market)
      let product = try await market.addProduct("A")
      try await market.database.execute(
        """
        insert into products (id, shop, sku, title, description, price, stock, category, tags, materials, status, shop_status, card,
          document, words)
        select 'prd_' || lpad(n::text, 16, '0'), shop, 'N' || n, title, description, price, stock, category, tags,
          materials, status, shop_status, card, document, words
        from products, generate_series(100, 319) n
        """)
      for start in [100, 210] {
        let kept = try await report(market, (start..<(start + 100)).map { (id($0), Int64($0)) })
        #expect(kept.kept == (start == 100 ? 100 : 200))
      }
      #expect(try await report(market, [(product.id, 1000)]).kept == ProductView.countMax)
      let oldest = try await market.database.first("select min(product) from product_views where product < 'prd_1'") {
        row in try row.next(String.self)
      }
      #expect(oldest == id(101).text)
    }
  }

  private func id(_ number: Int) -> Product.ID { Product.ID(body: "0000000000000\(number)") }

  @Test func `a report has from one to a hundred`() async throws {
    try await withMarket { market in
      let none = try await market.ask(.post, "/me/views", as: market.buyer, json: #"{"views":[]}"#)
      #expect(try none.status == 422 && none.faults == ["/views wrong_count"])
      let one = #"{"product":"prd_0000000000000001","seen_at":"2026-11-01T00:00:00Z"}"#
      let many = Array(repeating: one, count: 101).joined(separator: ",")
      #expect(
        try await market.ask(.post, "/me/views", as: market.buyer, json: #"{"views":[\#(many)]}"#).status == 422)
    }
  }

  @Test func `one call forgets everything, and so does withdrawing`() async throws {
    try await withMarket { market in
      try await agree(market)
      let product = try await market.addProduct("A")
      _ = try await report(market, [(product.id, 100)])
      _ = try await market.call(Views.clear, Nothing(), as: market.buyer)
      #expect(try await seen(market).isEmpty)
      _ = try await report(market, [(product.id, 100)])
      try await agree(market, false)
      #expect(try await market.count("product_views") == 0)
      #expect(try await report(market, [(product.id, 100)]).isAgreed == false)
    }
  }

  @Test func `showing a product writes nothing`() async throws {
    try await withMarket { market in
      try await agree(market)
      let product = try await market.addProduct("A")
      _ = try await market.call(Catalogue.show, ProductAddress(product: product.id), as: market.buyer)
      #expect(try await market.count("product_views") == 0)
    }
  }
}
