// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Observability
import Postgres

extension API {
  /// The API with every feature bound to its endpoints.
  static func assembled(
    _ configuration: Configuration, _ database: Database, _ importer: PhotoImporter, _ bell: EventBell,
    _ identity: IdentityParts
  ) async throws -> API {
    try await EventLog.settle(database)
    let secrets = ServerSecrets(database: database)
    let cursors = CursorSeal(key: HMACKey(try await secrets.key("cursor")))
    let edit = EditProducts(now: SystemClock.timestamp)
    var routes = Routes(changes: ChangeRunner(database: database, digests: identity.digests, seal: identity.seal))
    identity.bind(&routes)
    ProfileHandlers(database: database, identity: identity).bind(&routes)
    GuestHandlers(database: database, book: identity.accounts.guests, passes: identity.passes).bind(&routes)
    ShopHandlers(database: database, cursors: cursors).bind(&routes)
    CatalogueHandlers(
      database: database, cursors: cursors, search: SearchProducts(database: database, cursors: cursors), edit: edit
    ).bind(&routes)
    PhotoHandlers(database: database, store: importer.store, importer: importer, edit: edit).bind(&routes)
    AdminHandlers(
      database: database, accounts: identity.accounts, log: AuditReader(database: database, cursors: cursors)
    ).bind(&routes)
    EventHandlers(database: database, bell: bell, tokens: identity.tokens).bind(&routes)
    return API(
      routes: routes.table, tokens: identity.tokens, passes: identity.passes,
      limiter: RateLimiter(configuration.rateLimits),
      crossOrigin: CrossOrigin(allowedOrigins: configuration.allowedOrigins))
  }
}

/// The time of day of this machine.
enum SystemClock {
  @Sendable static func timestamp() -> Timestamp { Timestamp(microseconds: LogTime.now.milliseconds * 1000) }
  @Sendable static func seconds() -> Int64 { LogTime.now.milliseconds / 1000 }
}
