// SPDX-License-Identifier: GPL-3.0-or-later

/// Several products side by side, attribute by attribute.
public struct Comparison: Codable, Sendable, Equatable {
  public static let countAllowed = 2...6

  /// In the order that was asked for.
  public var items: [ProductCard]
  public var rows: [ComparisonRow]

  public init(items: [ProductCard], rows: [ComparisonRow]) {
    self.items = items
    self.rows = rows
  }

  /// Lines products up.
  public init(_ products: [Product]) {
    items = products.map { ProductCard($0) }
    rows = ComparedAttribute.allCases.map { ComparisonRow($0, products) }
  }

  static let example = Comparison([.example, otherExample])
  private static let otherExample: Product = {
    var other = Product.example
    other.title = "Harbour bracelet"
    other.price = Money(6200, .eur)
    other.stock = 2
    return other
  }()
}

/// What products are compared by, in the order in which it is shown.
public enum ComparedAttribute: String, WireEnum {
  case price, availability, shop, category, materials, tags
}

/// One attribute of all the products.
public struct ComparisonRow: Codable, Sendable, Equatable {
  public var attribute: ComparedAttribute
  /// What each has: nothing, one text, or several in their order. Prices are as `45.00 EUR`.
  public var values: [[String]]
  /// Whether not all have the same.
  public var isDifferent: Bool
  /// Of prices: the places of those that cost least. Empty while currencies differ, where less is not cheaper, and when
  /// all cost the same.
  public var lowest: [Int]

  public init(attribute: ComparedAttribute, values: [[String]], isDifferent: Bool, lowest: [Int] = []) {
    self.attribute = attribute
    self.values = values
    self.isDifferent = isDifferent
    self.lowest = lowest
  }

  init(_ attribute: ComparedAttribute, _ products: [Product]) {
    self.attribute = attribute
    values = products.map { ComparisonRow.value(of: attribute, $0) }
    lowest = attribute == .price ? ComparisonRow.lowest(products.map(\.price)) : []
    // In which order somebody wrote materials and tags says nothing.
    isDifferent = Set(values.map { Set($0) }).count > 1
  }

  private static func value(of attribute: ComparedAttribute, _ product: Product) -> [String] {
    switch attribute {
    case .price: [product.price.description]
    case .availability:
      [(product.status.isOnSale ? Availability(stock: product.stock) : .soldOut).rawValue]
    case .shop: [product.shop.name]
    case .category: [product.category]
    case .materials: product.materials
    case .tags: product.tags
    }
  }

  private static func lowest(_ prices: [Money]) -> [Int] {
    guard Set(prices.map(\.currency)).count == 1, Set(prices).count > 1, let least = prices.map(\.amount).min() else {
      return []
    }
    return prices.indices.filter { prices[$0].amount == least }
  }
}

/// From two to six products by their ids, joined by commas: one text, because a query has no lists.
public struct ProductChoice: WireValue, Equatable {
  public var ids: [Product.ID]

  /// Nil when there are too few or too many, or one twice.
  public init?(_ ids: [Product.ID]) {
    guard Comparison.countAllowed.contains(ids.count), Set(ids).count == ids.count else { return nil }
    self.ids = ids
  }

  public static var schema: Schema {
    let id = "prd_[0-9a-z]{\(Product.ID.bodyLength)}"
    let more = Comparison.countAllowed
    return .string(.init(pattern: "^\(id)(,\(id)){\(more.lowerBound - 1),\(more.upperBound - 1)}$"))
  }

  public static var example: ProductChoice {
    guard let choice = ProductChoice([.example, Product.ID(body: "1123456789abcdef")]) else {
      preconditionFailure("two different ids are a choice")
    }
    return choice
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let texts = try container.decode(String.self).split(separator: ",", omittingEmptySubsequences: false)
    let ids = texts.compactMap { Product.ID(String($0)) }
    guard ids.count == texts.count, let choice = ProductChoice(ids) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "Name from two to six different products by their ids, joined by commas.")
    }
    self = choice
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(ids.map(\.text).joined(separator: ","))
  }
}

public struct ComparisonQuery: Codable, Sendable, Equatable {
  public var ids: ProductChoice
  public init(ids: ProductChoice) { self.ids = ids }
}

/// Some of the products that were named are not there, or not for everybody to see.
public struct UnknownProducts: Refusal {
  public var ids: [Product.ID]
  public init(_ ids: [Product.ID]) { self.ids = ids }
  public var problem: ProblemCode { .notFound }
  public var errors: [FieldError] {
    ids.map { FieldError("/ids", "unknown", "There is no product \($0) that everybody may see.") }
  }
}
