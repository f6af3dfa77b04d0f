// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Observability
import Postgres

extension API {
  /// The API with every feature bound to its endpoints.
  static func assembled(
    _ configuration: Configuration, _ database: Database, _ importer: PhotoImporter, _ bell: EventBell,
    _ identity: IdentityParts, _ index: CatalogueIndex
  ) async throws -> API {
    try await EventLog.settle(database)
    let secrets = ServerSecrets(database: database)
    let cursors = try await CursorSeal.load(secrets)
    let edit = EditProducts(now: SystemClock.timestamp)
    var routes = Routes(changes: ChangeRunner(database: database, digests: identity.digests, seal: identity.seal))
    identity.bind(&routes)
    ProfileHandlers(database: database, identity: identity).bind(&routes)
    WishHandlers(database: database, cursors: cursors, now: identity.tokens.now).bind(&routes)
    GuestHandlers(database: database, book: identity.accounts.guests, passes: identity.passes).bind(&routes)
    let search = SearchProducts(database: database, cursors: cursors)
    let storefront = ShowStorefront(database: database, search: search, origin: configuration.origin)
    ShopHandlers(database: database, cursors: cursors, storefront: storefront).bind(&routes)
    CatalogueHandlers(
      database: database, cursors: cursors,
      search: FindProducts(database: database, cursors: cursors, index: index), edit: edit
    ).bind(&routes)
    PhotoHandlers(database: database, store: importer.store, importer: importer, edit: edit).bind(&routes)
    AdminHandlers(
      database: database, accounts: identity.accounts, log: AuditReader(database: database, cursors: cursors)
    ).bind(&routes)
    ModerationHandlers(database: database, cursors: cursors, now: identity.now).bind(&routes)
    EventHandlers(database: database, bell: bell, tokens: identity.tokens).bind(&routes)
    return API(
      routes: routes.table, tokens: identity.tokens, passes: identity.passes,
      limiter: RateLimiter(configuration.rateLimits),
      crossOrigin: CrossOrigin(allowedOrigins: configuration.allowedOrigins))
  }
}

extension StorefrontPages {
  /// The storefronts with everything they need.
  static func assembled(
    _ configuration: Configuration, _ database: Database, _ limiter: RateLimiter
  ) async throws -> StorefrontPages {
    let search = SearchProducts(
      database: database, cursors: try await CursorSeal.load(ServerSecrets(database: database)))
    return StorefrontPages(
      storefront: ShowStorefront(database: database, search: search, origin: configuration.origin),
      documents: Lookup(database, ProductQueries.documents), limiter: limiter)
  }
}

extension CursorSeal {
  fileprivate static func load(_ secrets: ServerSecrets) async throws -> CursorSeal {
    CursorSeal(key: HMACKey(try await secrets.key("cursor")))
  }
}

/// The time of day of this machine.
enum SystemClock {
  @Sendable static func timestamp() -> Timestamp { Timestamp(microseconds: LogTime.now.milliseconds * 1000) }
  @Sendable static func seconds() -> Int64 { LogTime.now.milliseconds / 1000 }
}
