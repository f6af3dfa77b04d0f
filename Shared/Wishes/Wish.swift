// SPDX-License-Identifier: GPL-3.0-or-later

/// A product on a wishlist, with what has changed since it was put there.
public struct Wish: Codable, Sendable, Equatable {
  public var product: Product.ID
  /// As it was called then: all that is left of one that is shown to nobody any more.
  public var title: String
  public var addedAt: Timestamp
  public var note: String?
  /// What it cost then.
  public var priceThen: Money
  public var changes: [WishChange]
  /// As it is now; null when its maker shows it to nobody.
  public var card: ProductCard?

  public init(
    product: Product.ID, title: String, addedAt: Timestamp, note: String? = nil, priceThen: Money,
    changes: [WishChange] = [], card: ProductCard? = nil
  ) {
    self.product = product
    self.title = title
    self.addedAt = addedAt
    self.note = note
    self.priceThen = priceThen
    self.changes = changes
    self.card = card
  }

  static let example = Wish(
    product: .example, title: "Wave bracelet", addedAt: .example, note: "For Rita, size M",
    priceThen: Money(5200, .eur), changes: [.priceLower], card: .example)
}

/// What is different from when a product was put on a list.
public enum WishChange: String, WireEnum {
  case priceLower = "price_lower"
  case priceHigher = "price_higher"
  case soldOut = "sold_out"
  case backInStock = "back_in_stock"
  /// It is not for sale any more.
  case gone

  /// What changed between two looks at a product; `now` is nil when it is not for sale. Prices in different currencies
  /// are neither lower nor higher.
  public static func since(_ then: WishLook, now: WishLook?) -> [WishChange] {
    guard let now else { return [.gone] }
    var changes: [WishChange] = []
    if then.price.currency == now.price.currency {
      if now.price.amount < then.price.amount { changes.append(.priceLower) }
      if now.price.amount > then.price.amount { changes.append(.priceHigher) }
    }
    if now.isSoldOut && !then.isSoldOut { changes.append(.soldOut) }
    if !now.isSoldOut && then.isSoldOut { changes.append(.backInStock) }
    return changes
  }
}

/// What of a product is compared with what it was.
public struct WishLook: Sendable, Equatable {
  public var price: Money
  public var isSoldOut: Bool

  public init(price: Money, isSoldOut: Bool) {
    self.price = price
    self.isSoldOut = isSoldOut
  }

  public init(_ card: ProductCard) {
    self.init(price: card.price, isSoldOut: card.availability == .soldOut)
  }
}

/// Puts a product on a list. One that is there already stays where it is; a note replaces the one that it has.
public struct WishDraft: Codable, Sendable, Equatable, Ruled {
  public var product: Product.ID
  /// The default one when it is left out.
  public var wishlist: Wishlist.ID?
  public var note: String?
  /// When it was wished for on a device that nobody was signed in on; now when it is left out or in the future.
  public var addedAt: Timestamp?

  public init(product: Product.ID, wishlist: Wishlist.ID? = nil, note: String? = nil, addedAt: Timestamp? = nil) {
    self.product = product
    self.wishlist = wishlist
    self.note = note
    self.addedAt = addedAt
  }

  public static let rules: [Rule<WishDraft>] = [.text("note", \.note, 1...200)]
}

public struct WishChoice: Codable, Sendable, Equatable {
  public var product: Product.ID
  /// The default one when it is left out.
  public var wishlist: Wishlist.ID?

  public init(product: Product.ID, wishlist: Wishlist.ID? = nil) {
    self.product = product
    self.wishlist = wishlist
  }
}

public struct WishQuery: Codable, Sendable, Equatable, Ruled {
  /// The default one when it is left out.
  public var wishlist: Wishlist.ID?
  public var limit: Int?
  public var cursor: String?

  public init(wishlist: Wishlist.ID? = nil, limit: Int? = nil, cursor: String? = nil) {
    self.wishlist = wishlist
    self.limit = limit
    self.cursor = cursor
  }

  public static let rules: [Rule<WishQuery>] = [
    .number("limit", \.limit, PageLimit.allowed), .text("cursor", \.cursor, 1...512, .code),
  ]
}
