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
    #expect(app.screen == "@browse80@")
  }

  @Test func `products for sale at 120 columns have the product beside them`() {
    var app = app(120, 40)
    app.showProducts(next: "c1")
    #expect(app.screen == "@browse120@")
  }

  @Test func `before anything has come the screen says that it waits`() {
    #expect(app().screen == "@loading@")
  }

  @Test func `without a server and without a memory the screen says what to do`() {
    var app = app()
    app.send(.loaded(slot: "browse", Samples.firstQuery, .failed(Samples.unreachable)))
    #expect(app.screen == "@away@")
  }

  @Test func `without a server what was seen stays, with its age`() {
    var app = app()
    app.showProducts(.offline(at: Samples.now - 320))
    #expect(app.screen == "@offline@")
  }

  @Test func `a refusal is told in the server's words`() {
    var app = app()
    app.send(.loaded(slot: "browse", Samples.firstQuery, .failed(Samples.refused)))
    #expect(app.screen == "@refused@")
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
    #expect(app.screen == "@empty@")
  }

  @Test func `a product at 80 columns`() {
    var app = app()
    app.showProducts()
    app.press("enter")
    app.send(
      .loaded(
        slot: "product-\(Samples.bracelet.id)", .product(Samples.bracelet.id),
        .content(.product(Samples.bracelet), .live)))
    #expect(app.screen == "@product80@")
  }

  @Test func `a shop at 120 columns`() {
    var app = app(120, 40)
    app.showProducts()
    app.press("w")
    app.send(.loaded(slot: "shop-salt-and-silver", .shop("salt-and-silver"), .content(.shop(Samples.fullShop), .live)))
    let query = Query.products(ProductQuery(shop: "salt-and-silver", limit: 50))
    app.send(
      .loaded(slot: "shop-products-salt-and-silver", query, .content(.products(Page(items: Samples.cards)), .live)))
    #expect(app.screen == "@shop120@")
  }

  @Test func `the own products at 80 columns`() {
    var app = app(session: Samples.session)
    app.showStock()
    #expect(app.screen == "@stock80@")
  }

  @Test func `the own products at 120 columns, with a change that waits`() {
    let patch = ProductPatch(product: Samples.bracelet.id, priceAmount: .set(4800))
    var app = app(120, 40, session: Samples.session, queue: [Samples.queued(.editProduct(patch))])
    app.showStock(.offline(at: Samples.now - 7200))
    #expect(app.screen == "@stock120@")
  }

  @Test func `a price is edited in its cell, and a wrong one is not sent`() {
    var app = app(session: Samples.session)
    app.showStock()
    app.press("e")
    app.type("4x")
    app.press("enter")
    #expect(app.screen == "@cell@")
  }

  @Test func `the form of a product at 80 columns`() {
    var app = app(session: Samples.session)
    app.showStock()
    app.press("enter tab ctrl-u")
    app.type("free")
    app.press("tab")
    #expect(app.screen == "@form80@")
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
    #expect(app.screen == "@conflict@")
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
    #expect(app.screen == "@queue@")
  }

  @Test func `signing in offers the people of the demo market`() {
    var app = app()
    app.press("3")
    #expect(app.screen == "@account@")
  }

  @Test func `help lists what the keys do here`() {
    var app = app()
    app.showProducts()
    app.press("?")
    #expect(app.screen == "@help@")
  }

  @Test func `a window too small for anything says so, and a small one keeps the list`() {
    #expect(app(18, 4).screen == "@tiny@")
    var small = app(40, 7)
    small.showProducts()
    #expect(small.screen == "@small@")
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
