// SPDX-License-Identifier: GPL-3.0-or-later

/// What narrows a search: a list and the counts beside it take the same.
protocol ProductFilters: Ruled {
  var q: String? { get }
  var category: String? { get }
  var shop: String? { get }
  var minPrice: Int? { get }
  var maxPrice: Int? { get }
  var tag: String? { get }
  var material: String? { get }
}

extension ProductFilters {
  static var filterRules: [Rule<Self>] {
    [
      .text("q", \.q, 1...200), .text("category", \.category, 2...80, .categoryPath),
      .text("shop", \.shop, 3...40, .slug), .number("minPrice", \.minPrice, 0...Money.amountMax),
      .number("maxPrice", \.maxPrice, 0...Money.amountMax), .text("tag", \.tag, 1...60),
      .text("material", \.material, 1...60),
    ]
  }
}

/// What to look for. Without words it lists.
public struct ProductQuery: Codable, Sendable, Equatable, ProductFilters {
  public var q: String?
  public var category: String?
  public var shop: String?
  public var minPrice: Int?
  public var maxPrice: Int?
  public var tag: String?
  public var material: String?
  public var availability: Availability?
  /// The maker's.
  public var country: Country?
  public var sort: ProductSort?
  public var limit: Int?
  public var cursor: String?

  public init(
    q: String? = nil, category: String? = nil, shop: String? = nil, minPrice: Int? = nil, maxPrice: Int? = nil,
    tag: String? = nil, material: String? = nil, availability: Availability? = nil, country: Country? = nil,
    sort: ProductSort? = nil, limit: Int? = nil, cursor: String? = nil
  ) {
    self.q = q
    self.category = category
    self.shop = shop
    self.minPrice = minPrice
    self.maxPrice = maxPrice
    self.tag = tag
    self.material = material
    self.availability = availability
    self.country = country
    self.sort = sort
    self.limit = limit
    self.cursor = cursor
  }

  public static let rules: [Rule<ProductQuery>] =
    filterRules + [
      .number("limit", \.limit, PageLimit.allowed), .text("cursor", \.cursor, 1...cursorLengthMax, .code),
    ]

  /// A cursor holds the words that took the place of those typed: 200 letters of four bytes, in base 64.
  public static let cursorLengthMax = 1536
}

/// The order of a result. Relevance, best matches first, needs words; without them it means newest.
public enum ProductSort: String, WireEnum {
  case relevance, newest
  case priceUp = "price_up"
  case priceDown = "price_down"
}

/// A page of what was found.
public struct FoundProducts: Codable, Sendable, Equatable {
  public var items: [ProductCard]
  /// What was searched for, where nothing has the words that were asked for.
  public var corrected: String?
  public var nextCursor: String?

  public init(items: [ProductCard], corrected: String? = nil, nextCursor: String? = nil) {
    self.items = items
    self.corrected = corrected
    self.nextCursor = nextCursor
  }
}
