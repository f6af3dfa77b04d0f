// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres

/// Reads the products that are to be compared, as everybody may see them.
struct CompareProducts: Sendable {
  let database: Database

  func callAsFunction(_ query: ComparisonQuery) async throws -> Reply<Comparison> {
    let rows = try await database.reads.query(ProductQueries.documents(query.ids.ids.map(\.text))) { row in
      let id = try row.next(String.self)
      _ = try row.next(Int.self)
      return (id: id, document: try row.next([UInt8].self))
    }
    let documents = Dictionary(rows.map { ($0.id, $0.document) }) { first, _ in first }
    let unknown = query.ids.ids.filter { documents[$0.text] == nil }
    if !unknown.isEmpty { throw UnknownProducts(unknown) }
    var decoder = JSONDecoder()
    decoder.unknownKeys = .ignore
    let products = try query.ids.ids.compactMap { id in
      try documents[id.text].map { try decoder.decode(Product.self, from: $0) }
    }
    return .value(Comparison(products))
  }
}
