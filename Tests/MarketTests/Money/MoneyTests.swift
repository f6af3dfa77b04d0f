// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Testing

struct MoneyTests {
  /// One currency of each number of decimals.
  static let currencies = ["JPY", "EUR", "KWD"]

  @Test(arguments: currencies) func `an amount that was printed reads back as itself`(code: String) throws {
    let currency = try #require(Currency(code))
    for _ in 0..<2000 {
      let amount = Int.random(in: 0...Money.amountMax) >> Int.random(in: 0...40)
      let money = Money(amount, currency)
      #expect(Money(typed: money.decimalText, currency) == money)
      #expect(Money(typed: money.decimalText.replacing(".", with: ","), currency) == money)
    }
  }

  @Test(arguments: [
    ("45", "EUR", 4500), ("45.5", "EUR", 4550), ("45,50", "EUR", 4550), ("0", "EUR", 0), ("0.01", "EUR", 1),
    ("007.10", "EUR", 710), ("4500", "JPY", 4500), ("1.234", "KWD", 1234), ("1,2", "KWD", 1200),
    ("10000000000.00", "EUR", 1_000_000_000_000),
  ]) func `what people type is understood`(text: String, code: String, amount: Int) throws {
    let currency = try #require(Currency(code))
    #expect(Money(typed: text, currency)?.amount == amount)
  }

  @Test(arguments: [
    ("", "EUR"), (".", "EUR"), ("45.", "EUR"), (".5", "EUR"), ("-1", "EUR"), ("+1", "EUR"), (" 1", "EUR"),
    ("1 000", "EUR"), ("1.234", "EUR"), ("1,000.00", "EUR"), ("1e3", "EUR"), ("٤٥", "EUR"), ("0x10", "EUR"),
    ("1.0", "JPY"), ("1.2345", "KWD"), ("10000000000.01", "EUR"), ("1000000000000001", "JPY"),
    ("99999999999999999999", "EUR"), ("1.٤", "EUR"),
  ]) func `what is no amount of the currency is refused`(text: String, code: String) throws {
    let currency = try #require(Currency(code))
    #expect(Money(typed: text, currency) == nil)
  }

  @Test(arguments: [
    (4500, "EUR", "45.00 EUR"), (5, "EUR", "0.05 EUR"), (0, "EUR", "0.00 EUR"), (-5, "EUR", "-0.05 EUR"),
    (4500, "JPY", "4500 JPY"), (1, "KWD", "0.001 KWD"), (-12_345, "KWD", "-12.345 KWD"),
    (Int.min, "JPY", "-9223372036854775808 JPY"), (Int.min, "EUR", "-92233720368547758.08 EUR"),
  ]) func `money is printed with its decimals and its code`(amount: Int, code: String, text: String) throws {
    #expect(Money(amount, try #require(Currency(code))).description == text)
  }

  @Test func `every code has three capitals and no more than three decimals`() {
    for code in Currency.codes {
      #expect(code.utf8.count == 3 && code.allSatisfy { $0.isASCII && $0.isUppercase })
      #expect((0...3).contains(Currency(code)?.decimals ?? -1))
    }
    #expect(Currency("eur") == nil)
    #expect(Currency("XXX") == nil)
  }

  @Test(arguments: [(-1, false), (0, true), (Money.amountMax, true), (Money.amountMax + 1, false)])
  func `amounts stay between nothing and the largest`(amount: Int, isFine: Bool) {
    #expect(Money(amount, .eur).faults.isEmpty == isFine)
  }
}
