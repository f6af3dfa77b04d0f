// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// How a seller is told what waits for a moderator, and what was sent back.
enum ReviewWords {
  /// Of a product, in one line; nil when there is nothing to say.
  static func note(_ product: Product) -> Span? {
    if let reason = product.statusReason { return Span("✗ Sent back: \(oneLine(reason))", .bad) }
    switch product.proposal?.status {
    case .waiting: return Span("◔ New words wait for a moderator; buyers see the old ones.", .info)
    case .rejected: return Span("✗ New words were sent back: \(oneLine(product.proposal?.reason ?? ""))", .bad)
    case nil: break
    }
    return product.status == .inReview ? Span("◔ It waits for a moderator, then it is on sale.", .info) : nil
  }

  /// What to say after a change that does not hold at once; nil when all of it does.
  static func outcome(of change: Change, _ product: Product?) -> String? {
    guard let product else { return nil }
    switch change {
    case .editProduct(let patch):
      if patch.status.newValue == .active, product.status == .inReview {
        return "\(product.title) waits for a moderator, then it is on sale."
      }
      if product.proposal?.status == .waiting, !ProductWords(patch).isEmpty {
        let isAlone = patch.priceAmount == .keep && patch.stock == .keep
        return "The new words wait for a moderator\(isAlone ? "." : "; price and stock hold already.")"
      }
      return nil
    case .createProduct:
      return product.status == .inReview ? "\(product.title) waits for a moderator, then it is on sale." : nil
    case .archiveProduct: return nil
    case .restoreProduct:
      return product.status == .inReview ? "\(product.title) is back, and waits for a moderator." : nil
    }
  }

  /// Of a shop, for its members; an open one says nothing unless its changes are looked at.
  static func standing(_ standing: ShopStanding) -> [Span] {
    let words: String? =
      switch standing.status {
      case .draft: "submit it when it is ready"
      case .submitted: "waits for a moderator"
      case .approved: standing.trust == .new ? "new words are looked at before buyers see them" : nil
      case .rejected, .suspended: standing.reason.map(oneLine)
      case .dormant: "left out of lists until something is done in it"
      }
    return [Words.status(standing.status)] + (words.map { [Span("  \($0)", .muted)] } ?? [])
  }

  static func oneLine(_ text: String) -> String {
    SafeText.sanitised(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
