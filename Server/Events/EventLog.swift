// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
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

  /// The feed there is: the newest epoch that this database has settled in.
  static let feed: SQL = "(select epoch from event_epochs order by number desc limit 1)"

  /// What happened in the caller's shops after a place in the feed. It ends before the oldest transaction that is
  /// still open, whose events would otherwise be passed over. A place of another epoch is refused.
  static func read(_ database: Database, for member: ShopMember, after: EventID, limit: Int) async throws
    -> [MarketEvent]
  {
    // One row at least: without events it says the epoch alone.
    let rows = try await database.query(
      """
      select f.epoch, e.transaction, e.number, e.kind, e.slug, e.name, e.product, e.at
      from \(feed) f left join lateral (
        select e.transaction, e.number, e.kind, s.slug, s.name, e.product, e.at
        from events e
          join shops s on s.id = e.shop
          join shop_members m on m.shop = e.shop and m.account = \(member.account.text) \(member.limit)
        where e.epoch = f.epoch
          and (e.transaction, e.number) > (\(after.transaction), \(after.number))
          and e.transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        order by e.transaction, e.number
        limit \(limit)) e on true
      order by e.transaction, e.number
      """
    ) { row -> (epoch: String, event: MarketEvent?) in
      let epoch = try row.next(String.self)
      guard let transaction = try row.next(Int64?.self) else { return (epoch, nil) }
      let event = MarketEvent(
        id: EventID(epoch: epoch, transaction: transaction, number: try row.next(Int64.self)),
        kind: try row.nextWord(EventKind.self),
        shop: ShopReference(slug: try row.next(String.self), name: try row.next(String.self)),
        product: try row.next(String?.self).flatMap(Product.ID.init), at: try row.nextTimestamp())
      return (epoch, event)
    }
    guard let epoch = rows.first?.epoch, after.belongs(to: epoch) else { throw PositionGone() }
    return rows.compactMap(\.event)
  }

  /// The oldest open transaction, while it keeps events from being read; nil when every event can be read.
  static func unreadableHorizon(_ database: Database) async throws -> Int64? {
    try await database.first(
      """
      select horizon
      from (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon) now
      where exists (select 1 from events where epoch = \(feed) and transaction >= horizon)
      """
    ) { row in try row.next(Int64.self) }
  }

  /// Where the feed ends now: a stream that names no place starts here.
  static func end(_ database: Database) async throws -> EventID {
    let end = try await database.first(
      """
      select f.epoch, coalesce(e.transaction, 0), coalesce(e.number, 0)
      from \(feed) f left join lateral (
        select transaction, number from events
        where epoch = f.epoch and transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        order by transaction desc, number desc
        limit 1) e on true
      """
    ) { row in
      EventID(
        epoch: try row.next(String.self), transaction: try row.next(Int64.self), number: try row.next(Int64.self))
    }
    guard let end else { throw UnreadableColumn(description: "no epoch of events is settled") }
    return end
  }

  /// Finds the epoch of this database, or begins one when it has come to another place. At the start of every server,
  /// so that readers learn of it; writers ask again with every event.
  static func settle(_ database: Database) async throws {
    try await database.execute("select settle_event_epoch()")
  }
}
