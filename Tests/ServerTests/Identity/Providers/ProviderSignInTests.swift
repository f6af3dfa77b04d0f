// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import JSON
import Market
import Observability
import Postgres
import TestSupport
import Testing

@testable import soukd

/// Signing in with providers that do as they should.
@Suite(.timeLimit(.minutes(3))) struct ProviderSignInTests {
  /// Leaves for the provider from the page of signing in, and comes back from there.
  private func signIn(_ browser: Browser) async throws {
    try await browser.open("/sign-in")
    try await browser.follow("Continue with Guild")
  }

  @Test(arguments: ["RS256", "ES256", "EdDSA"])
  func `a device is signed in with a provider`(algorithm: String) async throws {
    try await withProvider { site, provider in
      try await provider.control(site.client, .object([("sign", .string(algorithm))]))
      let listed = try await site.call(Identity.providers, Nothing()).items
      #expect(listed == [SignInProvider(id: "oidc", name: "Guild", url: site.url + "/sign-in/with/oidc")])
      let grant = try await site.call(Identity.requestDevice, DeviceRequest(device: "laptop"))
      let browser = site.browser()
      try await browser.open(grant.verificationURIComplete)
      try await browser.send()
      try await browser.follow("Continue with Guild")
      #expect(browser.status == 200 && browser.path == "/device/consent", "\(browser.words)")
      #expect(browser.words.contains("Inês Duarte i…@example.org"))
      try await browser.send(by: "Yes, sign it in")
      let session = try await site.call(Identity.redeemDevice, DeviceRedemption(deviceCode: grant.deviceCode))
      #expect(session.account.name == "Inês Duarte")
      let actions = try await site.market.database.query("select action from audit_log order by number") { row in
        try row.next(String.self)
      }
      #expect(actions == ["account.made", "provider.linked", "device.agreed", "session.opened"])
      #expect(try await site.market.count("provider_attempts") == 0)
    }
  }

  @Test func `who is known by the address joins that account, and is known by the provider from then on`() async throws
  {
    try await withProvider { site, provider in
      let known = try await site.market.signIn("INES@example.org")
      try await signIn(site.browser())
      func linked() async throws -> [Account.ID] {
        try await site.market.database.query("select account from provider_identities") { row in try row.nextID() }
      }
      #expect(try await linked() == [known.account.id])
      // The address has changed there, is no longer proven, or is somebody else's here: it is the same person.
      let other = try await site.market.signIn("other@example.org")
      for email in ["new@example.org", "other@example.org"] {
        let claims: [(String, JSONValue)] = [("email", .string(email)), ("email_verified", .bool(false))]
        try await provider.control(site.client, .object([("claims", .object(claims))]))
        let browser = site.browser()
        try await signIn(browser)
        #expect(browser.status == 200 && browser.path == "/device", "\(browser.words)")
      }
      #expect(try await linked() == [known.account.id] && known.account.id != other.account.id)
      let contacts = try await site.market.identity.accounts.contacts(of: known.account.id, in: site.market.database)
      #expect(contacts == [.email("ines@example.org")])
    }
  }

  @Test func `a provider does not stand in for the second factor`() async throws {
    try await withProvider { site, _ in
      let known = try await site.market.signIn("ines@example.org")
      let authenticator = try await site.turnOnTwoFactor(known.account.id)
      let browser = site.browser()
      try await signIn(browser)
      #expect(browser.path == "/sign-in/second-factor")
      try await browser.send(["code": authenticator.code(at: site.market.identity.now().microseconds / 1_000_000)])
      #expect(browser.path == "/device")
    }
  }

  @Test func `documents are kept while they are fresh`() async throws {
    let clock = StandingClock()
    try await withProvider(now: { clock.now }) { site, provider in
      try await provider.control(site.client, .object([("max_age", .int(1800))]))
      for _ in 0..<3 {
        let browser = site.browser()
        try await signIn(browser)
        #expect(browser.path == "/device", "\(browser.words)")
      }
      let before = try await provider.seen(site.client)
      #expect(before.discovery == 1 && before.jwks == 1 && before.token == 3)
      // By then the provider's tokens are too new for this clock; it is about the documents.
      clock.pass(seconds: 1801)
      try await site.browser().open("/sign-in/with/oidc")
      #expect(try await provider.seen(site.client).discovery == 2)
    }
  }

  @Test func `two first sign-ins of one person at once are one account`() async throws {
    try await withMarket(loops: 2) { market in
      let accounts = ProviderAccounts(accounts: market.identity.accounts)
      for number in 0..<6 {
        let claims = """
          {"iss":"https://id.example","sub":"\(number)","aud":"souk","exp":1,"iat":1,"email":"p\(number)@example.org",\
          "email_verified":true}
          """
        let token = try IDToken(claims: Array(claims.utf8))
        let found = try await withThrowingTaskGroup(of: Account.ID?.self) { group in
          for _ in 0..<6 {
            group.addTask { try await market.database.transaction { try await accounts.account(token, $0) } }
          }
          return try await group.reduce(into: Set<Account.ID?>()) { $0.insert($1) }
        }
        #expect(found.count == 1 && !found.contains(nil))
      }
      #expect(try await market.count("provider_identities") == 6)
    }
  }

  @Test func `the people of oidc-provider-mock can sign in`() async throws {
    let peer = try await onThread { try PythonPeer("mock_provider.py", python: try PythonTools.interpreter()) }
    var settings = ProviderSettings()
    settings.issuer = ProviderAddress("http://localhost:\(peer.port)")
    (settings.name, settings.clientID, settings.clientSecret) = ("Mock", "souk", Secret("any"))
    let chosen = settings
    try await withSite({ $0.providers = chosen }) { site in
      let browser = site.browser()
      try await browser.open("/sign-in")
      try await browser.follow("Continue with Mock")
      try await browser.send(["sub": "alice"], by: "Authorize")
      #expect(browser.status == 200 && browser.path == "/device", "\(browser.words)")
      let account = try await site.market.database.first(
        "select a.name, i.issuer, i.subject from provider_identities i join accounts a on a.id = i.account"
      ) { row in [try row.next(String.self), try row.next(String.self), try row.next(String.self)] }
      #expect(account == ["Alice Makers", "http://localhost:\(peer.port)", "alice"])
      // And whoever does not want to, need not. The mock forgets the state then (RFC 6749 §4.1.2.1), so that nobody here
      // knows who it was.
      let other = site.browser()
      try await other.open("/sign-in")
      try await other.follow("Continue with Mock")
      try await other.send(by: "Deny")
      #expect(other.status == 400 && other.words.contains("Signing in with Mock did not work"))
      try await other.follow("Begin again")
      #expect(other.path == "/sign-in" && other.status == 200)
    }
  }
}
