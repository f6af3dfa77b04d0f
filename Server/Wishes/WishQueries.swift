// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres

/// The SQL of wishlists and of what is on them. Each statement names the account whose they are, but for the two that
/// serve whoever has a link.
enum WishQueries {
  static func lists(of account: Account.ID) -> SQL {
    """
    select l.id, l.name, l.share, l.version, (select count(*) from wishes w where w.wishlist = l.id)
    from wishlists l
    where l.account = \(account.text)
    order by l.created_at, l.id
    """
  }

  static func list(_ id: Wishlist.ID, of account: Account.ID) -> SQL {
    """
    select l.id, l.name, l.share, l.version, (select count(*) from wishes w where w.wishlist = l.id)
    from wishlists l
    where l.id = \(id.text) and l.account = \(account.text)
    """
  }

  static func readList(of account: Account.ID) -> @Sendable (inout RowReader) throws -> Wishlist {
    { row in
      let id: Wishlist.ID = try row.nextID()
      let (name, share) = (try row.next(String.self), try row.next(String?.self))
      let version = try row.next(Int.self)
      return Wishlist(
        id: id, name: name, isDefault: id == Wishlist.defaultID(of: account), itemCount: try row.next(Int.self),
        share: share, version: version)
    }
  }

  static func begin(_ id: Wishlist.ID, _ name: String, of account: Account.ID) -> SQL {
    """
    insert into wishlists (id, account, name) values (\(id.text), \(account.text), \(name))
    on conflict (id) do nothing
    """
  }

  static func update(_ list: Wishlist, of account: Account.ID) -> SQL {
    """
    update wishlists set name = \(list.name), share = \(list.share), version = version + 1
    where id = \(list.id.text) and account = \(account.text)
    """
  }

  static func delete(_ id: Wishlist.ID, of account: Account.ID) -> SQL {
    "delete from wishlists where id = \(id.text) and account = \(account.text)"
  }

  // MARK: What is on them

  private static let columns: SQL = """
    w.product, w.title, w.note, w.price, w.currency, w.was_sold_out, w.added_at, p.is_listed, p.is_shown, p.price, s.currency, p.stock,
    p.card
    """

  static func wishes(
    on id: Wishlist.ID, of account: Account.ID, after: (microseconds: Int64, product: String)?, limit: Int
  ) -> SQL {
    let start: SQL = after.map { "and (w.added_at, w.product) < (\(moment: $0.microseconds), \($0.product))" } ?? ""
    // Owner: the account's wishes; of a draft only what was known when it was wished for is told.
    return """
      select \(columns)
      from wishes w join products p on p.id = w.product join shops s on s.id = p.shop
      where w.wishlist = \(id.text) and w.account = \(account.text) \(start)
      order by w.added_at desc, w.product desc
      limit \(limit)
      """
  }

  static func wish(for product: Product.ID, on id: Wishlist.ID, of account: Account.ID) -> SQL {
    // Owner: as above.
    """
    select \(columns)
    from wishes w join products p on p.id = w.product join shops s on s.id = p.shop
    where w.wishlist = \(id.text) and w.account = \(account.text) and w.product = \(product.text)
    """
  }

  /// Puts a product that is for sale on a list, as it is now.
  static func add(_ draft: WishDraft, to id: Wishlist.ID, of account: Account.ID) -> SQL {
    // Owner: everybody may wish for what is for sale; the row is the account's.
    """
    insert into wishes (wishlist, account, product, title, price, currency, was_sold_out, note, added_at)
    select \(id.text), \(account.text), p.id, p.title, p.price, s.currency, p.stock <= 0, \(draft.note),
      least(now(), \(moment: draft.addedAt?.microseconds))
    from products p join shops s on s.id = p.shop
    where p.id = \(draft.product.text) and p.is_listed
    """
  }

  static func note(_ note: String, for product: Product.ID, on id: Wishlist.ID, of account: Account.ID) -> SQL {
    """
    update wishes set note = \(note)
    where wishlist = \(id.text) and account = \(account.text) and product = \(product.text)
    """
  }

  static func remove(_ product: Product.ID, from id: Wishlist.ID, of account: Account.ID) -> SQL {
    "delete from wishes where wishlist = \(id.text) and account = \(account.text) and product = \(product.text)"
  }

  // MARK: For whoever has a link

  static func shared(_ share: String) -> SQL {
    // Owner: whoever has the link.
    "select id, name from wishlists where share = \(share)"
  }

  static func sharedItems(
    on id: Wishlist.ID, after: (microseconds: Int64, product: String)?, limit: Int
  ) -> SQL {
    let start: SQL = after.map { "and (w.added_at, w.product) < (\(moment: $0.microseconds), \($0.product))" } ?? ""
    // Owner: whoever has the link, which was looked up before; only what is for sale is shown.
    return """
      select w.added_at, w.product, p.card
      from wishes w join products p on p.id = w.product
      where w.wishlist = \(id.text) and p.is_listed \(start)
      order by w.added_at desc, w.product desc
      limit \(limit)
      """
  }
}

/// A wish as the database has it: what was kept, what is so now, and the ready card.
struct WishRow: Sendable {
  var wish: Wish
  var card: [UInt8]?

  init(_ row: inout RowReader) throws {
    let product: Product.ID = try row.nextID()
    let (title, note) = (try row.next(String.self), try row.next(String?.self))
    let then = WishLook(
      price: Money(try row.next(Int.self), try row.nextCurrency()), isSoldOut: try row.next(Bool.self))
    let addedAt = try row.nextTimestamp()
    let (isListed, isShown) = (try row.next(Bool.self), try row.next(Bool.self))
    let price = Money(try row.next(Int.self), try row.nextCurrency())
    let now = WishLook(price: price, isSoldOut: try row.next(Int.self) <= 0)
    let bytes = try row.next([UInt8].self)
    wish = Wish(
      product: product, title: title, addedAt: addedAt, note: note, priceThen: then.price,
      changes: WishChange.since(then, now: isListed ? now : nil))
    card = isShown ? bytes : nil
  }

  /// The wish with the card as it lies ready, which is the last member.
  func bytes() throws -> [UInt8] { try ReadyCard.append(card, to: JSONEncoder().encode(wish)) }
}

/// Puts a ready card behind the members of an object.
enum ReadyCard {
  static func append(_ card: [UInt8]?, to object: [UInt8]) -> [UInt8] {
    guard let card else { return object }
    return object.dropLast() + Array(#","card":"#.utf8) + card + [UInt8(ascii: "}")]
  }
}
