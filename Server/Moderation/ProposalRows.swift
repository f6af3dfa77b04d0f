// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// A proposal as its row says.
struct ProposalRow: Sendable, Equatable {
  var product: Product.ID
  var words: ProductWords
  var status: ProposalStatus
  var reason: String?
  var version: Int
  var createdAt: Timestamp

  var note: ProposalNote { ProposalNote(status: status, reason: reason) }

  func shown(for current: Product) -> ProductProposal {
    ProductProposal(
      product: product, status: status, reason: reason, changes: words.changes(of: current), version: version,
      createdAt: createdAt)
  }
}

/// The SQL of proposals. They are written by whoever holds their product's row.
enum ProposalRows {
  // Owner: whoever may see or change the product was decided before.
  static func of(_ product: Product.ID) -> SQL {
    """
    select c.product, c.title, c.description, c.category, c.tags, c.materials, c.photo, f.width, f.height, c.status,
      c.reason, c.version, c.created_at
    from product_proposals c left join photos f on f.id = c.photo
    where c.product = \(product.text)
    """
  }

  static func read(_ row: inout RowReader) throws -> ProposalRow {
    ProposalRow(
      product: try row.nextID(),
      words: ProductWords(
        title: try row.next(String?.self), description: try row.next(String?.self),
        category: try row.next(String?.self), tags: try row.next([String]?.self),
        materials: try row.next([String]?.self), photo: try row.nextPhoto()),
      status: try row.nextWord(ProposalStatus.self), reason: try row.next(String?.self),
      version: try row.next(Int.self), createdAt: try row.nextTimestamp())
  }

  /// Puts a proposal in the place of the one there was.
  static func put(_ words: ProductWords, for product: Product.ID) -> SQL {
    """
    insert into product_proposals (product, title, description, category, tags, materials, photo)
    values (\(product.text), \(words.title), \(words.description), \(words.category), \(words.tags),
      \(words.materials), \(words.photo?.id.text))
    on conflict (product) do update
    set title = excluded.title, description = excluded.description, category = excluded.category,
      tags = excluded.tags, materials = excluded.materials, photo = excluded.photo, status = 'waiting', reason = null,
      version = product_proposals.version + 1,
      created_at = case when product_proposals.status = 'waiting' then product_proposals.created_at else now() end
    """
  }

  static func remove(_ product: Product.ID) -> SQL {
    "delete from product_proposals where product = \(product.text)"
  }

  static func reject(_ product: Product.ID, _ reason: String) -> SQL {
    """
    update product_proposals
    set status = 'rejected', reason = \(reason), version = version + 1
    where product = \(product.text)
    """
  }
}
