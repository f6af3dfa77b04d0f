// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Searches and lists the products for sale by the database alone: what it can do without the index, and what is asked while
/// there is none. Items are the ready cards of the rows: a page is their concatenation.
struct SearchProducts: Sendable {
  let database: Database
  let cursors: CursorSeal

  func callAsFunction(_ query: ProductQuery) async throws -> Reply<FoundProducts> {
    let question = query.question
    let after = try cursors.open(query.cursor, question: question, count: 2)
    let limit = query.limit ?? PageLimit.standard
    var hits = try await database.query(try statement(query, after, limit: limit + 1)) { row in
      Hit(key: try row.next(Int.self), id: try row.next(String.self), card: try row.next([UInt8].self))
    }
    let hasMore = hits.count > limit
    if hasMore { hits.removeLast() }
    let next = hasMore ? hits.last.map { cursors.seal([String($0.key), $0.id], question: question) } : nil
    return .ready(PageBytes.make(hits.map(\.card), nextCursor: next))
  }

  private struct Hit: Sendable {
    var key: Int
    var id: String
    var card: [UInt8]
  }

  /// The items from a place on; `after` is the sort key and id of the item before them.
  func statement(_ query: ProductQuery, _ after: [String]?, limit: Int) throws -> SQL {
    let order = ResultOrder(query)
    var conditions = ForSale.condition
    if let words = query.q { conditions += " and p.search @@ websearch_to_tsquery('english', \(words))" }
    if let category = query.category {
      conditions += " and (p.category = \(category) or p.category like \(category + "/%"))"
    }
    if let shop = query.shop { conditions += " and p.shop = (select id from shops where slug = \(shop))" }
    if let least = query.minPrice { conditions += " and p.price >= \(least)" }
    if let most = query.maxPrice { conditions += " and p.price <= \(most)" }
    if let tag = query.tag { conditions += " and p.tags @> \([tag])" }
    if let material = query.material { conditions += " and p.materials @> \([material])" }
    if let country = query.country {
      conditions += " and p.shop in (select id from shops where country = \(country.code))"
    }
    if let stock = query.availability?.stock {
      conditions += " and p.stock between \(stock.lowerBound) and \(stock.upperBound)"
    }
    if let after {
      guard let start = order.start(after[0], after[1], query.q) else { throw InvalidCursor() }
      conditions += " and \(start)"
    }
    // Owner: everybody; only what is for sale is found.
    return """
      select \(order.key(query.q)) as key, p.id, p.card
      from products p
      where \(conditions)
      order by \(order.clause)
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

  /// What is sorted by: always a whole number, so that a cursor holds it exactly.
  func key(_ words: String?) -> SQL {
    switch self {
    case .relevance: "(ts_rank_cd(p.search, websearch_to_tsquery('english', \(words ?? ""))) * 1000000)::bigint"
    case .newest: "(extract(epoch from p.created_at) * 1000000)::bigint"
    case .priceUp, .priceDown: "p.price"
    }
  }

  /// By the plain columns where there are some, so that their indexes serve it.
  var clause: SQL {
    switch self {
    case .relevance: "key desc, p.id"
    case .newest: "p.created_at desc, p.id"
    case .priceUp: "p.price, p.id"
    case .priceDown: "p.price desc, p.id"
    }
  }

  /// What comes after an item. The first half of each condition is a range of the index, which begins at the item.
  func start(_ key: String, _ id: String, _ words: String?) -> SQL? {
    guard let number = Int64(key) else { return nil }
    switch self {
    case .relevance:
      let rank = self.key(words)
      return "\(rank) <= \(number) and (\(rank) < \(number) or p.id > \(id))"
    case .newest:
      return "p.created_at <= \(moment: number) and (p.created_at < \(moment: number) or p.id > \(id))"
    case .priceUp: return "(p.price, p.id) > (\(number), \(id))"
    case .priceDown: return "p.price <= \(number) and (p.price < \(number) or p.id > \(id))"
    }
  }
}

extension ProductQuery {
  /// What a cursor of this query belongs to: everything but the place in the list.
  var question: String {
    let parts = [
      q ?? "", category ?? "", shop ?? "", minPrice.map(String.init) ?? "", maxPrice.map(String.init) ?? "",
      sort?.rawValue ?? "", tag ?? "", material ?? "", availability?.rawValue ?? "", country?.code ?? "",
    ]
    return "products\n" + parts.joined(separator: "\n")
  }
}

extension Availability {
  /// The stock that it says in words.
  fileprivate var stock: ClosedRange<Int> {
    switch self {
    case .soldOut: 0...0
    case .low: 1...3
    case .inStock: 4...Int(Int32.max)
    }
  }
}
