// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// The frame around every screen, and the sizes it survives.
@Suite struct FrameTests {
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
    for keys in [
      "enter", "esc", "o", "esc", "w", "W", "esc", "2", "3", "S", "2", "3", "4", "1", "c", "esc", "?", "esc", "ctrl-p",
    ] {
      app.press(keys)
      #expect(TextScreen.rows(of: app.canvas).count == rows)
    }
  }
}
