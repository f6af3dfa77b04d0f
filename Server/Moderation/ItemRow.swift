// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// An item as its row says, for deciding whether somebody may decide it.
struct ItemRow: Sendable, Equatable {
  var id: ModerationItem.ID
  var kind: ModerationKind
  var subject: String
  var shop: Shop.ID
  var version: Int
  var isClosed: Bool
  var claimedBy: Account.ID?
  var claimedUntil: Timestamp?

  /// Why a moderator may not act on it now; nil when nothing is against it.
  func refusal(for moderator: Account.ID, _ match: VersionMatch, now: Timestamp) -> ModerationRefusal? {
    if isClosed { return .decidedAlready }
    if let claimedBy, let claimedUntil, claimedBy != moderator, claimedUntil > now { return .claimedByAnother }
    return match.allows(version) ? nil : .outdated
  }
}

extension ItemRow {
  private static let columns: SQL =
    "id, kind, subject, shop, version, closed_at is not null, claimed_by, claimed_until"

  static func read(_ row: inout RowReader) throws -> ItemRow {
    ItemRow(
      id: try row.nextID(), kind: try row.nextWord(ModerationKind.self), subject: try row.next(String.self),
      shop: try row.nextID(), version: try row.next(Int.self), isClosed: try row.next(Bool.self),
      claimedBy: try row.next(String?.self).flatMap(Account.ID.init), claimedUntil: try row.nextTimestampIfAny())
  }

  static func find(_ id: ModerationItem.ID) -> SQL {
    "select \(columns) from moderation_items where id = \(id.text)"
  }

  static func lock(_ id: ModerationItem.ID) -> SQL {
    "select \(columns) from moderation_items where id = \(id.text) for update"
  }
}
