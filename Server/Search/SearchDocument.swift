// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres
import SearchIndex

/// A product for sale as the index sees it.
struct SearchDocument: Sendable, Equatable {
  var id: String
  var sku: String
  var title: String
  var description: String
  var price: Int
  var stock: Int
  var category: String
  var tags: [String]
  var materials: [String]
  /// In microseconds.
  var createdAt: Int64
  var shop: ShopReference
  var country: String

  /// Raised when the same fields come to mean something else: every index is built anew then.
  static let schema = IndexSchema(
    version: 1, fields: ["title", "facts", "description"], numbers: ["price", "created"])

  static let columns: SQL = """
    p.id, p.sku, p.title, p.description, p.price, p.stock, p.category, p.tags, p.materials, p.created_at, s.slug, s.name,
    s.country
    """

  static func read(_ row: inout RowReader) throws -> SearchDocument {
    SearchDocument(
      id: try row.next(String.self), sku: try row.next(String.self), title: try row.next(String.self),
      description: try row.next(String.self), price: try row.next(Int.self), stock: try row.next(Int.self),
      category: try row.next(String.self), tags: try row.next([String].self), materials: try row.next([String].self),
      createdAt: try row.next(Int64.self),
      shop: ShopReference(slug: try row.next(String.self), name: try row.next(String.self)),
      country: try row.next(String.self))
  }

  /// Newer ones are heavier: until there is a measure of popularity, equal matches are in order of age.
  var indexed: IndexDocument {
    let categories = CategoryPath.andAncestors(category)
    var keywords = categories.map { Keyword(FacetAxis.category.rawValue, $0) }
    keywords += Set(tags).map { Keyword(FacetAxis.tag.rawValue, $0) }
    keywords += Set(materials).map { Keyword(FacetAxis.material.rawValue, $0) }
    keywords += [
      Keyword(FacetAxis.priceBand.rawValue, PriceBand.name(of: price)),
      Keyword(FacetAxis.country.rawValue, country),
      Keyword(FacetAxis.availability.rawValue, Availability(stock: stock).rawValue),
      Keyword(SearchAxis.shop, shop.slug, isCounted: false),
    ]
    let facts = tags + materials + [shop.name] + category.split { $0 == "/" || $0 == "-" }.map(String.init)
    return IndexDocument(
      id: id, weight: createdAt, language: TextLanguage.guess(title + " " + description),
      texts: ["title": title, "facts": facts.joined(separator: "\n"), "description": description],
      numbers: ["price": Int64(price), "created": createdAt], keywords: keywords, keys: [sku])
  }

  /// What is offered to people who type its beginning, with how much each counts.
  var completions: [(text: String, weight: Int64)] {
    tags.map { ($0, 4) } + materials.map { ($0, 4) } + [(shop.name, 2), (title, 1)]
  }
}

/// Axes that are filtered by and not counted.
enum SearchAxis {
  static let shop = "shop"
}

enum CategoryPath {
  /// jewellery/rings and jewellery: a category is found with all that is below it.
  static func andAncestors(_ path: String) -> [String] {
    var paths: [String] = []
    for part in path.split(separator: "/") { paths.append(paths.last.map { "\($0)/\(part)" } ?? String(part)) }
    return paths
  }
}

/// Prices in steps that people think in, in minor units.
enum PriceBand {
  static let starts = [0, 1000, 2500, 5000, 10_000, 20_000, 50_000]

  static func name(of price: Int) -> String {
    let at = starts.lastIndex { $0 <= price } ?? 0
    return at + 1 < starts.count ? "\(starts[at])-\(starts[at + 1] - 1)" : "\(starts[at])-"
  }
}
