// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// The SQL by which moderators read what waits. The moment is the market's clock, as for claims.
enum ModerationRows {
  private static let columns: SQL = """
    i.id, i.kind, coalesce(p.title, s.name), s.slug, s.name, s.status, s.trust, p.id, i.opened_at, i.due_at,
    i.claimed_by, a.name, i.claimed_until, i.version
    """
  private static let tables: SQL = """
    moderation_items i
      join shops s on s.id = i.shop
      left join products p on p.id = i.subject and i.kind <> 'shop'
      left join accounts a on a.id = i.claimed_by
    """

  /// Reads an item as a moderator sees it: a claim that has run out is none.
  static func reader(for moderator: Account.ID, at now: Timestamp)
    -> @Sendable (inout RowReader) throws ->
    ModerationItem
  {
    { row in
      var item = ModerationItem(
        id: try row.nextID(), kind: try row.nextWord(ModerationKind.self), title: try row.next(String.self),
        shop: ShopReference(slug: try row.next(String.self), name: try row.next(String.self)),
        shopStatus: try row.nextWord(ShopStatus.self), trust: try row.nextWord(ShopTrust.self),
        product: try row.next(String?.self).flatMap(Product.ID.init), openedAt: try row.nextTimestamp(),
        dueAt: try row.nextTimestamp(), claim: nil, version: 0)
      let claimant = try row.next(String?.self).flatMap(Account.ID.init)
      let name = try row.next(String?.self)
      let until = try row.nextTimestampIfAny()
      item.version = try row.next(Int.self)
      if let claimant, let name, let until, until > now {
        item.claim = ModerationClaim(by: claimant, name: name, until: until, isMine: claimant == moderator)
      }
      return item
    }
  }

  static func open(_ id: ModerationItem.ID) -> SQL {
    // Owner: moderators look at everybody's.
    return """
      select \(columns)
      from \(tables)
      where i.id = \(id.text) and i.closed_at is null
      """
  }

  static func page(
    _ query: ModerationQuery, for moderator: Account.ID, at now: Timestamp,
    after: (microseconds: Int64, id: String)?, limit: Int
  ) -> SQL {
    var conditions: SQL = "i.closed_at is null"
    if let kind = query.kind { conditions += " and i.kind = \(kind.rawValue)" }
    switch query.state {
    case .free:
      conditions += " and (i.claimed_until is null or i.claimed_until <= \(moment: now.microseconds))"
    case .mine:
      conditions += " and i.claimed_by = \(moderator.text) and i.claimed_until > \(moment: now.microseconds)"
    case nil: break
    }
    if query.late == true { conditions += " and i.due_at < \(moment: now.microseconds)" }
    if query.late == false { conditions += " and i.due_at >= \(moment: now.microseconds)" }
    if let shop = query.shop { conditions += " and s.slug = \(shop)" }
    if let after { conditions += " and (i.opened_at, i.id) > (\(moment: after.microseconds), \(after.id))" }
    // Owner: moderators look at everybody's.
    return """
      select \(columns)
      from \(tables)
      where \(conditions)
      order by i.opened_at, i.id
      limit \(limit)
      """
  }

  static func counts(at now: Timestamp) -> SQL {
    """
    select k.kind, count(i.id), count(i.id) filter (where i.due_at < \(moment: now.microseconds)), min(i.opened_at)
    from unnest(\(ModerationKind.allCases.map(\.rawValue))) with ordinality k(kind, place)
      left join moderation_items i on i.kind = k.kind and i.closed_at is null
    group by k.kind, k.place
    order by k.place
    """
  }

  static func product(_ id: Product.ID) -> SQL {
    // Owner: moderators look at everybody's.
    return """
      select \(ProductQueries.columns)
      from \(ProductQueries.tables)
      where p.id = \(id.text)
      """
  }
}
