// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// The SQL of shops. Whatever a member may do names the member in its condition.
enum ShopQueries {
  static let columns: SQL = """
    s.id, s.slug, s.name, s.tagline, s.story, s.city, s.country, s.currency, s.status,
    (select count(*) from products p where p.shop = s.id and p.is_listed), s.version, s.created_at
    """

  static func read(_ row: inout RowReader) throws -> Shop {
    Shop(
      id: try row.nextID(), slug: try row.next(String.self), name: try row.next(String.self),
      tagline: try row.next(String.self), story: try row.next(String.self), city: try row.next(String.self),
      country: try row.nextCountry(), currency: try row.nextCurrency(), status: try row.nextWord(ShopStatus.self),
      productCount: try row.next(Int.self), version: try row.next(Int.self),
      createdAt: try row.nextTimestamp())
  }

  static func bySlug(_ slug: String) -> SQL {
    "select \(columns) from shops s where s.slug = \(slug)"
  }

  /// A shop that anybody may see.
  static func shown(_ slug: String) -> SQL {
    "select \(columns) from shops s where s.slug = \(slug) and s.status in ('approved', 'dormant')"
  }

  static func bySlug(_ slug: String, forMember member: ShopMember) -> SQL {
    """
    select \(columns)
    from shops s
    where s.slug = \(slug)
      and exists (
        select 1 from shop_members m
        where m.shop = s.id and m.account = \(member.account.text) \(member.limit))
    """
  }

  static func page(after: (name: String, id: String)?, limit: Int) -> SQL {
    let start: SQL = after.map { "and (s.name, s.id) > (\($0.name), \($0.id))" } ?? ""
    return """
      select \(columns)
      from shops s
      where s.status = 'approved' \(start)
      order by s.name, s.id
      limit \(limit)
      """
  }

  /// Locks the shop for its member; nothing for anybody else.
  static func lock(_ slug: String, for member: ShopMember) -> SQL {
    """
    select \(columns)
    from shops s
    where s.slug = \(slug)
      and exists (
        select 1 from shop_members m where m.shop = s.id and m.account = \(member.account.text) \(member.limit))
    for update of s
    """
  }

  static func insert(_ draft: ShopDraft, id: Shop.ID) -> SQL {
    """
    insert into shops (id, slug, name, tagline, story, city, country, currency)
    values (\(id.text), \(draft.slug), \(draft.name), \(draft.tagline), \(draft.story), \(draft.city),
      \(draft.country.code), \(draft.currency.code))
    """
  }

  /// Opens a shop that nobody has to look at: of the demo, and of measurements.
  static func trust(_ shop: Shop.ID) -> SQL {
    "update shops set status = 'approved', trust = 'trusted' where id = \(shop.text)"
  }

  static func addOwner(_ account: Account.ID, to shop: Shop.ID) -> SQL {
    "insert into shop_members (shop, account, role) values (\(shop.text), \(account.text), 'owner')"
  }

  static func update(_ shop: Shop) -> SQL {
    """
    update shops
    set name = \(shop.name), tagline = \(shop.tagline), story = \(shop.story), city = \(shop.city),
      version = version + 1, updated_at = now()
    where id = \(shop.id.text)
    """
  }
}

struct SlugTaken: Refusal {
  var problem: ProblemCode { .slugTaken }
  var errors: [FieldError] { [FieldError("/slug", "taken", "Another shop uses this address already.")] }
}
