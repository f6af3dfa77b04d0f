// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import SearchIndex
import Testing

@testable import soukd

/// What is decided without a database.
struct SearchPartsTests {
  @Test(arguments: [
    (0, "0-999"), (999, "0-999"), (1000, "1000-2499"), (2499, "1000-2499"), (49_999, "20000-49999"),
    (50_000, "50000-"), (Money.amountMax, "50000-"),
  ])
  func `a price is in one band`(price: Int, band: String) { #expect(PriceBand.name(of: price) == band) }

  @Test func `a category is found by those above it`() {
    #expect(CategoryPath.andAncestors("a/b/c") == ["a", "a/b", "a/b/c"])
    #expect(CategoryPath.andAncestors("a") == ["a"])
  }

  @Test(arguments: [
    ("A ring of silver with a wave", "en"), ("Ein Ring aus Silber mit einer Welle und dem Meer", "de"),
    ("Une bague en argent avec les vagues", "fr"), ("Un anillo de plata con las olas del mar", "es"),
    ("Ring", "en"), ("", "en"), ("指輪", "en"),
  ])
  func `the language of a text is guessed`(text: String, language: String) {
    #expect(TextLanguage.guess(text) == language)
  }

  @Test func `a position says where it is`() {
    let place = SearchPosition(epoch: "abc", transaction: 42)
    #expect(SearchPosition(bytes: place.bytes) == place)
    for text in ["", "abc", "abc:", "abc:x", "abc:1:2"] { #expect(SearchPosition(bytes: Array(text.utf8)) == nil) }
  }

  private func row(_ transaction: Int64?, horizon: Int64 = 50) -> SearchFeed.Row {
    SearchFeed.Row(
      epoch: "e", horizon: horizon, cut: 0, transaction: transaction, number: transaction, product: "p", shop: nil,
      age: 3)
  }

  @Test func `the feed moves up to the oldest open transaction, and not back`() {
    let place = SearchPosition(epoch: "e", transaction: 10)
    let empty = SearchFeed.batch([row(nil)], from: place)
    #expect(empty.next.transaction == 50 && empty.isEnd && empty.changes.isEmpty)
    let some = SearchFeed.batch([row(20), row(60)], from: place)
    #expect(some.next.transaction == 50 && some.changes.count == 2 && some.products == ["p"])
    #expect(SearchFeed.batch([row(20, horizon: 5)], from: place).next.transaction == 10)
    let many = SearchFeed.batch((0..<SearchFeed.batchMax).map { row(Int64($0 / 100)) }, from: place)
    #expect(!many.isEnd && many.next.transaction == 19)
  }
}
