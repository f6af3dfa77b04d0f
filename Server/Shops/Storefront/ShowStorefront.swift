// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres

/// Shows a shop with what it has for sale, newest first.
struct ShowStorefront: Sendable {
  let database: Database
  let search: SearchProducts
  /// What the market's own addresses begin with.
  let origin: String

  func callAsFunction(_ query: StorefrontQuery) async throws -> Storefront {
    guard let shop = try await database.reads.first(ShopQueries.shown(query.slug), ShopQueries.read) else {
      throw NotFound()
    }
    return Storefront(
      shop: shop, products: try await products(query), url: origin + StorefrontPath.shop(query.slug).text)
  }

  private func products(_ query: StorefrontQuery) async throws -> Page<ProductCard> {
    let reply = try await search(
      ProductQuery(shop: query.slug, sort: .newest, limit: query.limit ?? 24, cursor: query.cursor))
    switch reply.content {
    case .value(let found): return Page(items: found.items, nextCursor: found.nextCursor)
    case .ready(let bytes): return try JSONDecoder().decode(Page<ProductCard>.self, from: bytes)
    case .media, .events, .nothing: preconditionFailure("a search answers a page")
    }
  }
}
