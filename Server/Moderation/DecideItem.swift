// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres

/// Approves and rejects. Shop, product and item are locked in this order, which is everybody's; then it is asked whether the
/// moderator may still decide, and the decision, what follows from it, the event, the mail and the entry of the audit
/// log are one transaction. A refusal is thrown before anything is written.
struct DecideItem: Sendable {
  let now: @Sendable () -> Timestamp

  /// What a moderator says of an item in the version that was seen.
  struct Verdict: Sendable {
    var item: ModerationItem.ID
    var match: VersionMatch
    var moderator: Account.ID
    /// Rejects; nil approves.
    var reason: String?

    var outcome: ModerationOutcome { reason == nil ? .approved : .rejected }
  }

  func callAsFunction(_ verdict: Verdict, _ transaction: Transaction) async throws -> ModerationDecision {
    guard let found = try await transaction.first(ItemRow.find(verdict.item), ItemRow.read) else { throw NotFound() }
    let lock = found.kind == .shop ? ShopRow.lock(found.shop) : ShopRow.hold(found.shop)
    guard let shop = try await transaction.first(lock, ShopRow.read) else { throw NotFound() }
    let product = try await lockProduct(found, transaction)
    guard let item = try await transaction.first(ItemRow.lock(verdict.item), ItemRow.read) else { throw NotFound() }
    if let refusal = item.refusal(for: verdict.moderator, verdict.match, now: now()) { throw refusal }
    try await OwnShop.refuse(verdict.moderator, shop.id, transaction)
    try await close(item, verdict, transaction)
    switch (item.kind, product) {
    case (.shop, _): try await decide(shop, verdict, transaction)
    case (.product, let product?): try await decideListing(of: product, verdict, transaction)
    case (.change, let product?): try await decideChange(of: product, verdict, transaction)
    // The product of an item is never deleted.
    case (.product, nil), (.change, nil): throw NotFound()
    }
    let notice = SellerNotice(item.kind, verdict.outcome, title: product?.title, reason: verdict.reason)
    try await Jobs.add(TellSeller(shop: shop.id, notice), in: transaction)
    try await AuditLog.append(
      item.kind.audited(verdict.outcome), by: verdict.moderator, subject: item.subject,
      .object(
        [("item", .string(item.id.text)), ("version", .int(Int64(item.version)))]
          + (verdict.reason.map { [("reason", .string($0))] } ?? [])), in: transaction)
    return ModerationDecision(item: item.id, outcome: verdict.outcome, reason: verdict.reason)
  }

  private func lockProduct(_ item: ItemRow, _ transaction: Transaction) async throws -> Product? {
    guard item.kind != .shop, let id = Product.ID(item.subject) else { return nil }
    return try await transaction.first(ProductQueries.lock(id), ProductQueries.read)
  }

  private func close(_ item: ItemRow, _ verdict: Verdict, _ transaction: Transaction) async throws {
    try await transaction.execute(
      """
      update moderation_items
      set closed_at = now(), outcome = \(verdict.outcome.rawValue), decided_by = \(verdict.moderator.text),
        reason = \(verdict.reason), claimed_by = null, claimed_until = null
      where id = \(item.id.text)
      """)
  }

  // MARK: What follows

  private func decide(_ shop: ShopRow, _ verdict: Verdict, _ transaction: Transaction) async throws {
    let move = MoveShop(verdict.reason == nil ? .approve : .reject, by: .moderator, reason: verdict.reason)
    _ = try await move(shop, transaction)
  }

  private func decideListing(of product: Product, _ verdict: Verdict, _ transaction: Transaction) async throws {
    let decided = try verdict.reason.map { try product.rejected($0) } ?? product.approved()
    try await write(decided, transaction)
    let kind = verdict.reason == nil ? EventKind.productApproved : .productRejected
    try await EventLog.append(kind, ofProduct: product.id, in: transaction)
  }

  private func decideChange(of product: Product, _ verdict: Verdict, _ transaction: Transaction) async throws {
    if let reason = verdict.reason {
      try await transaction.execute(ProposalRows.reject(product.id, reason))
      return try await EventLog.append(.changeRejected, ofProduct: product.id, in: transaction)
    }
    guard let proposal = try await transaction.first(ProposalRows.of(product.id), ProposalRows.read) else {
      throw NotFound()
    }
    // What was proposed and nothing else, on the product as it is by now.
    try await write(proposal.words.applied(to: product), transaction)
    try await transaction.execute(ProposalRows.remove(product.id))
    try await EventLog.append(.changeApproved, ofProduct: product.id, in: transaction)
  }

  private func write(_ product: Product, _ transaction: Transaction) async throws {
    var product = product
    product.version += 1
    product.updatedAt = now()
    try await transaction.execute(try ProductQueries.update(product))
  }
}

extension ModerationKind {
  fileprivate func audited(_ outcome: ModerationOutcome) -> AuditAction {
    switch (self, outcome) {
    case (.shop, .approved): .shopApproved
    case (.shop, .rejected): .shopRejected
    case (.product, .approved): .productApproved
    case (.product, .rejected): .productRejected
    case (.change, .approved): .changeApproved
    case (.change, .rejected): .changeRejected
    }
  }
}
