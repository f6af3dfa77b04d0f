// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import TestSupport
import Testing

@testable import souk

@Suite final class ShelfFileTests {
  private let directory = ScratchDirectory()
  private func shelf() throws -> ShelfFile { try ShelfFile(path: directory.path + "/s.shelf") }
  private func at(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: seconds * 1_000_000) }

  @Test func `a wish is there once, the newest first, also for the next process`() throws {
    let shelf = try shelf()
    for (card, second) in zip(Samples.cards, [Int64(5), 9, 7]) { #expect(try shelf.add(card, at: at(second))) }
    #expect(try shelf.add(Samples.cards[0], note: "size M", at: at(99)))
    let wishes = try self.shelf().wishes()
    #expect(wishes.map(\.product) == [Samples.ring.id, Samples.cuff.id, Samples.bracelet.id])
    #expect(wishes[2].note == "size M" && wishes[2].addedAt == at(5) && wishes[2].changes.isEmpty)
    try shelf.remove(Samples.ring.id)
    #expect(try shelf.wishes().count == 2)
  }

  @Test func `it says what has changed since, as far as it has seen`() throws {
    let shelf = try shelf()
    _ = try shelf.add(Samples.cards[0], at: at(1))
    var cheaper = Samples.cards[0]
    cheaper.price = Money(4000, .eur)
    try shelf.update(cheaper.id, to: cheaper)
    #expect(try shelf.wishes()[0].changes == [.priceLower])
    #expect(try shelf.wishes()[0].card == cheaper)
    try shelf.update(cheaper.id, to: nil)
    #expect(try shelf.wishes()[0].changes == [.gone])
  }

  @Test func `the list has an end`() throws {
    let shelf = try shelf()
    for number in 1...Wishlist.itemsMax {
      #expect(try shelf.add(ProductCard(Samples.product(number, "P")), at: at(Int64(number))))
    }
    #expect(try !shelf.add(ProductCard(Samples.product(Wishlist.itemsMax + 1, "P")), at: at(1)))
    #expect(try shelf.add(ProductCard(Samples.product(1, "P")), note: "still", at: at(1)))
  }

  @Test func `looks are the newest two hundred, and what was reported is forgotten`() throws {
    let shelf = try shelf()
    for number in 1...(ProductView.countMax + 3) {
      try shelf.look(at: ProductCard(Samples.product(number, "P")), at(Int64(number)))
    }
    let looks = try shelf.looks()
    #expect(looks.count == ProductView.countMax && looks[0].card.id == Samples.id(ProductView.countMax + 3))
    let reported = looks.prefix(2).map { ProductView(product: $0.card.id, seenAt: $0.seenAt) }
    // Looked at again while the report was on its way.
    try shelf.look(at: looks[1].card, at(9999))
    try shelf.forget(reported)
    #expect(try shelf.looks().count == ProductView.countMax - 1)
    #expect(try shelf.looks()[0].card == looks[1].card)
    try shelf.forgetLooks()
    #expect(try shelf.looks().isEmpty)
  }
}
