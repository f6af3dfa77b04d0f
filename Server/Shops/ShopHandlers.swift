// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres

/// Binds the shop endpoints.
struct ShopHandlers: Sendable {
  let database: Database
  let cursors: CursorSeal
  let storefront: ShowStorefront

  func bind(_ routes: inout Routes) {
    routes.bind(Shops.list) { input, _ in try await list(input) }
    routes.bind(Shops.show) { input, call in try await show(input.slug, call.principal) }
    routes.bind(Shops.standing) { input, call in
      let found = try await database.first(ShopRow.find(input.slug, forMember: call.member), ShopRow.read)
      guard let shop = found else { throw NotFound() }
      return .value(shop.standing, tag: EntityTag(version: shop.version))
    }
    routes.bindChange(Shops.submit) { input, call, transaction in
      try await move(.submit, input.slug, call, transaction)
    }
    routes.bindChange(Shops.withdraw) { input, call, transaction in
      try await move(.withdraw, input.slug, call, transaction)
    }
    routes.bind(Shops.storefront) { input, _ in .value(try await storefront(input)) }
    routes.bindChange(Shops.open) { input, call, transaction in try await open(input, call.account, transaction) }
    routes.bindChange(Shops.edit) { input, call, transaction in try await edit(input, call, transaction) }
  }

  private func show(_ slug: String, _ caller: Principal?) async throws -> Reply<Shop> {
    if let shop = try await database.first(ShopQueries.shown(slug), ShopQueries.read) {
      return .value(shop, tag: EntityTag(version: shop.version, and: shop.productCount))
    }
    guard let caller else { throw NotFound() }
    let statement =
      caller.adminScopes.contains(.moderation)
      ? ShopQueries.bySlug(slug) : ShopQueries.bySlug(slug, forMember: ShopMember(caller))
    guard let shop = try await database.first(statement, ShopQueries.read) else { throw NotFound() }
    var reply = Reply.value(shop, tag: EntityTag(version: shop.version, and: shop.productCount))
    reply.caching = .personal
    return reply
  }

  /// What an owner does with the whole shop.
  private func move(_ move: ShopMove, _ slug: String, _ call: Call, _ transaction: Transaction) async throws
    -> Reply<ShopStanding>
  {
    let found = try await transaction.first(ShopRow.lock(slug, forOwner: call.member), ShopRow.read)
    guard let shop = found else { throw NotFound() }
    guard call.match.allows(shop.version) else { throw VersionMismatch() }
    let moved = try await MoveShop(move, by: .seller)(shop, transaction)
    return .value(moved.standing, tag: EntityTag(version: moved.version))
  }

  private func list(_ input: ShopQuery) async throws -> Reply<Page<Shop>> {
    let limit = input.limit ?? PageLimit.standard
    let after = try cursors.open(input.cursor, question: "shops", count: 2).map { (name: $0[0], id: $0[1]) }
    var shops = try await database.query(ShopQueries.page(after: after, limit: limit + 1), ShopQueries.read)
    let hasMore = shops.count > limit
    if hasMore { shops.removeLast() }
    let next = hasMore ? shops.last.map { cursors.seal([$0.name, $0.id.text], question: "shops") } : nil
    return .value(Page(items: shops, nextCursor: next))
  }

  private func open(_ draft: ShopDraft, _ owner: Account.ID, _ transaction: Transaction) async throws -> Reply<Shop> {
    let id = Shop.ID.random()
    do { try await transaction.execute(ShopQueries.insert(draft, id: id)) } catch let error as PostgresError
      where error.constraint == "shops_slug_unique"
    { throw SlugTaken() }
    do { try await transaction.execute(ShopQueries.addOwner(owner, to: id)) } catch let error as PostgresError
      where error.constraint == "shop_members_account_fkey"
    { throw AccessRefusal.unauthenticated }
    try await EventLog.append(.shopOpened, shop: id, in: transaction)
    guard let shop = try await transaction.first(ShopQueries.bySlug(draft.slug), ShopQueries.read) else {
      throw NotFound()
    }
    return .value(
      shop, tag: EntityTag(version: shop.version, and: shop.productCount),
      location: "\(Contract.basePath)/shops/\(shop.slug)")
  }

  private func edit(_ patch: ShopPatch, _ call: Call, _ transaction: Transaction) async throws -> Reply<Shop> {
    guard let before = try await transaction.first(ShopQueries.lock(patch.slug, for: call.member), ShopQueries.read)
    else { throw NotFound() }
    guard call.match.allows(before.version) else { throw VersionMismatch() }
    try await transaction.execute(ShopQueries.update(patch.applied(to: before)))
    if case .set(let name) = patch.name, name != before.name {
      try await Jobs.add(RewriteCards(shop: before.id), in: transaction)
    }
    try await EventLog.append(.shopChanged, shop: before.id, in: transaction)
    switch before.status {
    case .submitted: try await ModerationQueue.note(.shop, before.id.text, in: transaction)
    case .dormant: try await MoveShop.wake(before.id, transaction)
    case .draft, .approved, .rejected, .suspended: break
    }
    guard let shop = try await transaction.first(ShopQueries.bySlug(patch.slug), ShopQueries.read) else {
      throw NotFound()
    }
    return .value(shop, tag: EntityTag(version: shop.version, and: shop.productCount))
  }
}
