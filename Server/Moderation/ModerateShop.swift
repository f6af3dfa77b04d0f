// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres

/// What moderators do with a whole shop.
struct ModerateShop: Sendable {
  func suspend(_ slug: String, _ reason: String, _ call: Call, _ transaction: Transaction) async throws
    -> Reply<ShopStanding>
  {
    let shop = try await lock(slug, call, transaction)
    let moved = try await MoveShop(.suspend, by: .moderator, reason: reason)(shop, transaction)
    try await Jobs.add(TellSeller(shop: shop.id, SellerNotice(.shopSuspended, reason: reason)), in: transaction)
    try await AuditLog.append(
      .shopSuspended, by: call.account, subject: shop.id.text, .object([("reason", .string(reason))]), in: transaction)
    return .value(moved.standing, tag: EntityTag(version: moved.version))
  }

  func reinstate(_ slug: String, _ call: Call, _ transaction: Transaction) async throws -> Reply<ShopStanding> {
    let shop = try await lock(slug, call, transaction)
    let moved = try await MoveShop(.reinstate, by: .moderator)(shop, transaction)
    try await Jobs.add(TellSeller(shop: shop.id, SellerNotice(.shopReinstated)), in: transaction)
    try await AuditLog.append(.shopReinstated, by: call.account, subject: shop.id.text, in: transaction)
    return .value(moved.standing, tag: EntityTag(version: moved.version))
  }

  /// What waits already is still decided: trust is about what comes.
  func setTrust(_ trust: ShopTrust, of slug: String, _ call: Call, _ transaction: Transaction) async throws
    -> Reply<ShopStanding>
  {
    var shop = try await lock(slug, call, transaction)
    shop.trust = trust
    shop.version += 1
    try await transaction.execute(
      "update shops set trust = \(trust.rawValue), version = \(shop.version) where id = \(shop.id.text)")
    try await EventLog.append(.shopChanged, shop: shop.id, in: transaction)
    try await AuditLog.append(
      .shopTrustSet, by: call.account, subject: shop.id.text, .object([("trust", .string(trust.rawValue))]),
      in: transaction)
    return .value(shop.standing, tag: EntityTag(version: shop.version))
  }

  private func lock(_ slug: String, _ call: Call, _ transaction: Transaction) async throws -> ShopRow {
    guard let shop = try await transaction.first(ShopRow.lock(slug), ShopRow.read) else { throw NotFound() }
    guard call.match.allows(shop.version) else { throw VersionMismatch() }
    try await OwnShop.refuse(call.account, shop.id, transaction)
    return shop
  }
}

/// Nobody moderates a shop of their own.
struct OwnShop: Refusal {
  var problem: ProblemCode { .forbidden }
  var detail: String? { "You work in this shop: another moderator decides." }

  static func refuse(_ moderator: Account.ID, _ shop: Shop.ID, _ transaction: Transaction) async throws {
    let isMember = try await transaction.first(
      "select true from shop_members where shop = \(shop.text) and account = \(moderator.text)"
    ) { row in try row.next(Bool.self) }
    if isMember != nil { throw OwnShop() }
  }
}
