// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

@Suite struct CompareScreenTests {
  private static let products = [Samples.bracelet, Samples.ring, Samples.cuff]

  private func comparing(_ columns: Int = 80, _ rows: Int = 24) -> Rehearsal<App> {
    var app = app(columns, rows)
    app.showProducts()
    app.press("c down c down c C")
    guard let choice = ProductChoice(Self.products.map(\.id)) else { return app }
    #expect(app.effects.contains(.load(slot: "compare", .comparison(choice), reload: false)))
    app.send(
      .loaded(slot: "compare", .comparison(choice), .content(.comparison(Comparison(Self.products)), .live)))
    return app
  }

  @Test func `two products make a comparison, one does not`() {
    var app = app()
    app.showProducts()
    app.press("C")
    #expect(app.screen.contains("Not now: c takes in two to six products first."))
    app.press("c")
    #expect(app.screen.contains("= Wave bracelet"))
    app.press("c")
    #expect(!app.screen.contains("= Wave bracelet"))
  }

  @Test func `what does not fit beside each other is one key away`() {
    var app = comparing()
    #expect(app.screen.contains("1 to 2 of 3") || app.screen.contains("Copper cuff"))
    var narrow = comparing(50, 24)
    #expect(narrow.screen.contains("1 to 1 of 3") && !narrow.screen.contains("1234.50 EUR"))
    narrow.press("right")
    #expect(narrow.screen.contains("2 to 2 of 3") && narrow.screen.contains("1234.50 EUR"))
    narrow.press("left")
    #expect(narrow.screen.contains("45.00 EUR"))
    app.press("x")
    #expect(app.screen.contains("search everything") && !app.screen.contains("= "))
  }

  @Test func `differences are marked and the lowest price is named`() {
    let app = comparing(120, 40)
    #expect(app.screen.contains("≠ Price"))
    #expect(app.screen.contains("9.00 EUR, the lowest"))
    #expect(app.screen.contains("  Made of"))
  }

  @Test func `in lines each attribute is one`() {
    let comparison = Comparison(Self.products)
    #expect(
      CompareScreen.words(comparison.rows[0], comparison)
        == "Price, different: Wave bracelet 45.00 EUR; Harbour ring 1234.50 EUR; "
        + "Copper cuff with a very long name that does not fit 9.00 EUR, the lowest")
    #expect(CompareScreen.words(comparison.rows[4], comparison) == "Made of, all the same: sterling silver")
  }

  @Test func `the screen survives every size`() {
    for (columns, rows) in [(1, 1), (5, 4), (20, 6), (40, 10), (300, 100)] {
      let app = comparing(columns, rows)
      #expect(TextScreen.rows(of: app.canvas).count == rows)
    }
  }
}
