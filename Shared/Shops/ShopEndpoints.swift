// SPDX-License-Identifier: GPL-3.0-or-later

/// Finding, opening and editing shops.
public enum Shops {
  public static let list = Endpoint<ShopQuery, Page<Shop>>(
    "shops.list", .get, "/shops", for: .anyone, "List shops by name",
    traits: Traits(caching: .shared(seconds: 30)), refusals: [.invalidCursor],
    example: Example(ShopQuery(limit: 2), gives: Page(items: [.example])))

  public static let show = Endpoint<ShopAddress, Shop>(
    "shops.show", .get, "/shops/{slug}", for: .anyone, "Show a shop",
    traits: Traits(caching: .shared(seconds: 30)), refusals: [.notFound],
    example: Example(ShopAddress(slug: "salt-and-silver"), gives: .example))

  public static let storefront = Endpoint<StorefrontQuery, Storefront>(
    "shops.storefront", .get, "/shops/{slug}/storefront", for: .anyone,
    "Show a shop with what it has for sale, and the address of its page",
    traits: Traits(caching: .shared(seconds: 30)), refusals: [.notFound, .invalidCursor],
    example: Example(StorefrontQuery(slug: "salt-and-silver"), gives: .example))

  public static let open = Endpoint<ShopDraft, Shop>(
    "shops.open", .post, "/shops", for: .signedIn, "Open a shop, as a draft; the caller becomes its owner",
    traits: Traits(status: 201, idempotency: .accepted, limit: .write), refusals: [.slugTaken],
    example: Example(
      ShopDraft(
        slug: "salt-and-silver", name: "Salt & Silver", tagline: "Silver from the Atlantic coast",
        story: "A two-bench workshop above the harbour.", city: "Porto", country: .example, currency: .eur),
      gives: .draftExample))

  public static let edit = Endpoint<ShopPatch, Shop>(
    "shops.edit", .patch, "/shops/{slug}", for: .member(.staff), "Change what a shop says of itself; for its members",
    traits: Traits(requiresMatch: true, idempotency: .accepted, limit: .write, keys: .shopWrite),
    refusals: [.notFound],
    example: Example(
      ShopPatch(slug: "salt-and-silver", tagline: .set("Silver from the Atlantic coast")), gives: .example))

  public static let standing = Endpoint<ShopAddress, ShopStanding>(
    "shops.standing", .get, "/shops/{slug}/standing", for: .member(.staff),
    "How a shop stands with the market, and why; for its members",
    traits: Traits(caching: .personal, keys: .catalogueRead), refusals: [.notFound],
    example: Example(ShopAddress(slug: "salt-and-silver"), gives: .example))

  public static let submit = Endpoint<ShopAddress, ShopStanding>(
    "shops.submit", .post, "/shops/{slug}/submit", for: .member(.owner),
    "Have a moderator look at a shop, so that it may open; for its owners",
    traits: Traits(requiresMatch: true, idempotency: .accepted, limit: .write, body: .none),
    refusals: [.notFound, .wrongState],
    example: Example(ShopAddress(slug: "salt-and-silver"), gives: .example))

  public static let withdraw = Endpoint<ShopAddress, ShopStanding>(
    "shops.withdraw", .post, "/shops/{slug}/withdraw", for: .member(.owner),
    "Take a submitted shop back, to work on it; for its owners",
    traits: Traits(requiresMatch: true, idempotency: .accepted, limit: .write, body: .none),
    refusals: [.notFound, .wrongState],
    example: Example(
      ShopAddress(slug: "salt-and-silver"),
      gives: ShopStanding(shop: .example, status: .draft, trust: .new, version: 3)))
}

public struct ShopQuery: Codable, Sendable, Equatable, Ruled {
  public var limit: Int?
  public var cursor: String?
  public init(limit: Int? = nil, cursor: String? = nil) {
    self.limit = limit
    self.cursor = cursor
  }
  public static let rules: [Rule<ShopQuery>] = [
    .number("limit", \.limit, PageLimit.allowed), .text("cursor", \.cursor, 1...512, .code),
  ]
}

public struct ShopAddress: Codable, Sendable, Equatable, Ruled {
  public var slug: String
  public init(slug: String) { self.slug = slug }
  public static let rules: [Rule<ShopAddress>] = [.text("slug", \.slug, 3...40, .slug)]
}
