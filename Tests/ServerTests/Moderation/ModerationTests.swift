// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import Market
import Postgres
import Testing

@testable import soukd

/// What waits for moderators, and what follows from their decisions.
@Suite(.timeLimit(.minutes(2))) struct ModerationTests {
  @Test func `a new shop opens when a moderator approves it, and goes back with a reason when not`() async throws {
    try await withMarket { market in
      let shop = try await market.openNewShop()
      let address = ShopAddress(slug: shop.slug)
      #expect(try await market.items().isEmpty)
      let submitted = try await market.call(Shops.submit, address, as: market.seller, match: "\"1\"")
      #expect(submitted.status == .submitted && submitted.version == 2 && submitted.trust == .new)
      let item = try #require(try await market.items().first)
      #expect(item.kind == .shop && item.title == shop.name && item.shopStatus == .submitted && item.version == 1)
      let rejection = Rejection(item: item.id, reason: "Please say who makes the things.")
      _ = try await market.moderate(Moderation.reject, rejection, match: "\"1\"")
      let standing = try await market.call(Shops.standing, address, as: market.seller)
      #expect(standing.status == .rejected && standing.reason == "Please say who makes the things.")
      #expect(try await market.ask(.get, "/shops/\(shop.slug)").status == 404)
      #expect(try await market.items().isEmpty)

      _ = try await market.call(Shops.submit, address, as: market.seller, match: "*")
      try await market.decideAll()
      #expect(try await market.call(Shops.show, address).status == .approved)
      #expect(try await market.call(Shops.standing, address, as: market.seller).reason == nil)
      let feed = try await market.call(Events.feed, EventQuery(limit: 50), as: market.seller).items.map(\.kind)
      #expect(feed.filter { $0 != .shopOpened } == [.shopSubmitted, .shopRejected, .shopSubmitted, .shopApproved])
      let audit = try await market.database.query("select action from audit_log order by number") { row in
        try row.next(String.self)
      }
      #expect(audit == ["shop.rejected", "shop.approved"])
    }
  }

  @Test func `an owner takes a submitted shop back; staff do not`() async throws {
    try await withMarket { market in
      let shop = try await market.openNewShop()
      let address = ShopAddress(slug: shop.slug)
      try await market.database.execute(
        "insert into shop_members (shop, account, role) values (\(shop.id.text), \(market.buyer.text), 'staff')")
      let refused = await #expect(throws: Refused.self) {
        try await market.call(Shops.submit, address, as: market.buyer, match: "*")
      }
      #expect(refused?.status == 404)
      _ = try await market.call(Shops.submit, address, as: market.seller, match: "*")
      let again = await #expect(throws: Refused.self) {
        try await market.call(Shops.submit, address, as: market.seller, match: "*")
      }
      #expect(again?.code == "wrong_state")
      #expect(try await market.call(Shops.withdraw, address, as: market.seller, match: "*").status == .draft)
      #expect(try await market.items().isEmpty)
      let outcome = try await market.database.first("select outcome from moderation_items") { row in
        try row.next(String.self)
      }
      #expect(outcome == "withdrawn")
    }
  }

  @Test func `what a new shop puts on sale is looked at first`() async throws {
    try await withMarket { market in
      try await market.distrust()
      let product = try await market.addProduct("A-1")
      #expect(product.status == .inReview)
      let path = "/products/\(product.id)"
      #expect(try await market.ask(.get, path).status == 404)
      #expect(try await market.call(Catalogue.search, ProductQuery()).items.isEmpty)
      #expect(try await market.ask(.get, path, as: market.seller).status == 200)
      let seen = try await market.ask(.get, path, ["Authorization": "Bearer \(market.moderatorToken())"])
      #expect(seen.status == 200 && seen.headers["Cache-Control"] == "private, no-cache")
      let item = try #require(try await market.items().first)
      let review = try await market.moderate(Moderation.show, ModerationPath(item: item.id))
      #expect(review.product?.id == product.id && review.changes.isEmpty && review.item.trust == .new)
      let decision = try await market.moderate(Moderation.approve, ModerationPath(item: item.id), match: "\"1\"")
      #expect(decision == ModerationDecision(item: item.id, outcome: .approved))
      let shown = try await market.call(Catalogue.show, ProductAddress(product: product.id))
      #expect(shown.status == .active && shown.version == 2)
      #expect(try await market.call(Catalogue.search, ProductQuery()).items.count == 1)
    }
  }

  @Test func `a rejected product tells its seller why, and comes back to the queue`() async throws {
    try await withMarket { market in
      try await market.distrust()
      let product = try await market.addProduct("A-1")
      let item = try #require(try await market.items().first)
      let short = await #expect(throws: Refused.self) {
        try await market.moderate(Moderation.reject, Rejection(item: item.id, reason: "No"), match: "\"1\"")
      }
      #expect(short?.status == 422)
      let reason = "Please choose another category."
      _ = try await market.moderate(Moderation.reject, Rejection(item: item.id, reason: reason), match: "\"1\"")
      let list = try await market.call(Catalogue.ofShop, ShopProductQuery(slug: TestMarket.shop), as: market.seller)
      #expect(list.items.first?.status == .rejected && list.items.first?.statusReason == reason)
      let wish = ProductPatch(product: product.id, status: .set(.active))
      let again = try await market.call(Catalogue.edit, wish, as: market.seller, match: "*")
      #expect(again.status == .inReview && again.statusReason == nil)
      #expect(try await market.items().count == 1)
      try await market.decideAll()
      #expect(try await market.call(Catalogue.show, ProductAddress(product: product.id)).status == .active)
    }
  }

  @Test func `the same item is decided by who read it as it is, and once`() async throws {
    try await withMarket { market in
      try await market.distrust()
      let product = try await market.addProduct("A-1")
      let item = try #require(try await market.items().first)
      let path = ModerationPath(item: item.id)
      // Price and stock change freely; words are what was read.
      let price = ProductPatch(product: product.id, priceAmount: .set(1), stock: .set(1))
      _ = try await market.call(Catalogue.edit, price, as: market.seller, match: "*")
      #expect(try await market.items().first?.version == 1)
      let title = ProductPatch(product: product.id, title: .set("Another thing"))
      _ = try await market.call(Catalogue.edit, title, as: market.seller, match: "*")
      let outdated = await #expect(throws: Refused.self) {
        try await market.moderate(Moderation.approve, path, match: "\"1\"")
      }
      #expect(outdated?.code == "version_mismatch")
      #expect(try await market.ask(.get, "/products/\(product.id)").status == 404)
      _ = try await market.moderate(Moderation.approve, path, match: "\"2\"")
      let twice = await #expect(throws: Refused.self) {
        try await market.moderate(Moderation.approve, path, match: "\"2\"")
      }
      #expect(twice?.code == "decided_already")
    }
  }

  @Test func `nobody moderates a shop of their own`() async throws {
    try await withMarket { market in
      try await market.distrust()
      _ = try await market.addProduct("A-1")
      let item = try #require(try await market.items().first)
      let trust = TrustChange(shop: TestMarket.shop, trust: .trusted)
      for refused in [
        await #expect(throws: Refused.self) {
          _ = try await market.moderate(
            Moderation.approve, ModerationPath(item: item.id), as: market.seller, match: "*")
        },
        await #expect(throws: Refused.self) {
          _ = try await market.moderate(Moderation.setTrust, trust, as: market.seller, match: "*")
        },
      ] { #expect(refused?.code == "forbidden") }
      #expect(try await market.items().count == 1)
    }
  }

  @Test func `many are approved at once, and the rest is named`() async throws {
    try await withMarket { market in
      try await market.distrust()
      for number in 0..<4 { _ = try await market.addProduct("A-\(number)") }
      var seen = try await market.items().map { SeenItem(item: $0.id, version: $0.version) }
      seen[1].version = 7
      seen.append(SeenItem(item: .random(), version: 1))
      let wrong = seen[1].item
      let answer = try await market.moderate(Moderation.approveAll, BulkApproval(items: seen)).items
      #expect(answer.count { $0.problem == nil } == 3)
      #expect(answer.first { $0.item == wrong }?.problem == "version_mismatch")
      #expect(answer.count { $0.problem == "not_found" } == 1)
      #expect(try await market.call(Catalogue.search, ProductQuery()).items.count == 3)
      let none = await #expect(throws: Refused.self) {
        try await market.moderate(Moderation.approveAll, BulkApproval(items: []))
      }
      #expect(none?.status == 422)
    }
  }

  @Test func `the queue is filtered, counted and walked, the longest waiting first`() async throws {
    let clock = StandingClock()
    try await withMarket(now: { clock.now }) { market in
      try await market.distrust()
      for number in 0..<5 { _ = try await market.addProduct("A-\(number)") }
      let shop = try await market.openNewShop()
      _ = try await market.call(Shops.submit, ShopAddress(slug: shop.slug), as: market.seller, match: "*")
      let all = try await market.items()
      #expect(all.count == 6 && all == all.sorted { $0.openedAt < $1.openedAt })
      var walked: [ModerationItem] = []
      var cursor: String?
      repeat {
        let page = try await market.moderate(Moderation.list, ModerationQuery(limit: 2, cursor: cursor))
        walked += page.items
        cursor = page.nextCursor
      } while cursor != nil
      #expect(walked == all)
      func count(_ query: ModerationQuery) async throws -> Int {
        try await market.moderate(Moderation.list, query).items.count
      }
      #expect(try await count(ModerationQuery(kind: .shop)) == 1)
      #expect(try await count(ModerationQuery(shop: TestMarket.shop)) == 5)
      let first = ModerationPath(item: all[0].id)
      _ = try await market.moderate(Moderation.claim, first, match: "*")
      #expect(try await count(ModerationQuery(state: .mine)) == 1)
      #expect(try await count(ModerationQuery(state: .free)) == 5)
      #expect(try await count(ModerationQuery(late: true)) == 0)
      clock.pass(seconds: 25 * 3600)
      #expect(try await count(ModerationQuery(late: true)) == 5)
      #expect(try await count(ModerationQuery(state: .mine)) == 0)
      let counts = try await market.moderate(Moderation.counts, Nothing()).items
      #expect(counts.map { "\($0.kind.rawValue) \($0.open) \($0.late)" } == ["shop 1 0", "product 5 5", "change 0 0"])
    }
  }

  @Test func `sellers are told by mail, in their language`() async throws {
    try await withMarket { market in
      try await market.distrust()
      try await market.database.transaction {
        try await market.identity.accounts.put(.email("ines@example.org"), of: market.seller, in: $0)
      }
      try await market.database.execute(
        "insert into profiles (account, language, notifications, version) values (\(market.seller.text), 'de', '{}', 1)"
      )
      _ = try await market.addProduct("A-1", title: "Wellenring")
      let item = try #require(try await market.items().first)
      let rejection = Rejection(item: item.id, reason: "Bitte eine andere Kategorie wählen.")
      _ = try await market.moderate(Moderation.reject, rejection, match: "\"1\"")
      let mail = try await market.sellerMail()
      #expect(mail.to == "ines@example.org" && mail.subject == "„Wellenring“ ist nicht im Verkauf")
      #expect(mail.text.contains("Bitte eine andere Kategorie wählen."))
    }
  }
}
