// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// The app in lines, as a screen reader reads it.
@Suite struct LineTests {
  private func notices(_ app: Rehearsal<App>) -> [String] { app.program.notices.map(\.text) }

  @Test func `a list is read with its numbers, and a number opens its row`() {
    var app = app()
    app.showProducts()
    #expect(
      app.spoken == """
        Browse: 3 products, newest
        online.
        1) Wave bracelet, 45.00 €, in stock, Salt & Silver
        2) Harbour ring, 1,234.50 €, few left, Salt & Silver
        3) Copper cuff with a very long name that does not fit, 9.00 €, sold out, Salt & Silver
        """)
    app.say("2")
    app.send(
      .loaded(slot: "product-\(Samples.ring.id)", .product(Samples.ring.id), .content(.product(Samples.ring), .live)))
    #expect(
      app.spoken == """
        Harbour ring
        online.
        1,234.50 € few left
        by Salt & Silver
        Forged by hand.
        • no two alike
        • polished
        Made of sterling silver
        Category Jewellery, Bracelets
        Tags #sea #forged
        In stock 2
        SKU SS-2
        """)
    app.say("back")
    #expect(app.spoken.hasPrefix("Browse: 3 products"))
  }

  @Test func `long lists are read in pages, and coming near the end asks for more`() {
    var app = app()
    let cards = (10..<50).map { ProductCard(Samples.product($0, "Product \($0)")) }
    app.showProducts(.live, cards, next: "c1")
    #expect(app.spoken.hasPrefix("Browse: 40 or more products, newest, 1 to 20 of 40\n"))
    _ = app.takeCommands()
    app.say("more")
    #expect(app.spoken.contains(", 21 to 40 of 40\n") && app.spoken.contains("\n21) Product 30"))
    #expect(!app.spoken.contains("\n1) "))
    #expect(
      app.effects.contains(.load(slot: "browse-more", .products(ProductQuery(limit: 48, cursor: "c1")), reload: false)))
    app.say("more")
    #expect(notices(app).last == "That is all.")
  }

  @Test func `search and category take their words, and what is unknown is said`() {
    var app = app()
    app.showProducts()
    app.say("search  silver ring")
    #expect(
      app.effects.contains(.load(slot: "browse", .products(ProductQuery(q: "silver ring", limit: 48)), reload: false)))
    app.say("category Bracelets")
    #expect(
      app.effects.contains(
        .load(
          slot: "browse", .products(ProductQuery(q: "silver ring", category: "jewellery/bracelets", limit: 48)),
          reload: false)))
    app.say("category boats")
    #expect(notices(app).last == "There is no category boats.")
    app.say("99")
    #expect(notices(app).last == "There is no number 99 here.")
    app.say("frobnicate")
    #expect(notices(app).last == "Nothing here is called frobnicate: help lists what there is.")
    app.say("section")
    #expect(notices(app).last == "Nothing here is called section: section-1, section-2, section-3?")
    app.say("sell")
    #expect(notices(app).last == "Not now: sign in as a seller first.")
  }

  @Test func `help lists what there is here, with the reason for what is not possible`() {
    var app = app()
    app.showProducts()
    app.say("help")
    let help = app.takeAside()
    #expect(help.contains("search WORDS: Search by words\n"))
    #expect(help.contains("sort: Sort: newest\n"))
    #expect(help.contains("sell: Run my shop — not now, sign in as a seller first"))
    #expect(!help.contains("half-up") && !help.contains("redraw"))
    app.say("")
    #expect(app.takeAside() == app.spoken)
  }

  @Test func `price and stock are asked for one after the other, and a wrong answer is asked for again`() {
    var app = app(session: Samples.session)
    app.showStock()
    app.say("edit 2")
    #expect(app.prompt == "Price of Harbour ring, now 1234.50. Return keeps it.")
    app.say("cheap")
    #expect(app.prompt == "Type an amount such as 1234.50.")
    app.say("1000")
    #expect(app.prompt == "Stock of Harbour ring, now 2. Return keeps it.")
    app.say("")
    #expect(app.prompt == nil)
    let patch = ProductPatch(product: Samples.ring.id, priceAmount: .set(100_000))
    #expect(app.effects.last == .submit(.editProduct(patch), seen: Samples.ring))
  }

  @Test func `marks, the menu and the percentage work in lines`() {
    var app = app(session: Samples.session)
    app.showStock()
    app.say("mark 1")
    app.say("mark 2")
    #expect(app.spoken.contains("2 marked\n1) Wave bracelet, 45.00 €, 7 in stock, active, marked\n"))
    app.say("actions")
    #expect(app.program.isInterlude)
    #expect(app.spoken.contains("1) Put on sale — not now, they are already active\n"))
    app.say("5")
    #expect(app.prompt == "By how many percent, such as 10 or -15? Return leaves the prices as they are.")
    app.say("10")
    #expect(app.prompt == nil)
    #expect(app.effects.contains { if case .submitAll(let items) = $0 { items.count == 2 } else { false } })
  }

  @Test func `a form is filled field by field, and errors stand beside their fields`() {
    var app = app(session: Samples.session)
    app.showStock()
    app.say("1")
    #expect(app.spoken.contains("\n2) Price: 45.00\n3) Stock: 7\n"))
    app.say("3")
    #expect(app.prompt == "Stock, now 7. Return keeps it, - empties it.")
    app.say("many")
    app.say("4")
    app.say("gone")
    #expect(notices(app).last == "Status is one of draft, active.")
    app.say("save")
    #expect(app.spoken.contains("3) Stock: many — Type a whole number."))
    app.say("3")
    app.say("8")
    app.say("save")
    let patch = ProductPatch(product: Samples.bracelet.id, stock: .set(8))
    #expect(app.effects.last == .submit(.editProduct(patch), seen: Samples.bracelet))
  }

  @Test func `questions and conflicts are answered in words`() {
    let patch = ProductPatch(product: Samples.bracelet.id, stock: .set(6))
    let change = Samples.queued(.editProduct(patch), state: .conflict)
    var app = app(session: Samples.session, queue: [change])
    app.say("quit")
    #expect(app.prompt == "yes or no?")
    app.say("no")
    #expect(app.commands.last != .quit)
    var theirs = Samples.bracelet
    theirs.stock = 5
    app.send(.theirs(change: 1, theirs))
    #expect(
      app.spoken == """
        Changed by somebody else: Wave bracelet
        stock: you saw 7, you want 6, now there 5
        m) send mine anyway
        t) keep theirs
        l) decide later
        """)
    app.say("mine")
    #expect(app.effects.last == .rebase(change, onto: theirs))
  }

  @Test func `without a server the lines say so and stay`() {
    var app = app()
    app.send(.loaded(slot: "browse", Samples.firstQuery, .failed(Samples.unreachable)))
    #expect(app.spoken == "Browse\noffline.\nThe server cannot be reached: no connection.")
    app.showProducts(.offline(at: Samples.now - 320))
    #expect(app.spoken.hasPrefix("Browse: 3 products, newest\noffline.\noffline, 5 min old\n1) Wave bracelet"))
  }

  @Test func `signing in and the other sections can be reached`() {
    var app = app()
    app.say("account")
    #expect(app.spoken.hasPrefix("Sign in\nconnecting.\n1) with a code"), "\(app.spoken)")
    app.say("1")
    app.say("nonsense")
    #expect(app.spoken.contains("neither an e-mail address nor a phone number"), "\(app.spoken)")
    app.say("me@example.org")
    #expect(app.effects.last == .identity(.sendCode(.email("me@example.org"), for: .signIn)))
    app.say("section-2")
    #expect(app.spoken.hasPrefix("Shops: 0"))
  }
}
