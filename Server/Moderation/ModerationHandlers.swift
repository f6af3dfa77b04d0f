// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Binds what moderators do.
struct ModerationHandlers: Sendable {
  let database: Database
  let cursors: CursorSeal
  let now: @Sendable () -> Timestamp

  private var claims: ClaimItem { ClaimItem(now: now) }
  private var decide: DecideItem { DecideItem(now: now) }
  private var shops: ModerateShop { ModerateShop() }

  func bind(_ routes: inout Routes) {
    routes.bind(Moderation.list) { input, call in try await list(input, call.account) }
    routes.bind(Moderation.counts) { _, _ in
      let counts = try await database.query(ModerationRows.counts(at: now())) { row in
        ModerationCount(
          kind: try row.nextWord(ModerationKind.self), open: try row.next(Int.self), late: try row.next(Int.self),
          oldestAt: try row.nextTimestampIfAny())
      }
      return .value(Page(items: counts))
    }
    routes.bind(Moderation.show) { input, call in try await show(input.item, call.account) }
    routes.bindChange(Moderation.claim) { input, call, transaction in
      try await claims.claim(input.item, call, transaction)
    }
    routes.bindChange(Moderation.release) { input, call, transaction in
      try await claims.release(input.item, call, transaction)
    }
    routes.bindChange(Moderation.approve) { input, call, transaction in
      let verdict = DecideItem.Verdict(item: input.item, match: call.match, moderator: call.account)
      return .value(try await decide(verdict, transaction))
    }
    routes.bindChange(Moderation.reject) { input, call, transaction in
      let verdict = DecideItem.Verdict(
        item: input.item, match: call.match, moderator: call.account, reason: input.reason)
      return .value(try await decide(verdict, transaction))
    }
    routes.bindChange(Moderation.approveAll) { input, call, transaction in
      try await approveAll(input.items, call.account, transaction)
    }
    routes.bind(Moderation.shop) { input, _ in
      guard let shop = try await database.first(ShopRow.find(input.shop), ShopRow.read) else { throw NotFound() }
      return .value(shop.standing, tag: EntityTag(version: shop.version))
    }
    routes.bindChange(Moderation.suspend) { input, call, transaction in
      try await shops.suspend(input.shop, input.reason, call, transaction)
    }
    routes.bindChange(Moderation.reinstate) { input, call, transaction in
      try await shops.reinstate(input.shop, call, transaction)
    }
    routes.bindChange(Moderation.setTrust) { input, call, transaction in
      try await shops.setTrust(input.trust, of: input.shop, call, transaction)
    }
  }

  private func list(_ input: ModerationQuery, _ moderator: Account.ID) async throws -> Reply<Page<ModerationItem>> {
    let limit = input.limit ?? PageLimit.standard
    let question = input.question
    let after = try cursors.open(input.cursor, question: question, count: 2).map { values in
      guard let microseconds = Int64(values[0]) else { throw InvalidCursor() }
      return (microseconds: microseconds, id: values[1])
    }
    let moment = now()
    var items = try await database.query(
      ModerationRows.page(input, for: moderator, at: moment, after: after, limit: limit + 1),
      ModerationRows.reader(for: moderator, at: moment))
    let hasMore = items.count > limit
    if hasMore { items.removeLast() }
    let next =
      hasMore
      ? items.last.map { cursors.seal([String($0.openedAt.microseconds), $0.id.text], question: question) } : nil
    return .value(Page(items: items, nextCursor: next))
  }

  private func show(_ id: ModerationItem.ID, _ moderator: Account.ID) async throws -> Reply<ModerationCase> {
    let read = ModerationRows.reader(for: moderator, at: now())
    // What belongs together is read at one moment: nobody decides on words of one version under the number of another.
    let found = try await database.transaction(.repeatableRead, readOnly: true) { transaction -> ModerationCase? in
      guard let item = try await transaction.first(ModerationRows.open(id), read),
        let shop = try await transaction.first(ShopQueries.bySlug(item.shop.slug), ShopQueries.read)
      else { return nil }
      var found = ModerationCase(item: item, shop: shop, product: nil, changes: [])
      if let id = item.product {
        found.product = try await transaction.first(ModerationRows.product(id), ProductQueries.read)
      }
      if item.kind == .change, let product = found.product {
        let proposal = try await transaction.first(ProposalRows.of(product.id), ProposalRows.read)
        found.changes = proposal?.words.changes(of: product) ?? []
      }
      return found
    }
    guard let found else { throw NotFound() }
    return .value(found, tag: found.item.tag)
  }

  /// Each for itself: one that cannot be approved keeps no other from it, since a refusal comes before anything is
  /// written. In the order of ids, so that two who approve many at once seldom wait for each other in a circle; one of
  /// these is then run again.
  private func approveAll(_ items: [SeenItem], _ moderator: Account.ID, _ transaction: Transaction) async throws
    -> Reply<Page<BulkDecision>>
  {
    var decisions: [BulkDecision] = []
    for seen in items.sorted(by: { $0.item.text < $1.item.text }) {
      let match = VersionMatch.tags([String(seen.version)])
      let verdict = DecideItem.Verdict(item: seen.item, match: match, moderator: moderator)
      do {
        _ = try await decide(verdict, transaction)
        decisions.append(BulkDecision(item: seen.item))
      } catch let refusal as any Refusal {
        decisions.append(BulkDecision(item: seen.item, problem: refusal.problem.rawValue))
      }
    }
    return .value(Page(items: decisions))
  }
}

extension ModerationQuery {
  /// What a cursor of this query belongs to.
  fileprivate var question: String {
    let parts = [kind?.rawValue ?? "", state?.rawValue ?? "", late.map(String.init) ?? "", shop ?? ""]
    return "moderation\n" + parts.joined(separator: "\n")
  }
}
