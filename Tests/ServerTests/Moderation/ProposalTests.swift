// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

/// New words for what buyers see.
@Suite(.timeLimit(.minutes(2))) struct ProposalTests {
  @Test func `words wait, the rest holds, and nobody but members and moderators reads what waits`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      try await market.distrust()
      let path = "/products/\(product.id)"
      let patch = ProductPatch(product: product.id, title: .set("Storm ring"), priceAmount: .set(9900))
      let after = try await market.call(Catalogue.edit, patch, as: market.seller, match: "\"1\"")
      #expect(after.title == "Wave ring" && after.price.amount == 9900 && after.version == 2)
      #expect(after.proposal == ProposalNote(status: .waiting))
      for person in [nil, market.buyer, market.seller] {
        let heard = try await market.ask(.get, path, as: person)
        let text = String(decoding: heard.body, as: UTF8.self)
        #expect(!text.contains("Storm") && !text.contains("proposal") && text.contains("9900"))
      }
      let ready = try await market.database.first(
        "select convert_from(document, 'UTF8') || convert_from(card, 'UTF8') || words from products where id = \(product.id.text)"
      ) { row in try row.next(String.self) }
      #expect(ready?.contains("Storm") == false && ready?.contains("proposal") == false)

      let proposal = try await market.call(
        Catalogue.proposal, ProductAddress(product: product.id), as: market.seller)
      #expect(proposal.changes == [ProposedChange(field: .title, before: ["Wave ring"], after: ["Storm ring"])])
      #expect(try await market.ask(.get, path + "/proposal", as: market.rival).status == 404)
      let listed = try await market.call(Catalogue.ofShop, ShopProductQuery(slug: TestMarket.shop), as: market.seller)
      #expect(listed.items.first?.proposal?.status == .waiting)

      let item = try #require(try await market.items().first)
      #expect(item.kind == .change && item.title == "Wave ring")
      // The product goes on meanwhile; what was proposed is put on it as it is by then.
      let stock = ProductPatch(product: product.id, stock: .set(0))
      _ = try await market.call(Catalogue.edit, stock, as: market.seller, match: "*")
      _ = try await market.moderate(Moderation.approve, ModerationPath(item: item.id), match: "\"1\"")
      let shown = try await market.call(Catalogue.show, ProductAddress(product: product.id))
      #expect(shown.title == "Storm ring" && shown.status == .outOfStock && shown.price.amount == 9900)
      #expect(try await market.ask(.get, path + "/proposal", as: market.seller).status == 404)
      #expect(try await market.items().isEmpty)
    }
  }

  @Test func `a second patch joins what waits, and makes what was read out of date`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      try await market.distrust()
      let title = ProductPatch(product: product.id, title: .set("Storm ring"))
      let first = try await market.call(Catalogue.edit, title, as: market.seller, match: "\"1\"")
      // A proposal alone leaves the product as it is.
      #expect(first.version == 1)
      let tags = ProductPatch(product: product.id, tags: .set(["storm"]))
      _ = try await market.call(Catalogue.edit, tags, as: market.seller, match: "\"1\"")
      let items = try await market.items()
      #expect(items.count == 1 && items[0].version == 2)
      let review = try await market.moderate(Moderation.show, ModerationPath(item: items[0].id))
      #expect(review.changes.map(\.field) == [.title, .tags])
      let outdated = await #expect(throws: Refused.self) {
        try await market.moderate(Moderation.approve, ModerationPath(item: items[0].id), match: "\"1\"")
      }
      #expect(outdated?.status == 412)
      // Back to what buyers see: nothing waits any more.
      let back = ProductPatch(product: product.id, title: .set("Wave ring"), tags: .set(["sea"]))
      #expect(try await market.call(Catalogue.edit, back, as: market.seller, match: "*").proposal == nil)
      #expect(try await market.items().isEmpty)
    }
  }

  @Test func `a proposal that was sent back is kept with the reason until something new is said`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      try await market.distrust()
      let address = ProductAddress(product: product.id)
      let title = ProductPatch(product: product.id, title: .set("Storm ring"))
      _ = try await market.call(Catalogue.edit, title, as: market.seller, match: "*")
      let item = try #require(try await market.items().first)
      let rejection = Rejection(item: item.id, reason: "That is another maker's name.")
      _ = try await market.moderate(Moderation.reject, rejection, match: "\"1\"")
      let kept = try await market.call(Catalogue.proposal, address, as: market.seller)
      #expect(kept.status == .rejected && kept.reason == "That is another maker's name." && kept.version == 2)
      #expect(try await market.call(Catalogue.show, address).title == "Wave ring")
      // A new price is nothing new about the words.
      let price = ProductPatch(product: product.id, priceAmount: .set(5))
      let priced = try await market.call(Catalogue.edit, price, as: market.seller, match: "*")
      #expect(priced.proposal?.status == .rejected)
      let tags = ProductPatch(product: product.id, tags: .set(["storm"]))
      #expect(try await market.call(Catalogue.edit, tags, as: market.seller, match: "*").proposal?.status == .waiting)
      let fresh = try await market.call(Catalogue.proposal, address, as: market.seller)
      #expect(fresh.changes.map(\.field) == [.tags] && fresh.version == 3 && fresh.reason == nil)
      _ = try await market.call(Catalogue.withdrawProposal, address, as: market.seller, match: "\"3\"")
      #expect(try await market.items().isEmpty)
      #expect(try await market.ask(.get, "/products/\(product.id)/proposal", as: market.seller).status == 404)
    }
  }

  @Test func `an unknown category is told at once, and a trusted shop does not wait`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      try await market.distrust()
      let heard = try await market.ask(
        .patch, "/products/\(product.id)", as: market.seller, ["If-Match": "*"], json: #"{"category":"no/such"}"#)
      #expect(try heard.status == 422 && heard.faults == ["/category unknown"])
      _ = try await market.moderate(
        Moderation.setTrust, TrustChange(shop: TestMarket.shop, trust: .trusted), match: "*")
      let title = ProductPatch(product: product.id, title: .set("Storm ring"))
      let after = try await market.call(Catalogue.edit, title, as: market.seller, match: "*")
      #expect(after.title == "Storm ring" && after.proposal == nil)
    }
  }
}
