// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// One product, as its buyers see it.
@Suite struct ProductScreenTests {
  @Test func `a product at 80 columns`() {
    var app = app()
    app.showProducts()
    app.press("enter")
    app.send(
      .loaded(
        slot: "product-\(Samples.bracelet.id)", .product(Samples.bracelet.id),
        .content(.product(Samples.bracelet), .live)))
    #expect(
      app.screen == """
        ──souk Buy › Wave bracelet ───────────────────────────────────────── ● online ──
         1 Browse  2 Shops  3 Account

          Wave bracelet
          45.00 €   ● in stock
          by Salt & Silver

          Forged by hand.

          • no two alike
          • polished

          Made of   sterling silver
          Category  Jewellery › Bracelets
          Tags      #sea #forged
          In stock  7
          SKU       SS-1





        ────────────────────────────────────────────────────────────────────────────────
         w wish  o shop  y copy id  r refresh  esc back  ? help  ctrl-p commands
        """)
  }
}
