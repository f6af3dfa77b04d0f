// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Moves a shop as the table allows. Everything that follows is in the same transaction: what buyers see of its products,
/// the item that waits for a moderator, the event. The caller has locked the shop's row.
struct MoveShop: Sendable {
  let move: ShopMove
  let mover: Mover
  var reason: String?

  init(_ move: ShopMove, by mover: Mover, reason: String? = nil) {
    self.move = move
    self.mover = mover
    self.reason = reason
  }

  func callAsFunction(_ shop: ShopRow, _ transaction: Transaction) async throws -> ShopRow {
    var moved = shop
    moved.status = try shop.status.after(move, by: mover)
    moved.reason = reason
    moved.version += 1
    try await transaction.execute(
      """
      update shops
      set status = \(moved.status.rawValue), status_reason = \(reason), version = \(moved.version), updated_at = now()
      where id = \(shop.id.text)
      """)
    try await transaction.execute(
      "update products set shop_status = \(moved.status.rawValue) where shop = \(shop.id.text)")
    if moved.status == .submitted {
      try await ModerationQueue.open(.shop, shop.id.text, of: shop.id, in: transaction)
    } else if shop.status == .submitted {
      try await ModerationQueue.withdraw(.shop, shop.id.text, in: transaction)
    }
    try await EventLog.append(move.event, shop: shop.id, in: transaction)
    return moved
  }

  /// Brings a dormant shop back, because something was done in it. Another may have done so already.
  static func wake(_ id: Shop.ID, _ transaction: Transaction) async throws {
    guard let shop = try await transaction.first(ShopRow.lock(id), ShopRow.read), shop.status == .dormant else {
      return
    }
    _ = try await MoveShop(.wake, by: .market)(shop, transaction)
  }
}

extension ShopMove {
  fileprivate var event: EventKind {
    switch self {
    case .submit: .shopSubmitted
    case .withdraw: .shopWithdrawn
    case .approve: .shopApproved
    case .reject: .shopRejected
    case .suspend: .shopSuspended
    case .reinstate: .shopReinstated
    case .fallDormant: .shopFellDormant
    case .wake: .shopWoke
    }
  }
}
