// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Searches and lists the products for sale. Items are the ready cards of the rows: a page is their concatenation.
struct SearchProducts: Sendable {
  let database: Database
  let cursors: CursorSeal

  func callAsFunction(_ query: ProductQuery) async throws -> Reply<Page<ProductCard>> {
    let order = ResultOrder(query)
    let question = query.question
    let after = try cursors.open(query.cursor, question: question, count: 2)
    let limit = query.limit ?? PageLimit.standard
    var hits = try await database.query(try statement(query, order, after, limit + 1)) { row in
      Hit(key: try row.next(String.self), id: try row.next(String.self), card: try row.next([UInt8].self))
    }
    let hasMore = hits.count > limit
    if hasMore { hits.removeLast() }
    let next = hasMore ? hits.last.map { cursors.seal([$0.key, $0.id], question: question) } : nil
    return .ready(PageBytes.make(hits.map(\.card), nextCursor: next))
  }

  private struct Hit: Sendable {
    var key: String
    var id: String
    var card: [UInt8]
  }

  private func statement(_ query: ProductQuery, _ order: ResultOrder, _ after: [String]?, _ limit: Int) throws -> SQL {
    var conditions: SQL = "p.status = 'active'"
    if let words = query.q { conditions += " and p.search @@ websearch_to_tsquery('english', \(words))" }
    if let category = query.category {
      conditions += " and (p.category = \(category) or p.category like \(category + "/%"))"
    }
    if let shop = query.shop { conditions += " and p.shop = (select id from shops where slug = \(shop))" }
    if let least = query.minPrice { conditions += " and p.price >= \(least)" }
    if let most = query.maxPrice { conditions += " and p.price <= \(most)" }
    let key = order.key(query.q)
    if let after {
      guard let start = order.start(after[0], after[1]) else { throw InvalidCursor() }
      return """
        select key::text, id, card
        from (select \(key) as key, p.id, p.card from products p where \(conditions)) hit
        where \(start)
        order by \(order.clause)
        limit \(limit)
        """
    }
    return """
      select (\(key))::text, p.id, p.card
      from products p
      where \(conditions)
      order by \(order.firstClause(key))
      limit \(limit)
      """
  }
}

/// In which order, and how to go on after an item. Ties are broken by id, so that pages neither repeat nor skip.
private enum ResultOrder {
  case relevance, newest, priceUp, priceDown

  init(_ query: ProductQuery) {
    switch query.sort ?? (query.q == nil ? .newest : .relevance) {
    case .relevance: self = query.q == nil ? .newest : .relevance
    case .newest: self = .newest
    case .priceUp: self = .priceUp
    case .priceDown: self = .priceDown
    }
  }

  private var isDescending: Bool { self != .priceUp }

  /// What is sorted by: always a whole number, so that a cursor holds it exactly.
  func key(_ words: String?) -> SQL {
    switch self {
    case .relevance: "(ts_rank_cd(p.search, websearch_to_tsquery('english', \(words ?? ""))) * 1000000)::bigint"
    case .newest: "(extract(epoch from p.created_at) * 1000000)::bigint"
    case .priceUp, .priceDown: "p.price"
    }
  }

  var clause: SQL { isDescending ? "key desc, id" : "key, id" }

  /// The first page sorts by the plain columns, so that their indexes serve it.
  func firstClause(_ key: SQL) -> SQL {
    switch self {
    case .relevance: "\(key) desc, p.id"
    case .newest: "p.created_at desc, p.id"
    case .priceUp: "p.price, p.id"
    case .priceDown: "p.price desc, p.id"
    }
  }

  func start(_ key: String, _ id: String) -> SQL? {
    guard let number = Int64(key) else { return nil }
    return isDescending
      ? "(key < \(number) or key = \(number) and id > \(id))" : "(key > \(number) or key = \(number) and id > \(id))"
  }
}

extension ProductQuery {
  /// What a cursor of this query belongs to: everything but the place in the list.
  fileprivate var question: String {
    let parts = [
      q ?? "", category ?? "", shop ?? "", minPrice.map(String.init) ?? "", maxPrice.map(String.init) ?? "",
      sort?.rawValue ?? "",
    ]
    return "products\n" + parts.joined(separator: "\n")
  }
}
