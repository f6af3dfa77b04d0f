// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// What lies over the screens.
@Suite struct OverlayTests {
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
}
