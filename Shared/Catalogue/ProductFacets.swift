// SPDX-License-Identifier: GPL-3.0-or-later

/// What to count: the filters of a search, without order and pages.
public struct ProductFacetQuery: Codable, Sendable, Equatable, ProductFilters {
  public var q: String?
  public var category: String?
  public var shop: String?
  public var minPrice: Int?
  public var maxPrice: Int?
  public var tag: String?
  public var material: String?
  public var availability: Availability?
  public var country: Country?

  public init(
    q: String? = nil, category: String? = nil, shop: String? = nil, minPrice: Int? = nil, maxPrice: Int? = nil,
    tag: String? = nil, material: String? = nil, availability: Availability? = nil, country: Country? = nil
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
  }

  public static let rules: [Rule<ProductFacetQuery>] = filterRules

  /// The search whose matches are counted.
  public var search: ProductQuery {
    ProductQuery(
      q: q, category: category, shop: shop, minPrice: minPrice, maxPrice: maxPrice, tag: tag, material: material,
      availability: availability, country: country)
  }
}

/// By what products are counted. Values are what the filter of the same name takes; price bands are said as `1000-2499`, in
/// minor units, the last one as `50000-`.
public enum FacetAxis: String, WireEnum {
  case category, tag, material
  case priceBand = "price_band"
  case country, availability
}

/// How many products match, and how many of them have each value.
public struct ProductFacets: Codable, Sendable, Equatable {
  public var total: FacetTotal
  /// What was searched for, where nothing has the words that were asked for.
  public var corrected: String?
  public var facets: [ProductFacet]

  public init(total: FacetTotal, corrected: String? = nil, facets: [ProductFacet]) {
    self.total = total
    self.corrected = corrected
    self.facets = facets
  }

  static let example = ProductFacets(
    total: FacetTotal(count: 12, isExact: true),
    facets: [
      ProductFacet(
        axis: .category, isExact: true,
        values: [FacetValue(value: "jewellery", count: 12), FacetValue(value: "jewellery/rings", count: 5)])
    ])
}

/// A count; above ten thousand it is an estimate, and says so.
public struct FacetTotal: Codable, Sendable, Equatable {
  public var count: Int
  public var isExact: Bool

  public init(count: Int, isExact: Bool) {
    self.count = count
    self.isExact = isExact
  }
}

/// The commonest values of an axis. One that is filtered by is counted as if it were not: what else there is to choose.
public struct ProductFacet: Codable, Sendable, Equatable {
  public var axis: FacetAxis
  public var isExact: Bool
  public var values: [FacetValue]

  public init(axis: FacetAxis, isExact: Bool, values: [FacetValue]) {
    self.axis = axis
    self.isExact = isExact
    self.values = values
  }
}

public struct FacetValue: Codable, Sendable, Equatable {
  public var value: String
  public var count: Int

  public init(value: String, count: Int) {
    self.value = value
    self.count = count
  }
}

/// The beginning of words.
public struct ProductCompletionQuery: Codable, Sendable, Equatable, Ruled {
  public var q: String
  public var limit: Int?

  public init(q: String, limit: Int? = nil) {
    self.q = q
    self.limit = limit
  }

  public static let limitStandard = 8
  public static let rules: [Rule<ProductCompletionQuery>] = [
    .text("q", \.q, 1...80), .number("limit", \.limit, 1...20),
  ]
}

/// Words that products for sale have.
public struct ProductCompletion: Codable, Sendable, Equatable {
  public var text: String
  public init(text: String) { self.text = text }
}
