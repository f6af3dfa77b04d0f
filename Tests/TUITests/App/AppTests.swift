// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

@Suite struct AppTests {
  private func loads(_ app: Rehearsal<App>) -> [Query] {
    app.effects.compactMap { if case .load(_, let query, _) = $0 { query } else { nil } }
  }

  @Test func `opening asks for categories and products`() {
    #expect(loads(app()) == [.categories, Samples.firstQuery])
  }

  @Test func `words are asked for once, after a pause`() {
    var app = app()
    app.showProducts()
    _ = app.takeCommands()
    app.press("/")
    app.type("ring")
    #expect(loads(app).isEmpty)
    let pauses = app.takeCommands().filter {
      $0 == .after(.milliseconds(150), key: "browse-words", .due("browse-words"))
    }
    #expect(pauses.count == 4)
    app.send(.due("browse-words"))
    #expect(loads(app) == [.products(ProductQuery(q: "ring", limit: 48))])
  }

  @Test func `the answer to an older question is not shown`() {
    var app = app()
    app.showProducts()
    app.press("/")
    app.type("ring")
    app.send(.due("browse-words"))
    app.send(.loaded(slot: "browse", Samples.firstQuery, .content(.products(Page(items: [])), .live)))
    #expect(app.screen.contains("Wave bracelet"))
    #expect(app.screen.contains("searching…"))
  }

  @Test func `scrolling to the end asks for the next page and adds it`() {
    var app = app()
    app.showProducts(next: "c1")
    _ = app.takeCommands()
    app.press("G")
    #expect(loads(app) == [.products(ProductQuery(limit: 48, cursor: "c1"))])
    let more = Page(items: [ProductCard(Samples.brooch)])
    app.send(
      .loaded(slot: "browse-more", .products(ProductQuery(limit: 48, cursor: "c1")), .content(.products(more), .live)))
    #expect(app.screen.contains("Gull brooch"))
  }

  @Test func `a price edited in its cell goes out with the version that was seen`() {
    var app = app(session: Samples.session)
    app.showStock()
    app.press("e")
    app.type("48,50")
    _ = app.takeCommands()
    app.press("enter")
    let patch = ProductPatch(product: Samples.bracelet.id, priceAmount: .set(4850))
    #expect(app.effects == [.submit(.editProduct(patch), seen: Samples.bracelet)])
    #expect(app.screen.contains("48.50 €"))
  }

  @Test func `a change that waits is called queued, never saved`() {
    var app = app(session: Samples.session)
    app.showStock()
    let patch = ProductPatch(product: Samples.bracelet.id, stock: .set(6))
    let change = Samples.queued(.editProduct(patch))
    app.send(.queue([change]))
    app.send(.sent(SendReport(change: change, outcome: .waiting("no connection"))))
    #expect(app.screen.contains("Queued, not saved yet"))
    #expect(!app.screen.contains("Saved"))
    app.send(.sent(SendReport(change: change, outcome: .sent(Samples.bracelet))))
    app.send(.queue([]))
    #expect(app.screen.contains("Saved. Wave bracelet: stock 7 → 6"))
  }

  @Test func `archiving can be taken back before and after it went out`() {
    var app = app(session: Samples.session)
    app.showStock()
    app.press("D")
    let archive = Change.archiveProduct(ProductAddress(product: Samples.bracelet.id))
    #expect(app.effects.last == .submit(archive, seen: Samples.bracelet))
    var waiting = app
    let queued = Samples.queued(archive, id: 9)
    waiting.send(.queue([queued]))
    waiting.press("u")
    var archived = Samples.bracelet
    archived.status = .archived
    archived.archivedFrom = .active
    archived.version = 4
    let restore = Change.restoreProduct(ProductAddress(product: Samples.bracelet.id))
    #expect(waiting.effects.last == .takeBack(queued, orElse: restore, seen: archived))
    #expect(waiting.screen.contains("Wave bracelet stays."))
    // The table follows the queue, not what was once put into it.
    waiting.send(.queue([]))
    #expect(!waiting.screen.contains("archived"))

    app.press("u")
    #expect(app.effects.last == .submit(restore, seen: archived))
    let change = Samples.queued(restore, id: 10, seen: archived)
    app.send(.sent(SendReport(change: change, outcome: .sent(Samples.bracelet))))
    app.send(.queue([]))
    #expect(app.screen.contains("Wave bracelet is back."))
    #expect(!app.screen.contains("archived"))
  }

  @Test func `a conflict is decided by a key: mine, theirs or later`() {
    let patch = ProductPatch(product: Samples.bracelet.id, stock: .set(6))
    let change = Samples.queued(.editProduct(patch), state: .conflict)
    var app = app(session: Samples.session, queue: [change])
    app.send(.theirs(change: 1, Samples.bracelet))
    var other = app
    var later = app
    app.press("m")
    #expect(app.effects.last == .rebase(change, onto: Samples.bracelet))
    other.press("t")
    #expect(other.effects.last == .discard(1))
    let before = later.effects
    later.press("esc")
    #expect(later.effects == before)
  }

  @Test func `leaving asks only with unsent work`() {
    var app = app()
    app.press("q")
    #expect(app.commands.last == .quit)
    let patch = ProductPatch(product: Samples.bracelet.id, stock: .set(6))
    var busy = busyApp(queue: [Samples.queued(.editProduct(patch))])
    busy.press("q")
    #expect(busy.commands.last != .quit)
    busy.press("y")
    #expect(busy.commands.last == .quit)
  }

  private func busyApp(queue: [QueuedChange]) -> Rehearsal<App> { app(queue: queue) }

  @Test func `the form keeps what was typed when it is left`() {
    var app = app(session: Samples.session)
    app.showStock()
    app.press("enter")
    app.type("!")
    app.press("esc")
    let kept = app.effects.compactMap { effect -> [String: String]? in
      if case .keepDraft("edit \(Samples.bracelet.id)", let fields) = effect { fields } else { nil }
    }
    #expect(kept.last?["title"] == "Wave bracelet!")
    #expect(app.screen.contains("kept as a draft"))
  }

  @Test func `a refused form shows the server's errors on their fields and keeps its text`() {
    var app = app(session: Samples.session)
    app.showStock()
    app.press("enter")
    app.type("!")
    app.press("ctrl-s")
    let patch = ProductPatch(product: Samples.bracelet.id, title: .set("Wave bracelet!"))
    #expect(app.effects.last == .submit(.editProduct(patch), seen: Samples.bracelet))
    let errors = [FieldError("/title", "taken", "Another one is called that.")]
    app.send(.sent(SendReport(change: Samples.queued(.editProduct(patch)), outcome: .refused("No.", errors))))
    #expect(app.screen.contains("✗ Another one is called that."))
    #expect(app.screen.contains("Wave bracelet!"))
    #expect(app.effects.last == .discard(1))
  }

  @Test func `when the server is back everything in sight is asked for again`() {
    var app = app()
    app.showProducts(.offline(at: Samples.now))
    #expect(app.screen.contains("○ offline"))
    _ = app.takeCommands()
    app.send(.due("retry"))
    #expect(app.effects == [.load(slot: "browse", Samples.firstQuery, reload: true)])
    app.showProducts()
    #expect(app.screen.contains("● online"))
  }

  @Test func `events refresh the table, several at once only once`() {
    var app = app(session: Samples.session)
    app.showStock()
    _ = app.takeCommands()
    let event = MarketEvent(
      id: EventID(epoch: "e", transaction: 1, number: 1), kind: .productChanged, shop: Samples.shop,
      product: Samples.ring.id,
      at: Timestamp(microseconds: 0))
    app.send(.live(.event(event)))
    app.send(.live(.event(event)))
    #expect(loads(app).isEmpty)
    app.send(.due("stock-soon"))
    #expect(loads(app) == [.stock(ShopProductQuery(slug: "salt-and-silver", limit: 100))])
  }

  @Test func `no key means two things on any screen`() {
    var app = app(session: Samples.session)
    app.showProducts()
    for keys in ["", "enter", "esc 2", "3", "S", "e", "esc", "2", "3"] {
      app.press(keys)
      #expect(app.program.keys.duplicates.isEmpty)
    }
  }

  @Test func `a wheel scrolls, a click selects and a second one opens`() {
    var app = app()
    app.showProducts()
    app.take(.event(.mouse(MouseEvent(.press, at: Point(x: 30, y: 7)))))
    app.take(.event(.mouse(MouseEvent(.press, at: Point(x: 30, y: 7)))))
    #expect(app.screen.contains("› Harbour ring"))
  }
}
