// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// The seller's table of products.
@Suite struct ProductTableTests {
  @Test func `the own products at 80 columns`() {
    var app = app(session: Samples.session)
    app.showStock()
    #expect(
      app.screen == """
        ──souk Salt & Silver ▾ ──────────────────────────────── ● online  Inês Duarte ──
         1 Products  2 My shop  3 Unsent  4 Account

         4 products · everything · 2 low or sold out
            Product            SKU               Price    Stock  Status
         ▸  Wave bracelet      SS-1            45.00 €        7  ● active
            Harbour ring       SS-2         1,234.50 €        2  ● active
            Copper cuff with…  SS-3             9.00 €        0  ● active
            Gull brooch 海鷗   SS-4            32.00 €       12  ◌ draft













        ────────────────────────────────────────────────────────────────────────────────
         ↵ edit  e price/stock  x actions  c add  D archive  …  ? help  ctrl-p commands
        """)
  }

  @Test func `the own products at 120 columns, with a change that waits`() {
    let patch = ProductPatch(product: Samples.bracelet.id, priceAmount: .set(4800))
    var app = app(120, 40, session: Samples.session, queue: [Samples.queued(.editProduct(patch))])
    app.showStock(.offline(at: Samples.now - 7200))
    #expect(
      app.screen == """
        ──souk Salt & Silver ▾ ───────────────────────────────────────────────────────────── ○ offline  1 queued  Inês Duarte ──
         1 Products  2 My shop  3 Unsent (1)  4 Account

         4 products · everything · 2 low or sold out   offline · 2 h old
            Product                          SKU                   Price    Stock  Status                Category
         ▸  Wave bracelet                    SS-1                48.00 €        7  ● active    queued    Jewellery › Bracele…
            Harbour ring                     SS-2             1,234.50 €        2  ● active              Jewellery › Bracele…
            Copper cuff with a very long n…  SS-3                 9.00 €        0  ● active              Jewellery › Bracele…
            Gull brooch 海鷗                 SS-4                32.00 €       12  ◌ draft               Jewellery › Bracele…





























        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         ↵ edit  e price/stock  x actions  c add  D archive  f filter  ? help  ctrl-p commands
        """)
  }

  @Test func `a price is edited in its cell, and a wrong one is not sent`() {
    var app = app(session: Samples.session)
    app.showStock()
    app.press("e")
    app.type("4x")
    app.press("enter")
    #expect(
      app.screen == """
        ──souk Salt & Silver ▾ ──────────────────────────────── ● online  Inês Duarte ──
         1 Products  2 My shop  3 Unsent  4 Account

         4 products · everything · 2 low or sold out
            Product            SKU               Price    Stock  Status
         ▸  Wave bracelet      SS-1       4x                  7  ● active
            Harbour ring       SS-2         1,234.50 €        2  ● active
            Copper cuff with…  SS-3             9.00 €        0  ● active
            Gull brooch 海鷗   SS-4            32.00 €       12  ◌ draft












         ✗ Type an amount such as 45.00.
        ────────────────────────────────────────────────────────────────────────────────
         ↵ save  tab stock  esc leave  ? help  ctrl-p commands
        """)
  }
}
