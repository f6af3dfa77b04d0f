// SPDX-License-Identifier: GPL-3.0-or-later

/// A shop as its visitors see it: what it says of itself and what it has for sale, newest first.
public struct Storefront: Codable, Sendable, Equatable {
  public var shop: Shop
  public var products: Page<ProductCard>
  /// Its page for browsers, to be passed on.
  public var url: String

  public init(shop: Shop, products: Page<ProductCard>, url: String) {
    self.shop = shop
    self.products = products
    self.url = url
  }

  static let example = Storefront(
    shop: .example, products: Page(items: [.example]), url: "https://souk.example/s/salt-and-silver")
}

public struct StorefrontQuery: Codable, Sendable, Equatable, Ruled {
  public var slug: String
  public var limit: Int?
  public var cursor: String?

  public init(slug: String, limit: Int? = nil, cursor: String? = nil) {
    self.slug = slug
    self.limit = limit
    self.cursor = cursor
  }

  public static let rules: [Rule<StorefrontQuery>] = [
    .text("slug", \.slug, 3...40, .slug), .number("limit", \.limit, PageLimit.allowed),
    .text("cursor", \.cursor, 1...512, .code),
  ]
}
