// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// Screens as text. Each is what a person sees, at sizes that people have.
@Suite struct ScreenTests {
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
         ↵ open  / search  s sort  tab categories  w shop  ? help  ctrl-p commands
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
         ↵ open  / search  s sort  tab categories  w shop  ? help  ctrl-p commands
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
         ↵ open  / search  s sort  tab categories  w shop  ? help  ctrl-p commands
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
                              │   Esc clears the search.
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
         w shop  y copy id  r refresh  esc back  ? help  ctrl-p commands
        """)
  }

  @Test func `a shop at 120 columns`() {
    var app = app(120, 40)
    app.showProducts()
    app.press("w")
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
         ↵ open  r refresh  esc back  ? help  ctrl-p commands
        """)
  }

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
         ↵ edit all  e price, stock  c add  D archive  …  ? help  ctrl-p commands
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
         ↵ edit all  e price, stock  c add  D archive  f filter  ? help  ctrl-p commands
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

  @Test func `the form of a product at 80 columns`() {
    var app = app(session: Samples.session)
    app.showStock()
    app.press("enter tab ctrl-u")
    app.type("free")
    app.press("tab")
    #expect(
      app.screen == """
        ──souk Salt & Silver ▾ › Edit Wave bracelet ─────────── ● online  Inês Duarte ──
         1 Products  2 My shop  3 Unsent  4 Account

         Edit Wave bracelet  SS-1  changed

           Title *       Wave bracelet
                         What buyers read first, 3 to 120 characters.
           Price *       free
                         ✗ Type an amount such as 45.00.
         ▸ Stock *       7
                         How many there are.
           Status        ‹ active ›
                         Drafts are seen by you only.
           Category *    jewellery/bracelets
                         Its path, such as jewellery/rings
           Made of       sterling silver
                         Parted by commas.
           Tags          sea, forged
                         Parted by commas, up to 12.
           Description   Forged by hand.

                         - **no** two alike
        ────────────────────────────────────────────────────────────────────────────────
         ctrl-s save  esc leave, draft kept  ? help  ctrl-p commands
        """)
  }

  @Test func `two changes that met are shown beside each other`() {
    let patch = ProductPatch(product: Samples.bracelet.id, priceAmount: .set(4800), stock: .set(6))
    var app = app(session: Samples.session, queue: [Samples.queued(.editProduct(patch), state: .conflict)])
    app.showStock()
    var theirs = Samples.bracelet
    theirs.stock = 5
    theirs.title = "Breaking wave bracelet"
    theirs.version = 4
    app.send(.theirs(change: 1, theirs))
    #expect(
      app.screen == """
        ──souk Salt & Silver ▾ ───────── ● online  1 queued, 1 to decide  Inês Duarte ──
         1 Products  2 My shop  3 Unsent (1)  4 Account

         4 products · everything · 2 low or sold out
            Product            SKU               Price    Stock  Status
         ▸  Wave bracelet      SS-1            48.00 €        6  ● active    ! decide
          ┌─ Changed by somebody else ───────────────────────────────────────────────┐
          │                                                                          │
          │ Breaking wave bracelet                                                   │
          │                                                                          │
          │              you saw             you want            now there           │
          │ title        Wave bracelet       —                   Breaking wave brac… │
          │ price        45.00               48.00               —                   │
          │ stock        7                   6                   5                   │
          │                                                                          │
          │                                                                          │
          │   m  send mine anyway    t  keep theirs  [ l  decide later ]             │
          └──────────────────────────────────────────────────────────────────────────┘




        ────────────────────────────────────────────────────────────────────────────────
         ↵ edit all  e price, stock  c add  D archive  …  ? help  ctrl-p commands
        """)
  }

  @Test func `what has not gone out is listed with its reason`() {
    let patch = ProductPatch(product: Samples.bracelet.id, priceAmount: .set(4800))
    let archive = Change.archiveProduct(ProductAddress(product: Samples.ring.id))
    var app = app(
      120, 16, session: Samples.session,
      queue: [
        Samples.queued(.editProduct(patch)), Samples.queued(archive, id: 2, seen: Samples.ring, state: .conflict),
      ])
    app.press("S 3")
    #expect(
      app.screen == """
        ──souk Salt & Silver ▾ ───────────────────────────────────────────── ○ connecting  2 queued, 1 to decide  Inês Duarte ──
         1 Products  2 My shop  3 Unsent (2)  4 Account

         2 changes wait · sent in this order
            Change                                                 State         Why                               Made
         ▸  Wave bracelet: price 45.00 → 48.00                     queued        waits for the server              2 min old
            Archive Harbour ring                                   ! decide      somebody changed it first         2 min old







        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         r send now  D drop  ? help  ctrl-p commands
        """)
  }

  @Test func `signing in offers the people of the demo market`() {
    var app = app()
    app.press("3")
    #expect(
      app.screen == """
        ──souk Buy ───────────────────────────────────────────────────── ○ connecting ──
         1 Browse  2 Shops  3 Account

         Sign in to the demo market
         Choose who you are. There are no passwords here.

         ▸  Seller          runs a shop: products, prices, stock
            Buyer           browses and buys
            Administrator   keeps the market in order













        ────────────────────────────────────────────────────────────────────────────────
         ↵ sign in  ? help  ctrl-p commands
        """)
  }

  @Test func `help lists what the keys do here`() {
    var app = app()
    app.showProducts()
    app.press("?")
    #expect(
      app.screen == """
        ──souk Buy ───────────────────────────────────────────────────────── ● online ──
         1 Browse  2 Shops  3 Account
            ┌─ Help · Browse ──────────────────────────────────────────────────────┐
         / s│ / type to search                                                     │est
            │                                                                      │
         ▸  │ ▸ Open the product                                           enter ┃ │
            │   Search by words                                                / ┃ │k
            │   Sort: newest                                                   s ┃ │t
            │   To the categories                                  tab shift-tab ┃ │t
            │   Visit the shop                                                 w ┃ │
            │   Hide details                                                   p ┃ │
            │   Copy the product's id                                          y ┃ │
            │   Ask the server again                                           r ┃ │
            │   Go to Browse                                                   1 ┃ │
            │   Go to Shops                                                    2   │
            │   Go to Account                                                  3   │
            │   Next section                                                   ]   │
            │   Previous section                                               [   │
            │   Go shopping                                                    B   │
            │   Run my shop — sign in as a seller first                        S   │
            └──────────────────────────────────────────────────────────────────────┘
                              │
        ────────────────────────────────────────────────────────────────────────────────
         ↵ open  / search  s sort  tab categories  w shop  ? help  ctrl-p commands
        """)
  }

  @Test func `a window too small for anything says so, and a small one keeps the list`() {
    #expect(
      app(18, 4).screen == """
        18×4 is too small;
        24×5 will do.


        """)
    var small = app(40, 7)
    small.showProducts()
    #expect(
      small.screen == """
        / search everythin…  3 products · newest

           Product                       Price
        ▸  Wave bracelet               45.00 €
           Harbour ring             1,234.50 €
           Copper cuff with a ver…      9.00 €

        """)
  }

  @Test(arguments: [(1, 1), (2, 3), (20, 6), (24, 5), (40, 10), (60, 12), (79, 23), (200, 60), (300, 100)])
  func `every screen survives every size`(columns: Int, rows: Int) {
    var app = app(columns, rows, session: Samples.session)
    app.showProducts()
    for keys in ["enter", "esc", "w", "esc", "2", "3", "S", "2", "3", "4", "1", "c", "esc", "?", "esc", "ctrl-p"] {
      app.press(keys)
      #expect(TextScreen.rows(of: app.canvas).count == rows)
    }
  }
}
