// SPDX-License-Identifier: GPL-3.0-or-later

/// What a seller says of a product, in a draft and in a patch: the same fields under the same rules.
protocol ProductFacts: Sendable {
  associatedtype Text: InputField where Text.Content == String
  associatedtype Number: InputField where Number.Content == Int
  associatedtype Words: InputField where Words.Content == [String]
  var title: Text { get }
  var description: Text { get }
  var priceAmount: Number { get }
  var stock: Number { get }
  var category: Text { get }
  var tags: Words { get }
  var materials: Words { get }
}

extension ProductFacts {
  static var factRules: [Rule<Self>] {
    [
      .text("title", \.title, 3...120), .text("description", \.description, 0...8000, .prose),
      .number("priceAmount", \.priceAmount, 1...Money.amountMax), .number("stock", \.stock, 0...1_000_000),
      .text("category", \.category, 2...80, .categoryPath), .words("tags", \.tags, count: 0...12, each: 1...30),
      .words("materials", \.materials, count: 0...12, each: 1...60),
    ]
  }
}

/// A new product, as its seller describes it.
public struct ProductDraft: Codable, Sendable, Equatable, Ruled, ProductFacts {
  /// The address of the shop that sells it; the caller must be a member.
  public var shop: String
  public var sku: String
  public var title: String
  public var description: String
  /// In minor units of the shop's currency.
  public var priceAmount: Int
  public var stock: Int
  public var category: String
  public var tags: [String]?
  public var materials: [String]?
  /// Kept back, or put on sale; the market decides whether it is looked at first.
  public var status: SaleWish?

  public init(
    shop: String, sku: String, title: String, description: String, priceAmount: Int, stock: Int, category: String,
    tags: [String]? = nil, materials: [String]? = nil, status: SaleWish? = nil
  ) {
    self.shop = shop
    self.sku = sku
    self.title = title
    self.description = description
    self.priceAmount = priceAmount
    self.stock = stock
    self.category = category
    self.tags = tags
    self.materials = materials
    self.status = status
  }

  public static let rules: [Rule<ProductDraft>] =
    [.text("shop", \.shop, 3...40, .slug), .text("sku", \.sku, 1...40, .code)] + factRules
}

/// What a seller changes of a product; what is absent stays.
public struct ProductPatch: Codable, Sendable, Equatable, Ruled, ProductFacts {
  public var product: Product.ID
  public var title: Patch<String>
  public var description: Patch<String>
  public var priceAmount: Patch<Int>
  public var stock: Patch<Int>
  public var category: Patch<String>
  public var tags: Patch<[String]>
  public var materials: Patch<[String]>
  /// Kept back, or put on sale; the market decides whether it is looked at first.
  public var status: Patch<SaleWish>

  public init(
    product: Product.ID, title: Patch<String> = .keep, description: Patch<String> = .keep,
    priceAmount: Patch<Int> = .keep, stock: Patch<Int> = .keep, category: Patch<String> = .keep,
    tags: Patch<[String]> = .keep, materials: Patch<[String]> = .keep, status: Patch<SaleWish> = .keep
  ) {
    self.product = product
    self.title = title
    self.description = description
    self.priceAmount = priceAmount
    self.stock = stock
    self.category = category
    self.tags = tags
    self.materials = materials
    self.status = status
  }

  public static let rules: [Rule<ProductPatch>] = factRules + [.keeps("status", \.status)]

  /// The product with everything in it that the patch wants, whatever of it may have to wait; a wish that where it
  /// stands rules out changes nothing.
  public func applied(to product: Product) -> Product {
    var product = product
    if let wish = status.newValue { product = (try? product.wishing(wish, ReviewPolicy(.trusted))) ?? product }
    product.price.amount = priceAmount.newValue ?? product.price.amount
    product.stock = stock.newValue ?? product.stock
    return ProductWords(self).applied(to: product.restocked())
  }
}
