// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import Market
import Postgres
import Testing

@testable import soukd

/// Archiving is a move that can be taken back.
@Suite(.timeLimit(.minutes(2))) struct ArchivingTests {
  private func version(_ number: Int) -> [String: String] { ["If-Match": "\"\(number)\""] }

  @Test(arguments: [SaleWish.active, .draft])
  func `what was archived is restored to where it stood`(wish: SaleWish) async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1", status: wish)
      let status = product.status
      let path = "/products/\(product.id)"
      let archived = try await market.ask(.post, path + "/archive", as: market.seller, version(1))
      #expect(archived.status == 200 && archived.headers["ETag"] == "\"2\"")
      let after = try archived.decoded(Product.self)
      #expect(after.status == .archived && after.archivedFrom == status && after.version == 2)
      // Caches forget what they have of the product, although another address was called.
      #expect(archived.headers["Content-Location"] == "/api/v1\(path)")
      #expect(try await market.ask(.get, path, as: market.seller).body == archived.body)
      // What buyers never saw is not shown to them by archiving it.
      #expect(try await market.ask(.get, path).status == (status == .active ? 200 : 404))

      let restored = try await market.ask(.post, path + "/restore", as: market.seller, version(2))
      #expect(restored.status == 200 && restored.headers["ETag"] == "\"3\"")
      var back = try restored.decoded(Product.self)
      #expect(back.status == status && back.archivedFrom == nil)
      (back.version, back.updatedAt) = (product.version, product.updatedAt)
      #expect(back == product)
      #expect(try await market.call(Catalogue.search, ProductQuery()).items.count == (status == .active ? 1 : 0))
    }
  }

  @Test func `a move that changes nothing is refused with its reason, in the caller's language`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      let path = "/products/\(product.id)"
      let early = try await market.ask(.post, path + "/restore", as: market.seller, version(1))
      #expect(try early.status == 409 && early.problem.code == "not_archived")
      _ = try await market.ask(.post, path + "/archive", as: market.seller, version(1))
      let german = version(2).merging(["Accept-Language": "de"]) { old, _ in old }
      let twice = try await market.ask(.post, path + "/archive", as: market.seller, german)
      #expect(try twice.status == 409 && twice.problem.code == "archived_already")
      #expect(try twice.problem.title == "Schon archiviert" && twice.problem.detail?.isEmpty == false)
      #expect(try await market.call(Catalogue.show, ProductAddress(product: product.id)).version == 2)
    }
  }

  @Test(arguments: ["archive", "restore"])
  func `a move names the version it saw, and takes no body`(move: String) async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      let path = "/products/\(product.id)/\(move)"
      #expect(try await market.ask(.post, path, as: market.seller).status == 428)
      #expect(try await market.ask(.post, path, as: market.seller, version(7)).status == 412)
      for json in ["{}", #"{"status":"draft"}"#, "nonsense"] {
        let heard = try await market.ask(.post, path, as: market.seller, version(1), json: json)
        #expect(try heard.status == 422 && heard.faults == [" unexpected_body"])
      }
      #expect(try await market.ask(.post, path + "?now=1", as: market.seller, version(1)).status == 422)
      #expect(try await market.call(Catalogue.show, ProductAddress(product: product.id)).version == 1)
    }
  }

  @Test func `repeated under its key, a move has one effect and the first answer`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      let path = "/products/\(product.id)"
      let keyed = version(1).merging(["Idempotency-Key": "k"]) { old, _ in old }
      let first = try await market.ask(.post, path + "/archive", as: market.seller, keyed)
      let again = try await market.ask(.post, path + "/archive", as: market.seller, keyed)
      #expect(first.status == 200 && again.status == 200 && again.body == first.body)
      #expect(again.headers["ETag"] == first.headers["ETag"] && again.headers["Idempotency-Replayed"] == "true")
      #expect(again.headers["Content-Location"] == "/api/v1\(path)")
      let other = try await market.ask(.post, path + "/restore", as: market.seller, keyed)
      #expect(try other.status == 422 && other.problem.code == "idempotency_key_reused")
    }
  }

  @Test func `every way into the archive and out of it is told as what it is`() async throws {
    try await withMarket { market in
      let address = ProductAddress(product: try await market.addProduct("A-1").id)
      _ = try await market.call(Catalogue.archive, address, as: market.seller, match: "*")
      _ = try await market.call(Catalogue.restore, address, as: market.seller, match: "*")
      for wish in SaleWish.allCases {
        let patch = ProductPatch(product: address.product, status: .set(wish))
        _ = try await market.call(Catalogue.edit, patch, as: market.seller, match: "*")
      }
      _ = try await market.call(Catalogue.archive, address, as: market.seller, match: "*")
      // An edit moves nothing out of the archive.
      let patch = ProductPatch(product: address.product, status: .set(.active))
      let refused = await #expect(throws: Refused.self) {
        try await market.call(Catalogue.edit, patch, as: market.seller, match: "*")
      }
      #expect(refused?.code == "wrong_state")
      let kinds = try await market.call(Events.feed, EventQuery(limit: 20), as: market.seller).items.map(\.kind)
      #expect(
        kinds == [
          .productCreated, .productArchived, .productRestored, .productChanged, .productChanged, .productArchived,
        ])
    }
  }

  @Test func `what was archived before its place was kept is restored as a draft`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      try await market.database.execute(
        "update products set status = 'archived', archived_from = null where id = \(product.id.text)")
      let restored = try await market.call(
        Catalogue.restore, ProductAddress(product: product.id), as: market.seller, match: "*")
      #expect(restored.status == .draft)
    }
  }
}
