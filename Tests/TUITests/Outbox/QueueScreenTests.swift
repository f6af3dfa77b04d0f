// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// What has not gone out yet.
@Suite struct QueueScreenTests {
  @Test func `what has not gone out is listed with its reason`() {
    let patch = ProductPatch(product: Samples.bracelet.id, priceAmount: .set(4800))
    let archive = Change.archiveProduct(ProductAddress(product: Samples.ring.id))
    var app = app(
      120, 16, session: Samples.session,
      queue: [
        Samples.queued(.editProduct(patch)), Samples.queued(archive, id: 2, seen: Samples.ring, state: .conflict),
      ])
    app.press("S 3")
    #expect(
      app.screen == """
        ──souk Salt & Silver ▾ ───────────────────────────────────────────── ○ connecting  2 queued, 1 to decide  Inês Duarte ──
         1 Products  2 My shop  3 Unsent (2)  4 Account

         2 changes wait · sent in this order
            Change                                                 State         Why                               Made
         ▸  Wave bracelet: price 45.00 → 48.00                     queued        waits for the server              2 min old
            Archive Harbour ring                                   ! decide      somebody changed it first         2 min old







        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         r send now  D drop  ? help  ctrl-p commands
        """)
  }
}
