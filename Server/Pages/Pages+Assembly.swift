// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import Market

extension Pages {
  /// The pages with everything they need.
  static func assembled(
    _ configuration: Configuration, _ identity: IdentityParts, _ limiter: RateLimiter, _ client: HTTPClient
  ) -> Pages {
    let (database, now, origin) = (identity.database, identity.now, configuration.origin)
    let providers = configuration.providers.list
    return Pages(
      cookie: VisitCookie(seal: identity.seal, origin: origin),
      devices: DevicePages(
        database: database, grants: identity.devices, accounts: identity.accounts, limits: identity.limits),
      signIn: SignInPages(
        database: database, codes: identity.codes, accounts: identity.accounts, twoFactor: identity.twoFactor,
        providers: providers),
      providers: ProviderPages(
        database: database,
        links: providers.map {
          ProviderLink(ProviderClient(provider: $0, http: client), origin: origin, now: now)
        },
        attempts: ProviderAttempts(seal: identity.seal, limits: identity.limits, now: now),
        accounts: ProviderAccounts(accounts: identity.accounts), twoFactor: identity.twoFactor),
      keys: identity.keys, limiter: limiter, now: now)
  }
}
