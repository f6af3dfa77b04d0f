// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres

/// The SQL of one product. Reads that may see drafts name the member in their condition.
enum ProductQueries {
  static let columns: SQL = """
    p.id, s.slug, s.name, p.sku, p.title, p.description, p.price, s.currency, p.stock, p.category, p.tags, p.materials,
    p.status, p.archived_from, p.status_reason, p.photo, f.width, f.height, p.version, p.created_at, p.updated_at,
    c.status, c.reason
    """
  static let tables: SQL = """
    products p
      join shops s on s.id = p.shop
      left join photos f on f.id = p.photo
      left join product_proposals c on c.product = p.id
    """
  /// The shop is held too: a row that was waited for is read anew only where it is locked, and the ready answers of a
  /// product say its shop's name.
  static let locking: SQL = "for update of p for share of s"

  static func read(_ row: inout RowReader) throws -> Product {
    Product(
      id: try row.nextID(), shop: ShopReference(slug: try row.next(String.self), name: try row.next(String.self)),
      sku: try row.next(String.self), title: try row.next(String.self), description: try row.next(String.self),
      price: Money(try row.next(Int.self), try row.nextCurrency()), stock: try row.next(Int.self),
      category: try row.next(String.self), tags: try row.next([String].self), materials: try row.next([String].self),
      status: try row.nextWord(ProductStatus.self),
      archivedFrom: try row.nextOptionalWord(ProductStatus.self), statusReason: try row.next(String?.self),
      photo: try row.nextPhoto(), version: try row.next(Int.self), createdAt: try row.nextTimestamp(),
      updatedAt: try row.nextTimestamp(), proposal: try row.nextProposalNote())
  }

  /// The ready documents of products that anybody may see, each after its id.
  static func documents(_ ids: [String]) -> SQL {
    // Owner: anybody; what is not shown is left out.
    "select id, version, document from products where id = any (\(ids)) and is_shown"
  }

  /// The ready document of a product that not everybody may see, for a moderator.
  static func document(forModerator id: Product.ID) -> SQL {
    // Owner: moderators look at everybody's.
    "select version, document from products where id = \(id.text)"
  }

  /// The ready document of a product for a member of its shop, wherever it stands.
  static func document(_ id: Product.ID, forMember member: ShopMember) -> SQL {
    """
    select p.version, p.document
    from products p
    where p.id = \(id.text)
      and exists (
        select 1 from shop_members m
        where m.shop = p.shop and m.account = \(member.account.text) \(member.limit))
    """
  }

  /// Locks a product whose shop is held already.
  static func lock(_ id: Product.ID) -> SQL {
    // Owner: whoever may change it was decided when its shop was held.
    return """
      select \(columns)
      from \(tables)
      where p.id = \(id.text)
      \(locking)
      """
  }

  /// A product as it stands in its row, for a member of its shop.
  static func row(_ id: Product.ID, forMember member: ShopMember) -> SQL {
    """
    select \(columns)
    from \(tables)
    where p.id = \(id.text)
      and exists (
        select 1 from shop_members m
        where m.shop = p.shop and m.account = \(member.account.text) \(member.limit))
    """
  }

  static func ofShop(
    _ slug: String, for member: ShopMember, status: ProductStatus?, after: (microseconds: Int64, id: String)?,
    limit: Int
  ) -> SQL {
    let withStatus: SQL = status.map { "and p.status = \($0.rawValue)" } ?? ""
    let start: SQL = after.map { "and (p.created_at, p.id) < (\(moment: $0.microseconds), \($0.id))" } ?? ""
    return """
      select \(columns)
      from \(tables)
      where s.slug = \(slug)
        and exists (
          select 1 from shop_members m
          where m.shop = p.shop and m.account = \(member.account.text) \(member.limit))
        \(withStatus) \(start)
      order by p.created_at desc, p.id desc
      limit \(limit)
      """
  }

  static func insert(_ product: Product, shop: Shop.ID) throws -> SQL {
    let ready = try ReadyProduct(product)
    return """
      insert into products (id, shop, sku, title, description, price, stock, category, tags, materials, status,
        archived_from, status_reason, version, created_at, updated_at, card, document, words, shop_status)
      values (\(product.id.text), \(shop.text), \(product.sku), \(product.title), \(product.description),
        \(product.price.amount), \(product.stock), \(product.category), \(product.tags), \(product.materials),
        \(product.status.rawValue), \(product.archivedFrom?.rawValue), \(product.statusReason), \(product.version),
        \(moment: product.createdAt.microseconds), \(moment: product.updatedAt.microseconds), \(ready.card),
        \(ready.document), \(ready.words), (select status from shops where id = \(shop.text)))
      """
  }

  /// Writes a product that was locked and read before in this transaction.
  static func update(_ product: Product) throws -> SQL {
    let ready = try ReadyProduct(product)
    // Owner: the row was locked for a member of its shop before.
    return """
      update products
      set title = \(product.title), description = \(product.description), price = \(product.price.amount),
        stock = \(product.stock), category = \(product.category), tags = \(product.tags),
        materials = \(product.materials), status = \(product.status.rawValue),
        archived_from = \(product.archivedFrom?.rawValue), status_reason = \(product.statusReason),
        photo = \(product.photo?.id.text),
        version = \(product.version), updated_at = \(moment: product.updatedAt.microseconds),
        card = \(ready.card), document = \(ready.document), words = \(ready.words)
      where id = \(product.id.text)
      """
  }
}

/// The forms of a product that are kept beside its row, ready to be sent and searched.
struct ReadyProduct: Sendable {
  var card: [UInt8]
  var document: [UInt8]
  var words: String

  init(_ product: Product) throws {
    let encoder = JSONEncoder()
    card = try encoder.encode(ProductCard(product))
    // Anybody reads it.
    var shown = product
    shown.proposal = nil
    document = try encoder.encode(shown)
    words = (product.tags + product.materials + [product.shop.name]).joined(separator: " ")
  }
}

extension RowReader {
  fileprivate mutating func nextProposalNote() throws -> ProposalNote? {
    let status = try nextOptionalWord(ProposalStatus.self)
    let reason = try next(String?.self)
    return status.map { ProposalNote(status: $0, reason: reason) }
  }

  mutating func nextPhoto() throws -> Photo? {
    let id = try next(String?.self)
    let width = try next(Int?.self)
    let height = try next(Int?.self)
    guard let id = id.flatMap(PhotoID.init), let width, let height else { return nil }
    return Photo(id: id, width: width, height: height)
  }
}

extension SQL.StringInterpolation {
  /// A moment in microseconds since 1970 as a timestamptz.
  mutating func appendInterpolation(moment microseconds: Int64) {
    appendInterpolation(Postgres.Timestamp(microseconds: microseconds))
  }

  mutating func appendInterpolation(moment microseconds: Int64?) {
    appendInterpolation(microseconds.map { Postgres.Timestamp(microseconds: $0) })
  }
}
