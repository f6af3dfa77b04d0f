// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// A place in the feed of changes: everything of transactions before it is in the index.
struct SearchPosition: Sendable, Equatable {
  var epoch: String
  var transaction: Int64

  init(epoch: String, transaction: Int64) {
    self.epoch = epoch
    self.transaction = transaction
  }

  init?(bytes: [UInt8]) {
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: ":")
    guard parts.count == 2, let transaction = Int64(parts[1]) else { return nil }
    self.init(epoch: String(parts[0]), transaction: transaction)
  }

  var bytes: [UInt8] { Array("\(epoch):\(transaction)".utf8) }
}

/// What has changed of products and shops, as triggers noted it.
///
/// A change is read as soon as it is committed. The position moves up to the oldest open transaction only, because that may
/// still write changes with lower numbers; what is read twice for that is remembered by its number and passed over.
struct SearchFeed: Sendable {
  let database: Database

  struct Batch: Sendable {
    var changes: [Change] = []
    var products: Set<String> = []
    var shops: Set<String> = []
    /// Where to go on, and whether that is where the feed ends now.
    var next: SearchPosition
    var isEnd: Bool
    /// How long ago the oldest of the changes was made.
    var ageMilliseconds = 0
  }

  struct Change: Sendable, Equatable {
    var number: Int64
    var transaction: Int64
  }

  static let batchMax = 2000

  /// Where a reader of everything has to go on afterwards.
  func end() async throws -> SearchPosition {
    try await EventLog.settle(database)
    let end = try await database.first(
      "select epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint from \(EventLog.feed) f"
    ) { row in SearchPosition(epoch: try row.next(String.self), transaction: try row.next(Int64.self)) }
    guard let end else { throw UnreadableColumn(description: "no epoch of events is settled") }
    return end
  }

  /// The changes from a place on but for those that were read; nil where the place is of another life of the database, or
  /// changes behind it are forgotten.
  func read(from place: SearchPosition, but known: [Change]) async throws -> Batch? {
    let rows = try await database.query(
      """
      select f.epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
        coalesce((select transaction from search_cuts k where k.epoch = f.epoch), 0),
        c.transaction, c.number, c.product, c.shop,
        greatest(0, (extract(epoch from clock_timestamp() - c.at) * 1000)::bigint)
      from \(EventLog.feed) f left join lateral (
        select * from search_changes c
        where c.epoch = f.epoch and c.transaction >= \(place.transaction) and not (c.number = any (\(known.map(\.number))))
        order by c.transaction, c.number
        limit \(SearchFeed.batchMax)) c on true
      order by c.transaction, c.number
      """
    ) { row in
      Row(
        epoch: try row.next(String.self), horizon: try row.next(Int64.self), cut: try row.next(Int64.self),
        transaction: try row.next(Int64?.self), number: try row.next(Int64?.self), product: try row.next(String?.self),
        shop: try row.next(String?.self), age: try row.next(Int64?.self))
    }
    guard let first = rows.first, first.epoch == place.epoch, first.cut < place.transaction else { return nil }
    return SearchFeed.batch(rows, from: place)
  }

  struct Row: Sendable {
    var epoch: String
    var horizon: Int64
    var cut: Int64
    var transaction: Int64?
    var number: Int64?
    var product: String?
    var shop: String?
    var age: Int64?
  }

  /// One row at least; without changes it says epoch and horizon alone.
  static func batch(_ rows: [Row], from place: SearchPosition) -> Batch {
    let isEnd = rows.count < batchMax
    let horizon = rows.first?.horizon ?? place.transaction
    let reached = isEnd ? horizon : min(horizon, rows.last?.transaction ?? horizon)
    var batch = Batch(
      next: SearchPosition(epoch: place.epoch, transaction: max(place.transaction, reached)), isEnd: isEnd)
    for row in rows {
      guard let number = row.number, let transaction = row.transaction else { continue }
      batch.changes.append(Change(number: number, transaction: transaction))
      if let product = row.product { batch.products.insert(product) }
      if let shop = row.shop { batch.shops.insert(shop) }
      batch.ageMilliseconds = max(batch.ageMilliseconds, Int(row.age ?? 0))
    }
    return batch
  }

  /// Forgets old changes, and up to where.
  func forget(olderThanDays days: Int) async throws {
    try await database.execute(
      """
      with gone as (
        delete from search_changes where at < now() - \(days) * interval '1 day' returning epoch, transaction)
      insert into search_cuts (epoch, transaction)
      select epoch, max(transaction) from gone group by epoch
      on conflict (epoch) do update set transaction = greatest(search_cuts.transaction, excluded.transaction)
      """)
  }
}
