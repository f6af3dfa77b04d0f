// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// A shop and what it sells.
@Suite struct ShopScreenTests {
  @Test func `a shop at 120 columns`() {
    var app = app(120, 40)
    app.showProducts()
    app.press("o")
    app.send(.loaded(slot: "shop-salt-and-silver", .shop("salt-and-silver"), .content(.shop(Samples.fullShop), .live)))
    let query = Query.products(ProductQuery(shop: "salt-and-silver", limit: 50))
    app.send(
      .loaded(slot: "shop-products-salt-and-silver", query, .content(.products(Page(items: Samples.cards)), .live)))
    #expect(
      app.screen == """
        ──souk Buy › Salt & Silver ───────────────────────────────────────────────────────────────────────────────── ● online ──
         1 Browse  2 Shops  3 Account

         Salt & Silver
         Silver from the coast  ·  Porto, PT

         A two-bench workshop above the harbour.              Product                 Category              Price
                                                           ▸  Wave bracelet           Jewellery › Br…     45.00 €  ● in stock
                                                              Harbour ring            Jewellery › Br…  1,234.50 €  ◐ few left
                                                              Copper cuff with a ve…  Jewellery › Br…      9.00 €  ○ sold out




























        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         ↵ open  r refresh  w wish  esc back  ? help  ctrl-p commands
        """)
  }
}
