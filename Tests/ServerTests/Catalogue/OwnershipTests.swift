// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

/// What is not yours is not there.
@Suite(.timeLimit(.minutes(2))) struct OwnershipTests {
  private func changes(_ product: Product.ID) -> [(HTTPMethod, String, String?)] {
    [
      (.patch, "/products/\(product)", #"{"stock":1}"#), (.put, "/products/\(product)/photo", "x"),
      (.post, "/products/\(product)/archive", nil), (.post, "/products/\(product)/restore", nil),
      (.patch, "/shops/\(TestMarket.shop)", #"{"city":"Braga"}"#), (.delete, "/products/\(product)/proposal", nil),
      (.post, "/shops/\(TestMarket.shop)/submit", nil), (.post, "/shops/\(TestMarket.shop)/withdraw", nil),
    ]
  }

  @Test func `no change endpoint of the contract is left out here`() async throws {
    try await withMarket { market in
      let here = changes(.example).map { "\($0.0.rawValue) \($0.1)" }
      // Of shops and products; everything else is walked by everybody in AccessWalkTests.
      let all = Contract.endpoints.filter { endpoint in
        endpoint.method != .get && !Set(endpoint.path.placeNames).isDisjoint(with: ["product", "slug"])
      }
      let wanted = try all.map { endpoint in
        let path = endpoint.path.filled(with: ["product": Product.ID.example.text, "slug": TestMarket.shop])
        return "\(endpoint.method.rawValue) \(try #require(path))"
      }
      #expect(here.sorted() == wanted.sorted())
    }
  }

  @Test func `another's product and shop answer 404 to every change, 401 to nobody`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      let before = try await market.ask(.get, "/products/\(product.id)").body
      for (method, path, json) in changes(product.id) {
        let type = method == .put ? "image/png" : "application/json"
        let headers = ["If-Match": "*", "Content-Type": type]
        for person in [market.rival, market.buyer] where method != .put {
          let heard = try await market.ask(method, path, as: person, headers, json: json)
          #expect(try heard.status == 404 && heard.problem.code == "not_found", "\(method.rawValue) \(path)")
        }
        #expect(try await market.ask(method, path, headers, json: json).status == 401)
      }
      #expect(try await market.ask(.get, "/products/\(product.id)").body == before)
      #expect(try await market.ask(.get, "/shops/\(TestMarket.shop)/products", as: market.rival).status == 404)
      let elsewhere = try #require(try Wire(Catalogue.create, TestMarket.draft("B-1")).body)
      let heard = try await market.ask(.post, "/products", as: market.rival, json: elsewhere)
      #expect(try heard.status == 422 && heard.faults == ["/shop unknown"])
    }
  }

  @Test func `a draft is seen by its shop only`() async throws {
    try await withMarket { market in
      let draft = try await market.addProduct("A-1", status: .draft)
      let path = "/products/\(draft.id)"
      #expect(try await market.ask(.get, path, as: market.seller).status == 200)
      for person in [market.rival, market.buyer] { #expect(try await market.ask(.get, path, as: person).status == 404) }
      #expect(try await market.ask(.get, path).status == 404)
      #expect(try await market.call(Catalogue.search, ProductQuery()).items.isEmpty)
      #expect(try await market.call(Shops.show, ShopAddress(slug: TestMarket.shop)).productCount == 0)
      _ = try await market.call(
        Catalogue.edit, ProductPatch(product: draft.id, status: .set(.active)), as: market.seller, match: "\"1\"")
      #expect(try await market.ask(.get, path).status == 200)
    }
  }

  @Test func `an archived product is kept, sold no more and tells its number no second time`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      _ = try await market.call(
        Catalogue.archive, ProductAddress(product: product.id), as: market.seller, match: "\"1\"")
      #expect(try await market.call(Catalogue.show, ProductAddress(product: product.id)).status == .archived)
      #expect(try await market.call(Catalogue.search, ProductQuery()).items.isEmpty)
      let body = try #require(try Wire(Catalogue.create, TestMarket.draft("A-1")).body)
      let again = try await market.ask(.post, "/products", as: market.seller, json: body)
      #expect(try again.status == 409 && again.problem.code == "sku_taken" && again.faults == ["/sku taken"])
    }
  }

  @Test func `the categories count what is for sale below them`() async throws {
    try await withMarket { market in
      _ = try await market.addProduct("A-1")
      _ = try await market.addProduct("A-2", status: .draft)
      let counts = try await market.call(Catalogue.categories, Nothing()).items.map { "\($0.path) \($0.productCount)" }
      #expect(counts == ["ceramics 0", "jewellery 1", "jewellery/rings 1"])
    }
  }

  @Test func `an unknown category is told, on creating and on editing`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      let edit = try await market.ask(
        .patch, "/products/\(product.id)", as: market.seller, ["If-Match": "*"], json: #"{"category":"no/such"}"#)
      #expect(try edit.status == 422 && edit.faults == ["/category unknown"])
      #expect(try await market.call(Catalogue.show, ProductAddress(product: product.id)).version == 1)
    }
  }
}
