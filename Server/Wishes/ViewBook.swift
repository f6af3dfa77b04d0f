// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres

/// What people have looked at, as their devices report it: nothing of it is written while a product is shown, and
/// nothing at all without consent.
struct ViewBook: Sendable {
  let database: Database
  let cursors: CursorSeal
  let now: @Sendable () -> Timestamp

  private static let question = "views"

  func list(_ query: ViewQuery, _ call: Call) async throws -> Reply<Page<SeenProduct>> {
    let after = try cursors.open(query.cursor, question: Self.question, count: 2).map { values in
      guard let microseconds = Int64(values[0]) else { throw InvalidCursor() }
      return (microseconds: microseconds, product: values[1])
    }
    let limit = query.limit ?? PageLimit.standard
    var rows = try await database.query(ViewQueries.seen(by: call.account, after: after, limit: limit + 1)) { row in
      (at: try row.nextTimestamp(), product: try row.next(String.self), card: try row.next([UInt8].self))
    }
    let hasMore = rows.count > limit
    if hasMore { rows.removeLast() }
    let last = hasMore ? rows.last : nil
    let next = last.map { cursors.seal([String($0.at.microseconds), $0.product], question: Self.question) }
    let items = try rows.map { row in
      ReadyCard.append(row.card, to: try JSONEncoder().encode(SeenHead(seenAt: row.at)))
    }
    return .ready(PageBytes.make(items, nextCursor: next))
  }

  /// What stands before the card.
  private struct SeenHead: Encodable {
    var seenAt: Timestamp
  }

  /// Holds the account, as the record of consents does: whoever withdraws finds nothing written after.
  func report(_ report: ViewReport, _ call: Call, _ transaction: Transaction) async throws -> Reply<ViewsKept> {
    try await AccountLock.take(call.account, in: transaction)
    guard try await ConsentBook.isGiven(.personalisation, by: call.account, in: transaction) else {
      return .value(ViewsKept(isAgreed: false, kept: 0))
    }
    let views = ProductView.newest(of: report.views, now: now())
    try await transaction.execute(ViewQueries.write(views, of: call.account))
    try await transaction.execute(ViewQueries.trim(call.account, to: ProductView.countMax))
    let kept = try await transaction.first(
      "select count(*) from product_views where account = \(call.account.text)"
    ) { row in try row.next(Int.self) }
    return .value(ViewsKept(isAgreed: true, kept: kept ?? 0))
  }

  func clear(_ call: Call, _ transaction: Transaction) async throws -> Reply<Nothing> {
    try await AccountLock.take(call.account, in: transaction)
    try await transaction.execute(ViewQueries.forget(call.account))
    return .nothing
  }
}

/// The SQL of what was looked at. Each statement names the account.
enum ViewQueries {
  static func seen(
    by account: Account.ID, after: (microseconds: Int64, product: String)?, limit: Int
  ) -> SQL {
    let start: SQL = after.map { "and (v.seen_at, v.product) < (\(moment: $0.microseconds), \($0.product))" } ?? ""
    // Owner: the account's views; of products, those that everybody may see.
    return """
      select v.seen_at, v.product, p.card
      from product_views v join products p on p.id = v.product
      where v.account = \(account.text) and p.is_shown \(start)
      order by v.seen_at desc, v.product desc
      limit \(limit)
      """
  }

  static func write(_ views: [ProductView], of account: Account.ID) -> SQL {
    // Owner: the account's views; of products, those that everybody may see.
    """
    insert into product_views (account, product, seen_at)
    select \(account.text), p.id, 'epoch'::timestamptz + v.at * interval '1 microsecond'
    from unnest(\(views.map(\.product.text)), \(views.map(\.seenAt.microseconds))) as v (product, at)
      join products p on p.id = v.product and p.is_shown
    on conflict (account, product) do update set seen_at = greatest(product_views.seen_at, excluded.seen_at)
    """
  }

  static func trim(_ account: Account.ID, to count: Int) -> SQL {
    """
    delete from product_views
    where account = \(account.text) and product in (
      select product from product_views
      where account = \(account.text)
      order by seen_at desc, product desc
      offset \(count))
    """
  }

  static func forget(_ account: Account.ID) -> SQL {
    "delete from product_views where account = \(account.text)"
  }
}
