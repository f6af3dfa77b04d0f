// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// What sellers are told of moderation.
@Suite struct SellerReviewTests {
  private func table(_ products: [Product], _ columns: Int = 80) -> Rehearsal<App> {
    var app = app(columns, 24, session: Samples.session)
    app.press("S")
    let query = Query.stock(ShopProductQuery(slug: Samples.shop.slug, limit: 100))
    app.send(.loaded(slot: "stock", query, .content(.stock(Page(items: products)), .live)))
    _ = app.takeCommands()
    return app
  }

  private func calls(_ app: Rehearsal<App>) -> [ReviewCall] {
    app.effects.compactMap { if case .review(let call) = $0 { call } else { nil } }
  }

  @Test func `states and reasons stand in the table`() {
    var rejected = Samples.product(5, "Anchor pin", status: .rejected)
    rejected.statusReason = "Please choose another category."
    var changed = Samples.bracelet
    changed.proposal = ProposalNote(status: .waiting)
    var app = table([rejected, changed, Samples.product(6, "Rope ring", status: .inReview)], 120)
    #expect(app.screen.contains("✗ rejected") && app.screen.contains("◔ review") && app.screen.contains("± waits"))
    #expect(app.screen.contains("✗ Sent back: Please choose another category."))
    app.press("j")
    #expect(app.screen.contains("◔ New words wait for a moderator; buyers see the old ones."))
    app.press("j P")
    #expect(app.screen.contains("Not now: it waits for a moderator."))
    app.press("g P")
    let wish = ProductPatch(product: rejected.id, status: .set(.active))
    #expect(app.effects.last == .submit(.editProduct(wish), seen: rejected))
  }

  @Test func `taking off sale is asked, taking out of review is not`() {
    var app = table([Samples.bracelet, Samples.product(6, "Rope ring", status: .inReview)])
    app.press("U")
    #expect(app.screen.contains("Take it off sale?") && app.effects.isEmpty)
    app.press("y")
    let draft = ProductPatch(product: Samples.bracelet.id, status: .set(.draft))
    #expect(app.effects.last == .submit(.editProduct(draft), seen: Samples.bracelet))
    app.press("j U")
    #expect(app.effects.count == 2)
  }

  @Test func `what does not hold at once is said`() {
    var app = table([Samples.bracelet])
    let patch = ProductPatch(product: Samples.bracelet.id, title: .set("Other"), stock: .set(3))
    var after = Samples.bracelet
    after.proposal = ProposalNote(status: .waiting)
    app.send(.sent(SendReport(change: Samples.queued(.editProduct(patch)), outcome: .sent(after))))
    #expect(app.screen.contains("The new words wait for a moderator; price and stock hold already."))
  }

  @Test func `new words are taken back from the palette`() {
    var changed = Samples.bracelet
    changed.proposal = ProposalNote(status: .waiting)
    var app = table([changed])
    app.press("ctrl-p")
    app.type("new words back")
    app.press("enter")
    #expect(calls(app) == [.withdrawProposal(changed.id)])
  }

  @Test func `the own shop says how it stands, and is submitted by a key`() {
    var app = app(session: Samples.session)
    app.press("S 2")
    app.send(.loaded(slot: "shop-salt-and-silver", .shop("salt-and-silver"), .content(.shop(Samples.fullShop), .live)))
    let standing = ShopStanding(
      shop: Samples.shop, status: .rejected, reason: "Say who makes it.", trust: .new, version: 4)
    app.send(
      .loaded(
        slot: "shop-standing-salt-and-silver", .standing("salt-and-silver"), .content(.standing(standing), .live)))
    #expect(app.screen.contains("✗ rejected  Say who makes it."))
    app.press("P")
    #expect(calls(app) == [.submitShop("salt-and-silver", version: 4)])
    let submitted = ShopStanding(shop: Samples.shop, status: .submitted, trust: .new, version: 5)
    app.send(.reviewed(.submitShop("salt-and-silver", version: 4), .success(.standing(submitted))))
    #expect(app.screen.contains("◔ submitted  waits for a moderator"))
    app.press("U")
    #expect(calls(app).last == .withdrawShop("salt-and-silver", version: 5))
  }
}
