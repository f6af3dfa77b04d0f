// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Testing

@testable import souk

/// What is done to many products at once, decided.
@Suite struct BulkEditTests {
  @Test(
    arguments: [
      ("10", 1000), ("+12.5", 1250), ("-7,25 %", -725), ("- 15%", -1500), ("99999", 9_999_900), ("-99.99", -9999),
      ("0", nil), ("-100", nil), ("", nil), ("+", nil), ("ten", nil), ("1.234", nil), ("1..2", nil), ("--5", nil),
      ("1000000", nil), ("٣", nil), ("1.", nil),
    ] as [(String, Int?)])
  func `a percentage is read as people type it`(text: String, wanted: Int?) {
    #expect(BulkEdit.hundredths(typed: text) == wanted)
  }

  @Test(
    arguments: [
      (4500, 1000, 4950), (4500, -1000, 4050), (995, 1000, 1095), (1, 5000, 2), (3, 1000, 3), (999, -5000, 500),
      (Int.max, 1, nil),
    ] as [(Int, Int, Int?)])
  func `an amount is rounded to the nearest unit, halves up`(amount: Int, hundredths: Int, wanted: Int?) {
    #expect(BulkEdit.changed(amount, by: hundredths) == wanted)
  }

  @Test func `every product becomes a change or a reason`() {
    var archived = Samples.brooch
    archived.status = .archived
    let products = [Samples.bracelet, archived]
    let archive = BulkEdit.archive.plan(products)
    #expect(archive.items.map(\.change) == [.archiveProduct(ProductAddress(product: Samples.bracelet.id))])
    #expect(archive.skipped.map(\.reason) == ["already archived"])
    let publish = BulkEdit.status(.active).plan(products)
    #expect(publish.items.isEmpty)
    #expect(publish.skipped.map(\.reason) == ["already active", "archived"])
    let draft = BulkEdit.status(.active).plan([Samples.brooch])
    #expect(
      draft.items.map(\.change) == [.editProduct(ProductPatch(product: Samples.brooch.id, status: .set(.active)))])
    let cheap = Samples.product(9, "Button", price: 3)
    let price = BulkEdit.price(hundredths: 1000).plan([Samples.bracelet, cheap])
    #expect(
      price.items.map(\.change) == [.editProduct(ProductPatch(product: Samples.bracelet.id, priceAmount: .set(4950)))])
    #expect(price.skipped.map(\.reason) == ["too cheap for that to make a difference"])
    let dear = Samples.product(9, "Palace", price: Money.amountMax)
    #expect(BulkEdit.price(hundredths: 1).plan([dear]).skipped.map(\.reason) == ["too dear for that"])
    #expect(BulkEdit.price(hundredths: -9999).plan([cheap]).skipped.map(\.reason) == ["too cheap for that"])
  }

  @Test(
    arguments: [
      ([SendOutcome.sent(nil), .sent(nil)], "Archived 2 products."),
      ([.sent(nil), .refused("No.", [])], "1 of 2 done; 1 not: still marked, with the reason."),
      ([.conflict, .refused("No.", [])], "0 of 2 done; 2 not: still marked, with the reason."),
      ([.sent(nil), .waiting("away")], "1 of 2 done; 1 queued until the server is back."),
      ([.waiting("away")], "Queued 2 changes, not saved yet: the server is away."),
    ] as [([SendOutcome], String)])
  func `the end is told in one sentence`(outcomes: [SendOutcome], sentence: String) {
    let items = BulkEdit.archive.plan([Samples.bracelet, Samples.ring]).items
    var run = BulkRun(deed: "Archived", items, at: 0)
    for (item, outcome) in zip(items, outcomes) {
      #expect(!run.isOver)
      let isMine = run.take(SendReport(change: Samples.queued(item.change), outcome: outcome))
      #expect(isMine)
    }
    #expect(run.isOver)
    #expect(run.summary.text == sentence)
    let other = Samples.queued(.editProduct(ProductPatch(product: Samples.ring.id, stock: .set(1))))
    let isMine = run.take(SendReport(change: other, outcome: .conflict))
    #expect(!isMine)
  }
}
