// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// What has changed since, in words.
enum WishWords {
  static func plain(_ change: WishChange, _ wish: Wish) -> String {
    switch change {
    case .priceLower: "cheaper, was \(Words.money(wish.priceThen))"
    case .priceHigher: "dearer, was \(Words.money(wish.priceThen))"
    case .soldOut: "sold out since"
    case .backInStock: "there again"
    case .gone: "not for sale any more"
    }
  }

  static func changes(_ wish: Wish) -> String { wish.changes.map { plain($0, wish) }.joined(separator: ", ") }

  static func span(_ wish: Wish) -> Span {
    let text = changes(wish)
    let isGood = wish.changes.contains(.priceLower) || wish.changes.contains(.backInStock)
    return Span(text, wish.changes.contains(.gone) ? .muted : isGood ? .ok : .warn)
  }

  static func attribute(_ attribute: ComparedAttribute) -> String {
    switch attribute {
    case .price: "Price"
    case .availability: "Left"
    case .shop: "Shop"
    case .category: "Category"
    case .materials: "Made of"
    case .tags: "Tags"
    }
  }

  /// What a product has of an attribute, for people.
  static func value(_ row: ComparisonRow, _ index: Int) -> String {
    let values = row.values[index]
    switch row.attribute {
    case .availability:
      return values.compactMap { Availability(rawValue: $0).map { Words.plain($0) } }.joined()
    case .category: return values.map { Words.category($0) }.joined()
    case .tags: return values.map { "#\($0)" }.joined(separator: " ")
    case .price: return values.joined() + (row.lowest.contains(index) ? ", the lowest" : "")
    case .shop, .materials: return values.joined(separator: ", ")
    }
  }
}
