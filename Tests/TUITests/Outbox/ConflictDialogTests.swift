// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// Two changes of one thing, to be decided.
@Suite struct ConflictDialogTests {
  @Test func `two changes that met are shown beside each other`() {
    let patch = ProductPatch(product: Samples.bracelet.id, priceAmount: .set(4800), stock: .set(6))
    var app = app(session: Samples.session, queue: [Samples.queued(.editProduct(patch), state: .conflict)])
    app.showStock()
    var theirs = Samples.bracelet
    theirs.stock = 5
    theirs.title = "Breaking wave bracelet"
    theirs.version = 4
    app.send(.theirs(change: 1, theirs))
    #expect(
      app.screen == """
        ──souk Salt & Silver ▾ ───────── ● online  1 queued, 1 to decide  Inês Duarte ──
         1 Products  2 My shop  3 Unsent (1)  4 Account

         4 products · everything · 2 low or sold out
            Product            SKU               Price    Stock  Status
         ▸  Wave bracelet      SS-1            48.00 €        6  ● active    ! decide
          ┌─ Changed by somebody else ───────────────────────────────────────────────┐
          │                                                                          │
          │ Breaking wave bracelet                                                   │
          │                                                                          │
          │              you saw             you want            now there           │
          │ title        Wave bracelet       —                   Breaking wave brac… │
          │ price        45.00               48.00               —                   │
          │ stock        7                   6                   5                   │
          │                                                                          │
          │                                                                          │
          │   m  send mine anyway    t  keep theirs  [ l  decide later ]             │
          └──────────────────────────────────────────────────────────────────────────┘



         ! Somebody else changed it first; decide under Unsent.
        ────────────────────────────────────────────────────────────────────────────────
         ↵ edit  e price/stock  x actions  c add  D archive  …  ? help  ctrl-p commands
        """)
  }
}
