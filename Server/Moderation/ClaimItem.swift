// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Claims an item for fifteen minutes, or leaves it to others. The item's row is locked, so that of several who claim at
/// once one gets it.
struct ClaimItem: Sendable {
  let now: @Sendable () -> Timestamp

  func claim(_ id: ModerationItem.ID, _ call: Call, _ transaction: Transaction) async throws -> Reply<ModerationItem> {
    let moment = now()
    try await lock(id, call, moment, transaction)
    let until = moment.adding(seconds: ModerationClaim.seconds)
    try await transaction.execute(
      """
      update moderation_items
      set claimed_by = \(call.account.text), claimed_until = \(moment: until.microseconds)
      where id = \(id.text)
      """)
    return try await read(id, call, moment, transaction)
  }

  func release(_ id: ModerationItem.ID, _ call: Call, _ transaction: Transaction) async throws -> Reply<ModerationItem>
  {
    let moment = now()
    try await lock(id, call, moment, transaction)
    try await transaction.execute(
      "update moderation_items set claimed_by = null, claimed_until = null where id = \(id.text)")
    return try await read(id, call, moment, transaction)
  }

  private func lock(_ id: ModerationItem.ID, _ call: Call, _ moment: Timestamp, _ transaction: Transaction) async throws
  {
    guard let item = try await transaction.first(ItemRow.lock(id), ItemRow.read) else { throw NotFound() }
    if let refusal = item.refusal(for: call.account, call.match, now: moment) { throw refusal }
  }

  private func read(_ id: ModerationItem.ID, _ call: Call, _ moment: Timestamp, _ transaction: Transaction) async throws
    -> Reply<ModerationItem>
  {
    let read = ModerationRows.reader(for: call.account, at: moment)
    guard let item = try await transaction.first(ModerationRows.open(id), read) else { throw NotFound() }
    return .value(item, tag: item.tag)
  }
}

extension ModerationItem {
  /// Claims change what is shown, and not what is decided on.
  var tag: EntityTag {
    EntityTag(version: version, and: claim.map { Int($0.until.microseconds / 1_000_000) } ?? 0)
  }
}
