// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Wakes a dormant shop after something was done with a product of it. A job, because whoever changes a product shares
/// the shop's row with others who do, and of two that share neither can take it alone.
struct WakeShop: Job {
  static let kind = "shops.wake"
  static let isUrgent = true
  var shop: Shop.ID

  func run(_ database: Database) async throws {
    try await database.transaction { try await MoveShop.wake(shop, $0) }
  }
}

/// Lets shops fall dormant in which nothing was done for long.
struct Dormancy: Sendable {
  let database: Database
  /// 0 lets none.
  let days: Int

  func run() async throws {
    if days == 0 { return }
    let idle = try await database.query(
      "select s.id from shops s where \(isIdle) order by s.id limit 1000"
    ) { row in try row.nextID() as Shop.ID }
    for id in idle {
      try await database.transaction { transaction in
        guard let shop = try await transaction.first(ShopRow.lock(id), ShopRow.read) else { return }
        // Locked now, so that nothing happens any more while this is asked once more.
        let still = try await transaction.first(
          "select true from shops s where s.id = \(id.text) and \(isIdle)"
        ) { row in try row.next(Bool.self) }
        if still == nil { return }
        _ = try await MoveShop(.fallDormant, by: .market)(shop, transaction)
      }
    }
  }

  /// Neither the shop nor any of its products was touched.
  private var isIdle: SQL {
    """
    s.status = 'approved' and s.updated_at < now() - \(days) * interval '1 day'
      and not exists (
        select 1 from products p where p.shop = s.id and p.updated_at >= now() - \(days) * interval '1 day')
    """
  }
}
