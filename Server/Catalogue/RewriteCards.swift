// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Writes the ready answers of a shop's products again after the shop has changed its name.
struct RewriteCards: Job {
  static let kind = "catalogue.rewrite_cards"
  var shop: Shop.ID

  /// In batches, each in a transaction of its own; products that say the name already are passed over.
  func run(_ database: Database) async throws {
    while true {
      let rewritten = try await database.transaction { transaction in
        // Shops come before their products, whoever locks both.
        try await transaction.execute("select 1 from shops where id = \(shop.text) for share")
        let products = try await transaction.query(
          """
          select \(ProductQueries.columns)
          from \(ProductQueries.tables)
          where p.shop = \(shop.text)
            and convert_from(p.document, 'UTF8')::jsonb #>> '{shop,name}' <> s.name
          order by p.id
          limit 200
          \(ProductQueries.locking)
          """, ProductQueries.read)
        for var product in products {
          product.version += 1
          try await transaction.execute(try ProductQueries.update(product))
        }
        return products.count
      }
      if rewritten == 0 { return }
    }
  }
}
