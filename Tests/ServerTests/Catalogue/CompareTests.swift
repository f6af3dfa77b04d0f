// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import Market
import Testing

@testable import soukd

@Suite(.timeLimit(.minutes(3))) struct CompareTests {
  @Test func `products are lined up in the order that was asked for`() async throws {
    try await withMarket { market in
      let a = try await market.addProduct("A", price: 4500)
      let b = try await market.addProduct("B", title: "Cheap ring", price: 900)
      let heard = try await market.ask(.get, "/products/compare?ids=\(b.id),\(a.id)")
      let comparison = try heard.decoded(Comparison.self)
      #expect(comparison == Comparison([b, a]) && comparison.items.map(\.id) == [b.id, a.id])
      #expect(comparison.rows[0].lowest == [0] && comparison.rows[0].isDifferent)
    }
  }

  @Test func `whatever is unknown is named`() async throws {
    try await withMarket { market in
      let a = try await market.addProduct("A")
      let draft = try await market.addProduct("B", status: .draft)
      let heard = try await market.ask(
        .get, "/products/compare?ids=\(a.id),\(draft.id),\(Product.ID.example)", as: market.seller)
      #expect(heard.status == 404)
      let errors = try #require(try heard.problem.errors)
      #expect(errors.count == 2 && errors[0].detail.contains(draft.id.text) && errors[0].pointer == "/ids")
      #expect(errors[1].detail.contains(Product.ID.example.text))
    }
  }

  @Test func `one product is no comparison`() async throws {
    try await withMarket { market in
      let a = try await market.addProduct("A")
      for ids in ["\(a.id)", "\(a.id),\(a.id)", "x,y", ""] {
        let heard = try await market.ask(.get, "/products/compare?ids=\(ids)")
        #expect(try heard.status == 422 && heard.faults.map { $0.prefix(4) } == ["/ids"], "\(ids)")
      }
      #expect(try await market.ask(.get, "/products/compare").status == 422)
    }
  }
}
