// SPDX-License-Identifier: GPL-3.0-or-later

/// Finding, opening and editing products.
public enum Catalogue {
  public static let search = Endpoint<ProductQuery, FoundProducts>(
    "catalogue.search", .get, "/products", for: .anyone, "Search the products for sale, or list them",
    traits: Traits(caching: .shared(seconds: 15), limit: .search), refusals: [.invalidCursor],
    example: Example(
      ProductQuery(q: "silver bracelet", category: "jewellery", sort: .relevance, limit: 2),
      gives: FoundProducts(items: [.example])))

  public static let facets = Endpoint<ProductFacetQuery, ProductFacets>(
    "catalogue.facets", .get, "/products/facets", for: .anyone,
    "Count the products for sale by category, tag, material, price, country and availability",
    traits: Traits(caching: .shared(seconds: 15), limit: .search), refusals: [.unavailable],
    example: Example(ProductFacetQuery(q: "silver", category: "jewellery"), gives: .example))

  public static let completions = Endpoint<ProductCompletionQuery, Page<ProductCompletion>>(
    "catalogue.completions", .get, "/products/completions", for: .anyone, "Complete words while they are typed",
    traits: Traits(caching: .shared(seconds: 60), limit: .search), refusals: [.unavailable],
    example: Example(
      ProductCompletionQuery(q: "silv", limit: 5), gives: Page(items: [ProductCompletion(text: "sterling silver")])))

  public static let show = Endpoint<ProductAddress, Product>(
    "catalogue.show", .get, "/products/{product}", for: .anyone, "Show a product",
    traits: Traits(caching: .shared(seconds: 15), keys: .catalogueRead), refusals: [.notFound],
    example: Example(ProductAddress(product: .example), gives: .example))

  public static let compare = Endpoint<ComparisonQuery, Comparison>(
    "catalogue.compare", .get, "/products/compare", for: .anyone, "Compare two to six products, attribute by attribute",
    traits: Traits(caching: .shared(seconds: 15)), refusals: [.notFound],
    example: Example(ComparisonQuery(ids: .example), gives: .example))

  public static let ofShop = Endpoint<ShopProductQuery, Page<Product>>(
    "catalogue.of_shop", .get, "/shops/{slug}/products", for: .member(.staff),
    "List everything a shop has, drafts and archived ones too; for its members",
    traits: Traits(caching: .personal, keys: .catalogueRead), refusals: [.notFound, .invalidCursor],
    example: Example(ShopProductQuery(slug: "salt-and-silver", limit: 2), gives: Page(items: [.example])))

  public static let create = Endpoint<ProductDraft, Product>(
    "catalogue.create", .post, "/products", for: .member(.staff), "Add a product to a shop; for its members",
    traits: Traits(status: 201, idempotency: .accepted, limit: .write, keys: .catalogueWrite),
    refusals: [.notFound, .skuTaken],
    example: Example(
      ProductDraft(
        shop: "salt-and-silver", sku: "SS-014", title: "Wave bracelet",
        description: "A forged bracelet with the line of a **breaking wave**.", priceAmount: 4500, stock: 7,
        category: "jewellery/bracelets", tags: ["sea", "forged"], materials: ["sterling silver"], status: .active),
      gives: .example))

  public static let edit = Endpoint<ProductPatch, Product>(
    "catalogue.edit", .patch, "/products/{product}", for: .member(.staff),
    "Change a product; new words for one that buyers see may wait for a moderator, as `proposal` says",
    traits: Traits(requiresMatch: true, idempotency: .accepted, limit: .write, keys: .catalogueWrite),
    refusals: [.notFound, .wrongState],
    example: Example(ProductPatch(product: .example, priceAmount: .set(4500), stock: .set(7)), gives: .example))

  public static let archive = Endpoint<ProductAddress, Product>(
    "catalogue.archive", .post, "/products/{product}/archive", for: .member(.staff),
    "Take a product off sale and keep its record; for members of its shop",
    traits: Traits(requiresMatch: true, idempotency: .accepted, limit: .write, body: .none, keys: .catalogueWrite),
    refusals: [.notFound, .archivedAlready],
    example: Example(ProductAddress(product: .example), gives: .archivedExample))

  public static let restore = Endpoint<ProductAddress, Product>(
    "catalogue.restore", .post, "/products/{product}/restore", for: .member(.staff),
    "Bring an archived product back to where it stood; for members of its shop",
    traits: Traits(requiresMatch: true, idempotency: .accepted, limit: .write, body: .none, keys: .catalogueWrite),
    refusals: [.notFound, .notArchived],
    example: Example(ProductAddress(product: .example), gives: .example))

  public static let proposal = Endpoint<ProductAddress, ProductProposal>(
    "catalogue.proposal", .get, "/products/{product}/proposal", for: .member(.staff),
    "New words of a product that wait for a moderator or were sent back, with what they change; for members of its shop",
    traits: Traits(caching: .personal, keys: .catalogueRead), refusals: [.notFound],
    example: Example(ProductAddress(product: .example), gives: .example))

  public static let withdrawProposal = Endpoint<ProductAddress, Nothing>(
    "catalogue.withdraw_proposal", .delete, "/products/{product}/proposal", for: .member(.staff),
    "Take new words back; for members of the product's shop",
    traits: Traits(status: 204, requiresMatch: true, idempotency: .accepted, limit: .write, keys: .catalogueWrite),
    refusals: [.notFound],
    example: Example(ProductAddress(product: .example), gives: Nothing()))

  public static let categories = Endpoint<Nothing, Page<Category>>(
    "catalogue.categories", .get, "/categories", for: .anyone, "The tree of categories, parents first",
    traits: Traits(caching: .shared(seconds: 60)),
    example: Example(
      Nothing(), gives: Page(items: [Category(path: "jewellery", name: "Jewellery", productCount: 24)])))
}

public struct ProductAddress: Codable, Sendable, Equatable {
  public var product: Product.ID
  public init(product: Product.ID) { self.product = product }
}

public struct ShopProductQuery: Codable, Sendable, Equatable, Ruled {
  public var slug: String
  public var status: ProductStatus?
  public var limit: Int?
  public var cursor: String?

  public init(slug: String, status: ProductStatus? = nil, limit: Int? = nil, cursor: String? = nil) {
    self.slug = slug
    self.status = status
    self.limit = limit
    self.cursor = cursor
  }

  public static let rules: [Rule<ShopProductQuery>] = [
    .text("slug", \.slug, 3...40, .slug), .number("limit", \.limit, PageLimit.allowed),
    .text("cursor", \.cursor, 1...512, .code),
  ]
}
