// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// How a shop stands, as its row says.
struct ShopRow: Sendable, Equatable {
  var id: Shop.ID
  var reference: ShopReference
  var status: ShopStatus
  var reason: String?
  var trust: ShopTrust
  var version: Int

  var standing: ShopStanding {
    ShopStanding(shop: reference, status: status, reason: reason, trust: trust, version: version)
  }
}

extension ShopRow {
  private static let columns: SQL = "s.id, s.slug, s.name, s.status, s.status_reason, s.trust, s.version"

  static func read(_ row: inout RowReader) throws -> ShopRow {
    ShopRow(
      id: try row.nextID(), reference: ShopReference(slug: try row.next(String.self), name: try row.next(String.self)),
      status: try row.nextWord(ShopStatus.self), reason: try row.next(String?.self),
      trust: try row.nextWord(ShopTrust.self), version: try row.next(Int.self))
  }

  static func find(_ slug: String) -> SQL { "select \(columns) from shops s where s.slug = \(slug)" }

  static func find(_ slug: String, forMember member: ShopMember) -> SQL {
    """
    select \(columns)
    from shops s
    where s.slug = \(slug)
      and exists (
        select 1 from shop_members m
        where m.shop = s.id and m.account = \(member.account.text) \(member.limit))
    """
  }

  // MARK: Held until the transaction ends. Whoever locks a shop and its products locks the shop first.

  static func lock(_ id: Shop.ID) -> SQL { "select \(columns) from shops s where s.id = \(id.text) for update" }

  static func lock(_ slug: String) -> SQL { "select \(columns) from shops s where s.slug = \(slug) for update" }

  static func lock(_ slug: String, forOwner owner: ShopMember) -> SQL {
    """
    select \(columns)
    from shops s
    where s.slug = \(slug)
      and exists (
        select 1 from shop_members m
        where m.shop = s.id and m.account = \(owner.account.text) and m.role = 'owner' \(owner.limit))
    for update of s
    """
  }

  static func lock(_ slug: String, forMember member: ShopMember) -> SQL {
    """
    select \(columns), s.currency
    from shops s
    where s.slug = \(slug)
      and exists (
        select 1 from shop_members m
        where m.shop = s.id and m.account = \(member.account.text) \(member.limit))
    for share of s
    """
  }

  /// The shop of a product, for one of its members: it stands where it does until the transaction ends.
  static func hold(of product: Product.ID, forMember member: ShopMember) -> SQL {
    """
    select \(columns)
    from shops s
    where s.id = (select p.shop from products p where p.id = \(product.text))
      and exists (
        select 1 from shop_members m
        where m.shop = s.id and m.account = \(member.account.text) \(member.limit))
    for share of s
    """
  }

  static func hold(_ id: Shop.ID) -> SQL { "select \(columns) from shops s where s.id = \(id.text) for share" }
}
