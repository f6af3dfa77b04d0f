// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

@Suite struct WishesScreenTests {
  private static let list = Wishlist(
    id: Wishlist.defaultID(of: Samples.account.id), name: "Wishlist", isDefault: true, itemCount: 3)
  private static let kitchen = Wishlist(
    id: .example, name: "Kitchen", isDefault: false, itemCount: 0, share: "0123456789abcdef0123456789abcdef")

  private static let wishes = [
    Wish(
      product: Samples.bracelet.id, title: "Wave bracelet", addedAt: Timestamp(microseconds: 3), note: "size M",
      priceThen: Money(5200, .eur), changes: [.priceLower], card: Samples.cards[0]),
    Wish(
      product: Samples.cuff.id, title: "Copper cuff", addedAt: Timestamp(microseconds: 2), priceThen: Money(900, .eur),
      changes: [.soldOut], card: Samples.cards[2]),
    Wish(
      product: Samples.brooch.id, title: "Gull brooch", addedAt: Timestamp(microseconds: 1),
      priceThen: Money(3200, .eur), changes: [.gone]),
  ]

  private func guest() -> Rehearsal<App> {
    var app = app()
    app.showProducts()
    app.press("W")
    app.send(.wishes(.shelf(Self.wishes, [SeenProduct(seenAt: Samples.moment(-120), card: Samples.cards[1])])))
    return app
  }

  private func member() -> Rehearsal<App> {
    var app = app(120, 40, session: Samples.session)
    app.showProducts()
    app.press("W")
    app.send(.loaded(slot: "wishlists", .wishlists, .content(.wishlists([Self.list, Self.kitchen]), .live)))
    app.send(
      .loaded(slot: "wishes", .wishes(WishQuery(limit: 100)), .content(.wishes(Page(items: Self.wishes)), .live)))
    return app
  }

  @Test func `a guest's list at 80 columns`() {
    let app = guest()
    #expect(
      app.screen == """
        ──souk Buy › Wishlist ────────────────────────────────────────────── ● online ──
         1 Browse  2 Shops  3 Account

         Wishlist   Recently viewed

            Product                 Price  Since                     Note
         ▸  Wave bracelet         45.00 €  cheaper, was 52.00 €      size M
            Copper cuff with…      9.00 €  sold out since
            Gull brooch                    not for sale any more













        ────────────────────────────────────────────────────────────────────────────────
         ↵ open  tab recently viewed  w take off  r refresh  …  ? help  ctrl-p commands
        """)
  }

  @Test func `tab shows what was looked at`() {
    var app = guest()
    app.press("tab")
    #expect(app.screen.contains("Harbour ring") && app.screen.contains("2 min ago"))
    #expect(!app.screen.contains("Copper cuff"))
    app.press("D y")
    #expect(app.effects.contains(.wishes(.forgetSeen)))
  }

  @Test func `w takes off the list that is shown, also what is gone`() {
    var app = guest()
    app.press("G w")
    #expect(
      app.effects.contains(.wishes(.set(WishTarget(Self.wishes[2], on: nil), isOn: false))))
  }

  @Test func `lists follow each other, each asked for by its id`() {
    var app = member()
    #expect(app.screen.contains("size M") && app.screen.contains("Kitchen shared"))
    app.press("tab")
    #expect(
      app.effects.contains(
        .load(slot: "wishes", .wishes(WishQuery(wishlist: Self.kitchen.id, limit: 100)), reload: false)))
    app.press("Y")
    #expect(app.screen.contains("Copied http://souk.test/api/v1/wishlists/0123456789abcdef0123456789abcdef"))
    app.press("L")
    let patch = WishlistPatch(wishlist: Self.kitchen.id, isShared: .set(false))
    #expect(app.effects.contains(.wishes(.editList(patch, version: 1))))
    app.press("tab")
    #expect(app.effects.contains(.load(slot: "wishes", .views(ViewQuery(limit: 100)), reload: false)))
    app.send(.loaded(slot: "wishes", .views(ViewQuery(limit: 100)), .content(.views(Page(items: [])), .live)))
    #expect(app.screen.contains("Under Account, Consents you can agree"))
  }

  @Test func `w in a list puts a heart there at once, and takes it back when it fails`() {
    var app = app()
    app.showProducts()
    app.press("w")
    let target = WishTarget(Samples.cards[0])
    #expect(app.effects.last == .wishes(.set(target, isOn: true)))
    #expect(app.screen.contains("♥ Wave bracelet"))
    app.send(.wishes(.set(target, isOn: true, trouble: "The server is away.")))
    #expect(!app.screen.contains("♥") && app.screen.contains("Wave bracelet was not changed"))
    app.send(.wishes(.known([Samples.ring.id])))
    #expect(app.screen.contains("♥ Harbour ring"))
    app.press("down w")
    #expect(app.effects.last == .wishes(.set(WishTarget(Samples.cards[1]), isOn: false)))
    #expect(!app.screen.contains("♥"))
  }

  @Test func `what joined at sign-in is told`() {
    #expect(WishJoin().words == nil)
    #expect(
      WishJoin(joined: 2, gone: 1, left: 3).words
        == "2 wishes from this computer joined your list; 1 not for sale any more; 3 left here for the next time.")
  }

  @Test func `opening a product is a look, and looking again at what changed is none`() {
    var app = app()
    app.showProducts()
    app.press("enter")
    for _ in 0..<2 {
      app.send(
        .loaded(
          slot: "product-\(Samples.bracelet.id)", .product(Samples.bracelet.id),
          .content(.product(Samples.bracelet), .live)))
    }
    #expect(app.effects.count { $0 == .wishes(.seen(ProductCard(Samples.bracelet))) } == 1)
  }
}
