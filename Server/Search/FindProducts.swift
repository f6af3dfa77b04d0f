// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import JSON
import Market
import Postgres
import SearchIndex

/// The searches of the API. The index says which products and in which order; their cards come from the database, so that a
/// page shows nothing that has been taken off sale, however fresh the index is.
///
/// Plain lists, of everything or of a shop, are read from the database's own indexes: they show a change at once. The database
/// also answers searches while there is no index yet; a list that began there ends there.
struct FindProducts: Sendable {
  let database: Database
  let cursors: CursorSeal
  let index: CatalogueIndex

  private var listing: SearchProducts { SearchProducts(database: database, cursors: cursors) }

  func callAsFunction(_ query: ProductQuery) async throws -> Reply<FoundProducts> {
    if query.isPlainList || isOfListing(query) { return try await listing(query) }
    if query.cursor == nil && !index.status.isReady { return try await listing(query) }
    let question = "index-" + query.question
    var search = SearchQuery(query)
    search.after = try cursors.open(query.cursor, question: question, count: 1).map { values in
      guard let cursor = Base64URL.decode(values[0]).flatMap(Cursor.init(bytes:)) else { throw InvalidCursor() }
      return cursor
    }
    guard let priced = search.priced(query) else { return .value(FoundProducts(items: [])) }
    search = priced
    var cards: [[UInt8]] = []
    var corrected: String?
    // A page whose products are all gone goes on, for as long as one with many is likely to.
    for _ in 0..<FindProducts.emptyPagesMax {
      let asked = search
      let hits = try await index.ask { try $0.search(asked) }
      corrected = corrected ?? hits.replacement?.text
      cards = try await self.cards(hits.hits.map(\.id))
      search.after = hits.next
      if !cards.isEmpty || search.after == nil { break }
    }
    let next = search.after.map { cursors.seal([Base64URL.encode($0.bytes)], question: question) }
    return .ready(
      PageBytes.make(cards, corrected: try corrected.map { try JSONEncoder().encode($0) }, nextCursor: next))
  }

  private static let emptyPagesMax = 5

  func facets(_ query: ProductQuery) async throws -> Reply<ProductFacets> {
    guard let search = SearchQuery(query).priced(query) else {
      return .value(
        ProductFacets(
          total: FacetTotal(count: 0, isExact: true),
          facets: FacetAxis.allCases.map { ProductFacet(axis: $0, isExact: true, values: []) }))
    }
    let counted = FacetQuery(search, axes: FacetAxis.allCases.map(\.rawValue))
    let (counts, replacement) = try await index.ask { index in
      var first = search
      first.limit = 1
      return (try index.count(counted), search.text.isEmpty ? nil : try index.search(first).replacement)
    }
    return .value(
      ProductFacets(
        total: FacetTotal(count: counts.total.value, isExact: counts.total.isExact), corrected: replacement?.text,
        facets: counts.axes.compactMap { axis in
          FacetAxis(rawValue: axis.axis).map {
            ProductFacet(
              axis: $0, isExact: axis.isExact, values: axis.values.map { FacetValue(value: $0.value, count: $0.count) })
          }
        }))
  }

  func completions(_ query: ProductCompletionQuery) async throws -> Reply<Page<ProductCompletion>> {
    let limit = query.limit ?? ProductCompletionQuery.limitStandard
    let found = try await index.ask { try $0.complete(query.q, limit: limit) }
    return .value(Page(items: found.map { ProductCompletion(text: $0.text) }))
  }

  /// Whether its cursor was given out by the database's list.
  private func isOfListing(_ query: ProductQuery) -> Bool {
    guard let cursor = query.cursor else { return false }
    return (try? cursors.open(cursor, question: query.question, count: 2)) != nil
  }

  /// The cards of those still for sale, in the order of the ids.
  private func cards(_ ids: [String]) async throws -> [[UInt8]] {
    if ids.isEmpty { return [] }
    // Owner: everybody; only what is for sale is shown.
    let rows = try await database.reads.query(
      "select p.id, p.card from products p where p.id = any (\(ids)) and \(ForSale.condition)"
    ) { row in (try row.next(String.self), try row.next([UInt8].self)) }
    let byID = Dictionary(uniqueKeysWithValues: rows)
    return ids.compactMap { byID[$0] }
  }
}

extension ProductQuery {
  /// Whether an index of the database is in its order.
  fileprivate var isPlainList: Bool {
    let isOrdered = minPrice == nil && maxPrice == nil && category == nil
    return isOrdered && q == nil && tag == nil && material == nil && availability == nil && country == nil
  }
}

extension SearchQuery {
  /// All but the price.
  init(_ query: ProductQuery) {
    self.init(text: query.q ?? "", languages: TextLanguage.all, limit: query.limit ?? PageLimit.standard)
    order =
      switch query.sort ?? (query.q == nil ? .newest : .relevance) {
      case .relevance: query.q == nil ? .number("created", isDescending: true) : .relevance
      case .newest: .number("created", isDescending: true)
      case .priceUp: .number("price", isDescending: false)
      case .priceDown: .number("price", isDescending: true)
      }
    let wanted = [
      (FacetAxis.category.rawValue, query.category), (FacetAxis.tag.rawValue, query.tag),
      (FacetAxis.material.rawValue, query.material), (FacetAxis.country.rawValue, query.country?.code),
      (FacetAxis.availability.rawValue, query.availability?.rawValue), (SearchAxis.shop, query.shop),
    ]
    filters = wanted.compactMap { axis, value in value.map { .any(axis, [$0]) } }
  }

  /// With the range of prices; nil where it is empty.
  func priced(_ query: ProductQuery) -> SearchQuery? {
    if query.minPrice == nil && query.maxPrice == nil { return self }
    let (least, most) = (Int64(query.minPrice ?? 0), Int64(query.maxPrice ?? Money.amountMax))
    if least > most { return nil }
    var priced = self
    priced.filters.append(.number("price", least...most))
    return priced
  }
}
