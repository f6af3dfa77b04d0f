// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// The form of a product.
@Suite struct ProductEditorTests {
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
}
