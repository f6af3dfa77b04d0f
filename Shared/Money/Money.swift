// SPDX-License-Identifier: GPL-3.0-or-later

/// An amount in whole minor units of one currency. There is no floating point in money.
public struct Money: Codable, Sendable, Hashable {
  public var amount: Int
  public var currency: Currency

  public init(_ amount: Int, _ currency: Currency) {
    self.amount = amount
    self.currency = currency
  }

  /// The largest amount that anything may cost: sums of millions of them stay within an integer.
  public static let amountMax = 1_000_000_000_000
}

extension Money: Ruled {
  public static var rules: [Rule<Money>] { [.number("amount", \.amount, 0...amountMax)] }
}

extension Money: CustomStringConvertible {
  /// Plain and unambiguous: `45.00 EUR`, `4500 JPY`.
  public var description: String { "\(decimalText) \(currency)" }

  /// The amount with its decimals, without the currency.
  public var decimalText: String {
    guard currency.decimals > 0 else { return String(amount) }
    let digits = String(amount.magnitude)
    let padded = String(repeating: "0", count: max(0, currency.decimals + 1 - digits.count)) + digits
    return (amount < 0 ? "-" : "") + padded.dropLast(currency.decimals) + "." + padded.suffix(currency.decimals)
  }

  /// From what a person types: `45`, `45.5`, `45,50`. Nil when it is no amount of the currency.
  public init?(typed text: String, _ currency: Currency) {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    guard (1...2).contains(parts.count), let whole = Money.digits(parts[0]) else { return nil }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard fraction.count <= currency.decimals, parts.count == 1 || !fraction.isEmpty else { return nil }
    let padded = fraction + String(repeating: "0", count: currency.decimals - fraction.count)
    guard let minor = padded.isEmpty ? 0 : Money.digits(padded[...]) else { return nil }
    let scale = (0..<currency.decimals).reduce(1) { scale, _ in scale * 10 }
    let (product, overflow) = whole.multipliedReportingOverflow(by: scale)
    guard !overflow, product <= Money.amountMax - minor else { return nil }
    self.init(product + minor, currency)
  }

  private static func digits(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.count <= 15, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }
}
