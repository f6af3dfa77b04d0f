// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import EventLoop
import Market
import Postgres

// The map of identity:
//   Tokens/      access tokens, the keys that sign them, those that were verified
//   Keys/        API keys, and those in use
//   Sessions/    families of refresh tokens; the list of those that ended
//   SignIn/      one-time codes, their limits, the job that sends them
//   TwoFactor/   the authenticator and recovery codes
//   Devices/     signing a device in through a page (the pages are in Server/Pages)
//   Providers/   signing in with somebody else's account (OpenID Connect)
//   Accounts     who is known by which contact

/// What signing in is made of, made once at the start and shared by API, pages and jobs.
struct IdentityParts: Sendable {
  let database: Database
  let digests: KeyedDigests
  let seal: FieldSeal
  let keys: SigningKeys
  let ended: EndedSessions
  let tokens: AccessTokens
  let accounts: Accounts
  let sessions: SessionBook
  let codes: OneTimeCodes
  let twoFactor: TwoFactorBook
  let passes: GuestPasses
  let devices: DeviceGrants
  let limits: SignInLimits
  private let providers: ProviderHandlers
  let now: @Sendable () -> Timestamp

  static func load(
    _ configuration: Configuration, _ database: Database,
    now: @escaping @Sendable () -> Timestamp = SystemClock.timestamp
  ) async throws -> IdentityParts {
    let master = try MasterKey.load(configuration)
    let digests = try await KeyedDigests.load(database, master)
    let seal = try await FieldSeal.load(database, master, now: now)
    let keys = try await SigningKeys.load(database, seal, now: now)
    let ended = EndedSessions()
    try await ended.reload(database)
    let ring = KeyRing(database: database, now: now)
    let tokens = AccessTokens(
      keys: keys, ended: ended, ring: ring, issuer: configuration.publicURL ?? "souk", now: now)
    let accounts = Accounts(digests: digests, seal: seal)
    let limits = SignInLimits(digests: digests, isOff: configuration.rateLimits.isOff)
    let sessions = SessionBook(database: database, accounts: accounts, tokens: tokens)
    return IdentityParts(
      database: database, digests: digests, seal: seal, keys: keys, ended: ended, tokens: tokens, accounts: accounts,
      sessions: sessions, codes: OneTimeCodes(digests: digests, seal: seal, limits: limits, now: now),
      twoFactor: TwoFactorBook(digests: digests, seal: seal, now: now),
      passes: try await GuestPasses.load(database, master, now: now),
      devices: DeviceGrants(
        digests: digests, limits: limits, sessions: sessions, origin: configuration.origin, now: now),
      limits: limits, providers: ProviderHandlers(configuration.providers.list, origin: configuration.origin), now: now)
  }

  func bind(_ routes: inout Routes) {
    SignInHandlers(database: database, codes: codes, book: sessions).bind(&routes)
    SessionHandlers(database: database, book: sessions).bind(&routes)
    TwoFactorHandlers(database: database, book: twoFactor, sessions: sessions, codes: codes).bind(&routes)
    KeyHandlers(book: KeyBook(database: database)).bind(&routes)
    DeviceHandlers(database: database, grants: devices).bind(&routes)
    providers.bind(&routes)
  }

  /// Keeps keys, ended sessions and revoked keys up to date until the task is cancelled.
  func run(on loop: EventLoop) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await seal.run(database, on: loop) }
      group.addTask { await keys.run(database, on: loop) }
      group.addTask { await ended.run(database, on: loop) }
      group.addTask { await tokens.ring.run() }
    }
  }
}
