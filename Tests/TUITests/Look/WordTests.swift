// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

@Suite struct WordTests {
  @Test(arguments: [
    (Money(4500, .eur), "45.00 €"), (Money(123_456_789, .eur), "1,234,567.89 €"), (Money(28_400, .jpy), "28,400 ¥"),
    (Money(5, .usd), "0.05 $"), (Money(-123_456, .gbp), "-1,234.56 £"), (Money(100_000, .eur), "1,000.00 €"),
  ]) func `money has its currency's decimals`(money: Money, wanted: String) {
    #expect(Words.money(money) == wanted)
  }

  @Test(arguments: [
    (0, "just now"), (59, "59 s old"), (60, "1 min old"), (3599, "59 min old"), (7200, "2 h old"),
    (259_200, "3 days old"),
  ]) func `ages are told in the coarsest true words`(seconds: Int64, wanted: String) {
    #expect(Words.age(seconds) == wanted)
  }

  @Test func `a table is cut to the width where it may be, and never beyond it`() {
    let table = TextTable(
      [.init("PRODUCT", isFlexible: true), .init("PRICE", .trailing)],
      rows: [["A bracelet with a long name", "45.00 EUR"], ["海鷗", "9.00 EUR"]])
    #expect(
      table.lines(width: 24) == [
        "PRODUCT            PRICE", "A bracelet w…  45.00 EUR", "海鷗            9.00 EUR",
      ])
    #expect(table.lines(width: nil)[1] == "A bracelet with a long name  45.00 EUR")
    #expect(TextTable([.init("A")]).lines(width: 10).isEmpty)
  }

  @Test func `a form's values make the patch of what differs`() {
    var values = ProductForm.values(Samples.bracelet)
    #expect(ProductForm.patch(values, of: Samples.bracelet) == ProductPatch(product: Samples.bracelet.id))
    values["price_amount"] = "48"
    values["tags"] = " sea ,  new one,"
    #expect(
      ProductForm.patch(values, of: Samples.bracelet)
        == ProductPatch(product: Samples.bracelet.id, priceAmount: .set(4800), tags: .set(["sea", "new one"])))
  }
}
