// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// One thing that is done to many products.
enum BulkEdit: Sendable, Equatable {
  case archive
  case restore
  case status(SaleWish)
  /// By hundredths of a percent: 1250 raises prices by 12.5 %.
  case price(hundredths: Int)

  /// What becomes of each product: a change, or the reason why there is none.
  struct Plan: Sendable, Equatable {
    struct Item: Sendable, Equatable {
      var product: Product
      var change: Change
    }
    struct Skipped: Sendable, Equatable {
      var product: Product
      /// What it is: `already active`.
      var reason: String
    }
    var items: [Item] = []
    var skipped: [Skipped] = []
  }

  func plan(_ products: [Product]) -> Plan {
    var plan = Plan()
    for product in products {
      switch change(of: product) {
      case .success(let change): plan.items.append(Plan.Item(product: product, change: change))
      case .failure(let skip): plan.skipped.append(Plan.Skipped(product: product, reason: skip.reason))
      }
    }
    return plan
  }

  private struct Skip: Error { var reason: String }

  private func change(of product: Product) -> Result<Change, Skip> {
    switch self {
    case .archive:
      if product.status == .archived { return .failure(Skip(reason: "already archived")) }
      return .success(.archiveProduct(ProductAddress(product: product.id)))
    case .restore:
      if product.status != .archived { return .failure(Skip(reason: "not archived")) }
      return .success(.restoreProduct(ProductAddress(product: product.id)))
    case .status(let wish):
      if product.status.meets(wish) {
        let place = product.status == .draft ? "a draft" : Words.plain(product.status)
        return .failure(Skip(reason: "already \(place)"))
      }
      if product.status == .archived { return .failure(Skip(reason: "archived")) }
      return .success(.editProduct(ProductPatch(product: product.id, status: .set(wish))))
    case .price(let hundredths):
      guard let amount = BulkEdit.changed(product.price.amount, by: hundredths) else {
        return .failure(Skip(reason: "too dear for that"))
      }
      let patch = ProductPatch(product: product.id, priceAmount: .set(amount))
      if amount == product.price.amount { return .failure(Skip(reason: "too cheap for that to make a difference")) }
      if !patch.faults.isEmpty {
        return .failure(Skip(reason: amount < 1 ? "too cheap for that" : "too dear for that"))
      }
      return .success(.editProduct(patch))
    }
  }

  /// The amount after the change, rounded to the nearest whole unit, halves up. Nil beyond all amounts.
  static func changed(_ amount: Int, by hundredths: Int) -> Int? {
    let (product, isTooMuch) = amount.multipliedReportingOverflow(by: 10_000 + hundredths)
    if isTooMuch { return nil }
    return (product + 5000) / 10_000
  }

  /// Hundredths of a percent from what a person types: `10`, `+12.5`, `-7,25 %`. At most a thousandfold, and not down to
  /// nothing.
  static func hundredths(typed text: String) -> Int? {
    var rest = text.filter { $0 != " " }[...]
    if rest.hasSuffix("%") { rest = rest.dropLast() }
    let isNegative = rest.hasPrefix("-")
    if isNegative || rest.hasPrefix("+") { rest = rest.dropFirst() }
    let parts = rest.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }),
      parts[0].count <= 6, parts.count == 1 || parts[1].count <= 2, let whole = Int(parts[0])
    else { return nil }
    let fraction = parts.count == 1 ? 0 : (Int(parts[1]) ?? 0) * (parts[1].count == 1 ? 10 : 1)
    let value = (whole * 100 + fraction) * (isNegative ? -1 : 1)
    return value > -10_000 && value <= 100_000_00 && value != 0 ? value : nil
  }
}

extension Character {
  var isASCIIDigit: Bool { isASCII && isNumber }
}
