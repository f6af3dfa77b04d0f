// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

// The map of this folder:
//   ModerationQueue      opens and closes items, in the transaction of what causes them
//   ProposalRows         the table of proposals
//   ModerationRows       reads items for moderators
//   ClaimItem            claims and releases
//   DecideItem           approves and rejects, with everything that follows
//   TellSeller           the mail to the shop's owners
//   ModerationHandlers   binds the endpoints

/// What waits for a moderator. An item is there exactly as long as its cause: a submitted shop, a product in review, a
/// waiting proposal.
enum ModerationQueue {
  /// Opens the item of a subject; when it is open already, what it is about has changed.
  static func open(_ kind: ModerationKind, _ subject: String, of shop: Shop.ID, in transaction: Transaction)
    async throws
  {
    try await transaction.execute(
      """
      insert into moderation_items (id, kind, subject, shop, due_at)
      values (\(ModerationItem.ID.random().text), \(kind.rawValue), \(subject), \(shop.text),
        now() + \(ReviewTarget.seconds(kind)) * interval '1 second')
      on conflict (kind, subject) where closed_at is null do update
      set version = moderation_items.version + 1
      """)
  }

  /// Notes that what is to be decided has changed: nobody decides on what was there before.
  static func note(_ kind: ModerationKind, _ subject: String, in transaction: Transaction) async throws {
    try await transaction.execute(
      """
      update moderation_items
      set version = version + 1
      where kind = \(kind.rawValue) and subject = \(subject) and closed_at is null
      """)
  }

  /// Closes an item whose cause has gone without a decision.
  static func withdraw(_ kind: ModerationKind, _ subject: String, in transaction: Transaction) async throws {
    try await transaction.execute(
      """
      update moderation_items
      set closed_at = now(), outcome = 'withdrawn', claimed_by = null, claimed_until = null
      where kind = \(kind.rawValue) and subject = \(subject) and closed_at is null
      """)
  }

  /// Follows a product from where it stood to where it stands.
  static func follow(_ before: Product?, _ after: Product, of shop: Shop.ID, in transaction: Transaction) async throws {
    switch (before?.status == .inReview, after.status == .inReview) {
    case (false, true): try await open(.product, after.id.text, of: shop, in: transaction)
    case (true, false): try await withdraw(.product, after.id.text, in: transaction)
    case (true, true):
      if let before, ProductWords(of: before) != ProductWords(of: after) {
        try await note(.product, after.id.text, in: transaction)
      }
    case (false, false): break
    }
  }
}
