// SPDX-License-Identifier: GPL-3.0-or-later

/// A maker's shop.
public struct Shop: Codable, Sendable, Equatable, Identified {
  public typealias ID = Identifier<Shop>
  public static let idPrefix = "shp"

  public var id: ID
  public var slug: String
  public var name: String
  public var tagline: String
  public var story: String
  public var city: String
  public var country: Country
  public var currency: Currency
  /// Others than its members and moderators see approved and dormant shops only.
  public var status: ShopStatus
  public var productCount: Int
  public var version: Int
  public var createdAt: Timestamp

  public init(
    id: ID, slug: String, name: String, tagline: String, story: String, city: String, country: Country,
    currency: Currency, status: ShopStatus, productCount: Int, version: Int, createdAt: Timestamp
  ) {
    self.id = id
    self.slug = slug
    self.name = name
    self.tagline = tagline
    self.story = story
    self.city = city
    self.country = country
    self.currency = currency
    self.status = status
    self.productCount = productCount
    self.version = version
    self.createdAt = createdAt
  }

  static let example = Shop(
    id: .example, slug: "salt-and-silver", name: "Salt & Silver", tagline: "Silver from the Atlantic coast",
    story: "A two-bench workshop above the harbour.", city: "Porto", country: .example, currency: .eur,
    status: .approved, productCount: 12, version: 1, createdAt: .example)
}

extension Shop {
  /// The example before it was submitted.
  static var draftExample: Shop {
    var shop = Shop.example
    (shop.status, shop.productCount) = (.draft, 0)
    return shop
  }
}

/// What a card says of a shop.
public struct ShopReference: Codable, Sendable, Equatable {
  public var slug: String
  public var name: String
  public init(slug: String, name: String) {
    self.slug = slug
    self.name = name
  }
  static let example = ShopReference(slug: "salt-and-silver", name: "Salt & Silver")
}

/// What a maker says of a shop, in a draft and in a patch: the same fields under the same rules.
protocol ShopWords: Sendable {
  associatedtype Text: InputField where Text.Content == String
  var name: Text { get }
  var tagline: Text { get }
  var story: Text { get }
  var city: Text { get }
}

extension ShopWords {
  static var wordRules: [Rule<Self>] {
    [
      .text("name", \.name, 2...60), .text("tagline", \.tagline, 0...120), .text("story", \.story, 0...4000, .prose),
      .text("city", \.city, 1...80),
    ]
  }
}

/// A new shop, as its maker describes it.
public struct ShopDraft: Codable, Sendable, Equatable, Ruled, ShopWords {
  public var slug: String
  public var name: String
  public var tagline: String
  public var story: String
  public var city: String
  public var country: Country
  public var currency: Currency

  public init(
    slug: String, name: String, tagline: String, story: String, city: String, country: Country, currency: Currency
  ) {
    self.slug = slug
    self.name = name
    self.tagline = tagline
    self.story = story
    self.city = city
    self.country = country
    self.currency = currency
  }

  public static let rules: [Rule<ShopDraft>] = [.text("slug", \.slug, 3...40, .slug)] + wordRules
}

/// What a maker may change of a shop. Its address and currency stay.
public struct ShopPatch: Codable, Sendable, Equatable, Ruled, ShopWords {
  public var slug: String
  public var name: Patch<String>
  public var tagline: Patch<String>
  public var story: Patch<String>
  public var city: Patch<String>

  public init(
    slug: String, name: Patch<String> = .keep, tagline: Patch<String> = .keep, story: Patch<String> = .keep,
    city: Patch<String> = .keep
  ) {
    self.slug = slug
    self.name = name
    self.tagline = tagline
    self.story = story
    self.city = city
  }

  public static let rules: [Rule<ShopPatch>] = [.text("slug", \.slug, 3...40, .slug)] + wordRules

  /// The shop with the changes in it.
  public func applied(to shop: Shop) -> Shop {
    var shop = shop
    shop.name = name.newValue ?? shop.name
    shop.tagline = tagline.newValue ?? shop.tagline
    shop.story = story.newValue ?? shop.story
    shop.city = city.newValue ?? shop.city
    return shop
  }
}
