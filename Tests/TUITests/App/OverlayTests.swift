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
            │   Visit the shop                                                 o ┃ │
            │   Hide details                                                   p ┃ │
            │   Copy the product's id                                          y   │
            │   Ask the server again                                           r   │
            │   Put it on my wishlist                                          w   │
            │   Take it into the comparison, or out of it                      c   │
            │   Up                                                          up k   │
            │   Down                                                      down j   │
            │   A page up                                          pageup ctrl-b   │
            │   A page down                                      pagedown ctrl-f   │
            │   Half a page up                                            ctrl-u   │
            └──────────────────────────────────────────────────────────────────────┘
                              │
        ────────────────────────────────────────────────────────────────────────────────
         ↵ open  / search  s sort  tab categories  w wish  ? help  ctrl-p commands
        """)
  }
}
