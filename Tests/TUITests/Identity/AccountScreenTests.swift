// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// Who is signed in, or may be.
@Suite struct AccountScreenTests {
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
}
