// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// Marks in the seller's table, and what is done to them.
@Suite struct BulkScreenTests {
  private func table(_ columns: Int = 80) -> Rehearsal<App> {
    var app = app(columns, 24, session: Samples.session)
    app.showStock()
    return app
  }

  private func submitted(_ app: Rehearsal<App>) -> [BulkEdit.Plan.Item] {
    var items: [BulkEdit.Plan.Item] = []
    for effect in app.effects { if case .submitAll(let more) = effect { items += more } }
    return items
  }

  @Test func `space marks, v marks a range, a marks all or none, and the count is told`() {
    var app = table()
    app.press("space j space")
    #expect(app.screen.contains("2 marked"))
    #expect(app.screen.contains("  ● Wave bracelet") && app.screen.contains("  ● Copper cuff"))
    app.press("g v j v")
    #expect(app.screen.contains("3 marked"))
    app.press("a")
    #expect(app.screen.contains("4 marked"))
    app.press("a")
    #expect(!app.screen.contains("marked"))
    app.press("space esc")
    #expect(!app.screen.contains("marked"))
  }

  @Test func `marks outlive a reading and a filter`() {
    var app = table()
    app.press("j space")
    app.send(
      .loaded(
        slot: "stock", .stock(ShopProductQuery(slug: Samples.shop.slug, limit: 100)),
        .content(.stock(Page(items: [Samples.cuff, Samples.ring])), .live)))
    #expect(app.screen.contains("  ● Harbour ring"))
    app.press("f")
    let active = Query.stock(ShopProductQuery(slug: Samples.shop.slug, status: .active, limit: 100))
    app.send(.loaded(slot: "stock", active, .content(.stock(Page(items: [Samples.bracelet])), .live)))
    #expect(app.screen.contains("1 marked, 1 not shown"))
    app.press("x")
    #expect(app.screen.contains("─ Harbour ring ─"))
  }

  @Test func `the menu says what is possible for the marked ones, and why the rest is not`() {
    var app = table()
    app.press("space space x")
    #expect(
      app.screen == """
        ──souk Salt & Silver ▾ ──────────────────────────────── ● online  Inês Duarte ──
         1 Products  2 My shop  3 Unsent  4 Account

         4 products · everything · 2 marked · 2 low or sold out
            Product            SKU               Price    Stock  Status
          ● Wave bracelet      SS-1            45.00 €        7  ● active
          ● Harbour ring       SS-2         1,234.50 €        2  ● active
         ▸  ┌─ 2 products ─────────────────────────────────────────────────────────┐
            │ / type to search                                                     │
            │                                                                      │
            │ ▸ Put on sale — they are already active                              │
            │   Make drafts, seen by you only                                      │
            │   Archive: take off sale                                             │
            │   Restore: bring back to where they stood — they are not archived    │
            │   Raise or lower the price by a percentage                           │
            │                                                                      │
            └──────────────────────────────────────────────────────────────────────┘





        ────────────────────────────────────────────────────────────────────────────────
         ↵ edit  e price/stock  x actions  esc unmark  …  ? help  ctrl-p commands
        """)
  }

  @Test func `a percentage is tried on the first prices before it is sent`() {
    var app = table()
    app.press("space space x")
    app.type("percentage")
    app.press("enter")
    app.type("-12.5")
    #expect(app.screen.contains("Change 2 prices by -12.5      %   45.00 € → 39.38 €, 1,234.50 € → 1,080.19 €"))
    app.press("enter")
    #expect(
      submitted(app).map(\.change)
        == [(Samples.bracelet.id, 3938), (Samples.ring.id, 108_019)].map {
          .editProduct(ProductPatch(product: $0, priceAmount: .set($1)))
        })
    #expect(app.screen.contains("39.38 €"))
  }

  @Test func `progress is shown, what failed stays marked with its reason, and the end is told once`() {
    var app = table(120)
    app.press("a x")
    app.type("archive")
    app.press("enter")
    let items = submitted(app)
    #expect(items.count == 4)
    #expect(app.screen.contains("0 of 4 products"))
    func report(_ index: Int, _ outcome: SendOutcome) {
      app.send(.sent(SendReport(change: Samples.queued(items[index].change, id: index), outcome: outcome)))
    }
    report(0, .sent(nil))
    report(1, .refused("No.", [FieldError("/status", "held", "An order holds it.")]))
    #expect(app.screen.contains("2 of 4 products"))
    report(2, .sent(nil))
    report(3, .sent(nil))
    #expect(app.screen.contains("3 of 4 done; 1 not: still marked, with the reason."))
    let refused = Samples.queued(items[1].change, id: 1, state: .refused("An order holds it."))
    app.send(.queue([refused]))
    app.press("g j")
    #expect(app.screen.contains("1 marked"))
    #expect(app.screen.contains("▸● Harbour ring") && app.screen.contains("✗ failed"))
    #expect(app.screen.contains("✗ An order holds it."))
  }

  @Test func `a bulk archive is taken back as one`() {
    var app = table()
    app.press("space space D")
    for item in submitted(app) { app.send(.sent(SendReport(change: Samples.queued(item.change), outcome: .sent(nil)))) }
    #expect(app.screen.contains("Archived 2 products."))
    _ = app.takeCommands()
    app.press("u")
    var archived = Samples.ring
    archived.status = .archived
    archived.archivedFrom = .active
    archived.version += 1
    let restore = Change.restoreProduct(ProductAddress(product: Samples.ring.id))
    #expect(submitted(app).last == BulkEdit.Plan.Item(product: archived, change: restore))
    #expect(submitted(app).count == 2)
  }
}
