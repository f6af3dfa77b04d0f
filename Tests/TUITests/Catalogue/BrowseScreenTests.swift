// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// The products for sale, as text at sizes that people have.
@Suite struct BrowseScreenTests {
  @Test func `products for sale at 80 columns`() {
    var app = app()
    app.showProducts()
    #expect(
      app.screen == """
        ──souk Buy ───────────────────────────────────────────────────────── ● online ──
         1 Browse  2 Shops  3 Account

         / search everything for sale                               3 products · newest

         ▸  Everything        │    Product                          Price
            Jewellery      3  │ ▸  Wave bracelet                  45.00 €  ● in stock
              Bracelets    2  │    Harbour ring                1,234.50 €  ◐ few left
            Ceramics       0  │    Copper cuff with a very l…      9.00 €  ○ sold out
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
        ────────────────────────────────────────────────────────────────────────────────
         ↵ open  / search  s sort  tab categories  w wish  ? help  ctrl-p commands
        """)
  }

  @Test func `products for sale at 120 columns have the product beside them`() {
    var app = app(120, 40)
    app.showProducts(next: "c1")
    #expect(
      app.screen == """
        ──souk Buy ───────────────────────────────────────────────────────────────────────────────────────────────── ● online ──
         1 Browse  2 Shops  3 Account

         / search everything for sale                                                                      3+ products · newest

         ▸  Everything           │    Product                      Price              │ Wave bracelet
            Jewellery         3  │ ▸  Wave bracelet              45.00 €  ● in stock  │ 45.00 €   ● in stock
              Bracelets       2  │    Harbour ring            1,234.50 €  ◐ few left  │
            Ceramics          0  │    Copper cuff with a ve…      9.00 €  ○ sold out  │ by Salt & Silver
                                 │                                                    │ Jewellery › Bracelets
                                 │                                                    │
                                 │                                                    │ #sea #forged
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
                                 │                                                    │
        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         ↵ open  / search  s sort  tab categories  w wish  ? help  ctrl-p commands
        """)
  }

  @Test func `before anything has come the screen says that it waits`() {
    #expect(
      app().screen == """
        ──souk Buy ───────────────────────────────────────────────────── ○ connecting ──
         1 Browse  2 Shops  3 Account

         / search everything for sale                                        loading…

         ▸  Everything        │
                              │
                              │   Loading the products…
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
        ────────────────────────────────────────────────────────────────────────────────
         / search  s sort  tab categories  ? help  ctrl-p commands
        """)
  }

  @Test func `without a server and without a memory the screen says what to do`() {
    var app = app()
    app.send(.loaded(slot: "browse", Samples.firstQuery, .failed(Samples.unreachable)))
    #expect(
      app.screen == """
        ──souk Buy ──────────────────────────────────────────────────────── ○ offline ──
         1 Browse  2 Shops  3 Account

         / search everything for sale                                         offline

         ▸  Everything        │
                              │
                              │   The server cannot be reached: no connection.
                              │
                              │   Nothing of this was seen before, so there is
                              │   nothing to show. r tries again.
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
        ────────────────────────────────────────────────────────────────────────────────
         / search  s sort  tab categories  ? help  ctrl-p commands
        """)
  }

  @Test func `without a server what was seen stays, with its age`() {
    var app = app()
    app.showProducts(.offline(at: Samples.now - 320))
    #expect(
      app.screen == """
        ──souk Buy ──────────────────────────────────────────────────────── ○ offline ──
         1 Browse  2 Shops  3 Account

         / search everything for sale          offline · 5 min old  3 products · newest

         ▸  Everything        │    Product                          Price
            Jewellery      3  │ ▸  Wave bracelet                  45.00 €  ● in stock
              Bracelets    2  │    Harbour ring                1,234.50 €  ◐ few left
            Ceramics       0  │    Copper cuff with a very l…      9.00 €  ○ sold out
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
        ────────────────────────────────────────────────────────────────────────────────
         ↵ open  / search  s sort  tab categories  w wish  ? help  ctrl-p commands
        """)
  }

  @Test func `a refusal is told in the server's words`() {
    var app = app()
    app.send(.loaded(slot: "browse", Samples.firstQuery, .failed(Samples.refused)))
    #expect(
      app.screen == """
        ──souk Buy ───────────────────────────────────────────────────────── ● online ──
         1 Browse  2 Shops  3 Account

         / search everything for sale                                      not loaded

         ▸  Everything        │
                              │
                              │   ✗ Too many requests
                              │
                              │   Wait as long as the Retry-After header says, then
                              │   go on. Request req-7.
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
        ────────────────────────────────────────────────────────────────────────────────
         / search  s sort  tab categories  ? help  ctrl-p commands
        """)
  }

  @Test func `a search without a hit names what was sought`() {
    var app = app()
    app.showProducts()
    app.press("/")
    app.type("unicorn")
    app.send(.due("browse-words"))
    var query = ProductQuery(limit: 48)
    query.q = "unicorn"
    app.send(.loaded(slot: "browse", .products(query), .content(.products(Page(items: [])), .live)))
    app.press("enter")
    #expect(
      app.screen == """
        ──souk Buy ───────────────────────────────────────────────────────── ● online ──
         1 Browse  2 Shops  3 Account

         / unicorn

         ▸  Everything        │
            Jewellery      3  │
              Bracelets    2  │   Nothing found for “unicorn”.
            Ceramics       0  │
                              │   Clear it with esc.
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
                              │
        ────────────────────────────────────────────────────────────────────────────────
         / search  s sort  tab categories  esc clear  ? help  ctrl-p commands
        """)
  }
}
