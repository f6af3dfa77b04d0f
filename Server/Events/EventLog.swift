// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Writes events in the transaction of what happened, and reads them back for those they concern.
enum EventLog {
  static func append(
    _ kind: EventKind, shop: Shop.ID, product: Product.ID? = nil, in transaction: Transaction
  ) async throws {
    try await transaction.execute(
      "insert into events (kind, shop, product) values (\(kind.rawValue), \(shop.text), \(product?.text))")
  }

  static func append(_ kind: EventKind, ofProduct product: Product.ID, in transaction: Transaction) async throws {
    try await transaction.execute(
      """
      insert into events (kind, shop, product)
      select \(kind.rawValue), shop, id from products where id = \(product.text)
      """)
  }

  /// What happened in the caller's shops after a place in the feed. It ends before the oldest transaction that is
  /// still open, whose events would otherwise be passed over.
  static func read(_ database: Database, for member: Account.ID, after: EventID, limit: Int) async throws
    -> [MarketEvent]
  {
    try await database.query(
      """
      select e.transaction, e.number, e.kind, s.slug, s.name, e.product, e.at
      from events e
        join shops s on s.id = e.shop
        join shop_members m on m.shop = e.shop and m.account = \(member.text)
      where (e.transaction, e.number) > (\(after.transaction), \(after.number))
        and e.transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
      order by e.transaction, e.number
      limit \(limit)
      """
    ) { row in
      MarketEvent(
        id: EventID(transaction: try row.next(Int64.self), number: try row.next(Int64.self)),
        kind: try row.nextWord(EventKind.self),
        shop: ShopReference(slug: try row.next(String.self), name: try row.next(String.self)),
        product: try row.next(String?.self).flatMap(Product.ID.init), at: try row.nextTimestamp())
    }
  }

  /// The oldest open transaction, while it keeps events from being read; nil when every event can be read.
  static func unreadableHorizon(_ database: Database) async throws -> Int64? {
    try await database.first(
      """
      select horizon
      from (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon) now
      where exists (select 1 from events where transaction >= horizon)
      """
    ) { row in try row.next(Int64.self) }
  }

  /// Where the feed ends now: a stream that names no place starts here.
  static func end(_ database: Database) async throws -> EventID {
    try await database.first(
      """
      select transaction, number from events
      where transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
      order by transaction desc, number desc
      limit 1
      """
    ) { row in EventID(transaction: try row.next(Int64.self), number: try row.next(Int64.self)) } ?? .start
  }
}
