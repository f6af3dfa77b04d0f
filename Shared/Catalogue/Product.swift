// SPDX-License-Identifier: GPL-3.0-or-later

/// Something that a shop makes and sells.
public struct Product: Codable, Sendable, Equatable, Identified {
  public typealias ID = Identifier<Product>
  public static let idPrefix = "prd"

  public var id: ID
  public var shop: ShopReference
  public var sku: String
  public var title: String
  /// Markdown.
  public var description: String
  public var price: Money
  public var stock: Int
  public var category: String
  public var tags: [String]
  public var materials: [String]
  public var status: ProductStatus
  /// Of an archived product: where it stood before, and where restoring brings it back to.
  public var archivedFrom: ProductStatus?
  /// Of a rejected product: why.
  public var statusReason: String?
  public var photo: Photo?
  public var version: Int
  public var createdAt: Timestamp
  public var updatedAt: Timestamp
  /// New words that wait for a moderator, or were sent back; told to the shop's members where they list or change their
  /// products. What anybody reads never has it.
  public var proposal: ProposalNote?

  public init(
    id: ID, shop: ShopReference, sku: String, title: String, description: String, price: Money, stock: Int,
    category: String, tags: [String], materials: [String], status: ProductStatus, archivedFrom: ProductStatus? = nil,
    statusReason: String? = nil, photo: Photo?, version: Int, createdAt: Timestamp, updatedAt: Timestamp,
    proposal: ProposalNote? = nil
  ) {
    self.id = id
    self.shop = shop
    self.sku = sku
    self.title = title
    self.description = description
    self.price = price
    self.stock = stock
    self.category = category
    self.tags = tags
    self.materials = materials
    self.status = status
    self.archivedFrom = archivedFrom
    self.statusReason = statusReason
    self.photo = photo
    self.version = version
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.proposal = proposal
  }

  static let example = Product(
    id: .example, shop: .example, sku: "SS-014", title: "Wave bracelet",
    description: "A forged bracelet with the line of a **breaking wave**.", price: Money(4500, .eur), stock: 7,
    category: "jewellery/bracelets", tags: ["sea", "forged"], materials: ["sterling silver"], status: .active,
    photo: .example, version: 3, createdAt: .example, updatedAt: .example)
}

/// How much is left, in words.
public enum Availability: String, WireEnum {
  case inStock = "in_stock"
  case low
  case soldOut = "sold_out"

  public init(stock: Int) {
    self = stock <= 0 ? .soldOut : stock <= 3 ? .low : .inStock
  }
}

/// What a list shows of a product.
public struct ProductCard: Codable, Sendable, Equatable {
  public var id: Product.ID
  public var title: String
  public var shop: ShopReference
  public var price: Money
  public var availability: Availability
  public var category: String
  public var tags: [String]
  public var photo: Photo?
  public var updatedAt: Timestamp

  public init(
    id: Product.ID, title: String, shop: ShopReference, price: Money, availability: Availability, category: String,
    tags: [String], photo: Photo?, updatedAt: Timestamp
  ) {
    self.id = id
    self.title = title
    self.shop = shop
    self.price = price
    self.availability = availability
    self.category = category
    self.tags = tags
    self.photo = photo
    self.updatedAt = updatedAt
  }

  public init(_ product: Product) {
    self.init(
      id: product.id, title: product.title, shop: product.shop, price: product.price,
      availability: Availability(stock: product.stock), category: product.category, tags: product.tags,
      photo: product.photo, updatedAt: product.updatedAt)
  }

  static let example = ProductCard(.example)
}
