// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import JSON
import Market
import Observability
import Postgres
import TestSupport
import Testing

@testable import soukd

/// Signing in with providers that do not do as they should, and by people who are not sent by them.
@Suite(.timeLimit(.minutes(4))) struct LyingProviderTests {
  private func leave(_ site: Site) async throws -> Browser {
    let browser = site.browser()
    try await browser.open("/sign-in")
    try await browser.follow("Continue with Guild")
    return browser
  }

  /// A browser that was sent back by the provider and is not there yet.
  private func waiting(_ site: Site) async throws -> Browser {
    let browser = site.browser()
    browser.stopsBefore = "/callback?"
    try await browser.open("/sign-in/with/oidc")
    browser.stopsBefore = nil
    return browser
  }

  /// Nobody got in, and nobody was made.
  private func expectNobody(_ site: Site) async throws {
    #expect(try await site.market.count("provider_identities") == 0)
    #expect(try await site.market.count("accounts") == 3)
  }

  private static let now = SystemClock.seconds()

  @Test func `a token that is forged, or not meant for this attempt, opens nothing`() async throws {
    try await withProvider { site, provider in
      let lies: [(String, JSONValue)] = [
        ("sign", "none"), ("sign", "HS256-public"), ("sign", "foreign-key"), ("sign", "no-signature"),
        ("kid", "another"), ("kid", ""), ("token", "no-id-token"), ("token", "garbage"),
        ("claims", .object([("iss", "https://evil.example")])), ("claims", .object([("iss", .null)])),
        ("claims", .object([("aud", "other")])), ("claims", .object([("aud", .array(["souk", "other"]))])),
        ("claims", .object([("azp", "other")])), ("claims", .object([("nonce", "other")])),
        ("claims", .object([("nonce", .null)])), ("claims", .object([("exp", .int(Self.now - 120))])),
        ("claims", .object([("iat", .int(Self.now + 3600)), ("exp", .int(Self.now + 7200))])),
        ("claims", .object([("iat", .int(Self.now - 3600))])), ("claims", .object([("sub", .null)])),
      ]
      for (name, lie) in lies {
        try await provider.control(site.client, .object([(name, lie)]))
        let browser = try await leave(site)
        #expect(browser.status == 502 && browser.words.contains("Signing in with Guild did not work"), "\(name) \(lie)")
        #expect(browser.answer.headers["Content-Type"] == "text/html; charset=utf-8")
      }
      try await expectNobody(site)
      // A key that is not named is the only one of its kind here, and that will do.
      try await provider.control(site.client, .object([("kid", .bool(false))]))
      #expect(try await leave(site).path == "/device")
    }
  }

  @Test func `an address that the provider has not proven opens nothing`() async throws {
    try await withProvider { site, provider in
      let claims: [(String, JSONValue)] = [
        ("email_verified", false), ("email_verified", .null), ("email_verified", "true"), ("email", .null),
        ("email", "nobody"), ("email", "+351212345678"),
      ]
      for claim in claims {
        try await provider.control(site.client, .object([("claims", .object([claim]))]))
        let browser = try await leave(site)
        #expect(browser.status == 403 && browser.words.contains("Guild does not vouch for your address"), "\(claim)")
      }
      try await expectNobody(site)
    }
  }

  @Test func `an attempt comes back once, in time, to its own browser and by its own provider`() async throws {
    let clock = StandingClock()
    let provider = try await StrictProvider.start()
    var settings = provider.settings()
    (settings.googleClientID, settings.googleClientSecret) = ("g", Secret("g"))
    let chosen = settings
    try await withSite(now: { clock.now }, { $0.providers = chosen }) { site in
      let browser = try await waiting(site)
      let address = try #require(browser.awaited)
      let stranger = site.browser()
      try await stranger.open("/sign-in")
      let wrong = [
        (stranger, address), (site.browser(), address),
        (browser, address.replacing("with/oidc", with: "with/google")),
        (browser, address.replacing("state=", with: "state=A")), (browser, address.replacing("state=", with: "other=")),
      ]
      for (browser, address) in wrong {
        try await browser.open(address)
        #expect(browser.status == 400 && browser.words.contains("did not work"), "\(address)")
      }
      #expect(try await provider.seen(site.client).token == 0)
      try await browser.open(address)
      #expect(browser.status == 200 && browser.path == "/device", "\(browser.words)")
      try await browser.open(address)
      #expect(browser.status == 400)
      #expect(try await provider.seen(site.client).token == 1)
      let late = try await waiting(site)
      clock.pass(seconds: ProviderAttempt.lifetimeSeconds)
      try await late.open(try #require(late.awaited))
      #expect(late.status == 400)
    }
  }

  @Test func `somebody else's code is of no use in one's own attempt`() async throws {
    try await withProvider { site, provider in
      let (victim, thief) = (try await waiting(site), try await waiting(site))
      func part(_ name: String, _ browser: Browser) throws -> Substring {
        let address = try #require(browser.awaited)
        let start = try #require(address.firstRange(of: "\(name)=")).upperBound
        return address[start...].prefix { $0 != "&" }
      }
      let stolen = "/sign-in/with/oidc/callback?code=\(try part("code", victim))&state=\(try part("state", thief))"
      try await thief.open(site.url + stolen)
      #expect(thief.status == 502)
      #expect(try await provider.seen(site.client).refusal == "wrong verifier")
      try await expectNobody(site)
    }
  }

  @Test func `a wrong secret is refused there, and told of here`() async throws {
    try await withProvider(secret: "another") { site, provider in
      #expect(try await leave(site).status == 502)
      #expect(try await provider.seen(site.client).refusal == "wrong secret")
      try await expectNobody(site)
    }
  }

  @Test func `what people are sent back with may be a refusal, or nothing`() async throws {
    try await withProvider { site, provider in
      for (answer, status) in [("access_denied", 403), ("server_error", 502), ("no-code", 400), ("<b>", 502)] {
        try await provider.control(site.client, .object([("answer", .string(answer))]))
        let browser = try await leave(site)
        #expect(browser.status == status, "\(answer)")
        #expect(!browser.text.contains("<b>"))
      }
      try await expectNobody(site)
    }
  }

  @Test func `a provider that promises to name itself must, and rightly`() async throws {
    let provider = try await StrictProvider.start()
    // RFC 9207. The promise is in the discovery document, so it is asked for anew each time.
    for (name, status) in [("https://evil.example", 502), (provider.issuer + "/", 502), (provider.issuer, 200)] {
      try await withSite({ $0.providers = provider.settings() }) { site in
        try await provider.control(site.client, .object([("iss", .string(name))]))
        #expect(try await leave(site).status == status, "\(name)")
      }
    }
  }

  @Test func `new keys are fetched when they are met, and keys made up are not fetched for ever`() async throws {
    let clock = StandingClock()
    try await withProvider(now: { clock.now }) { site, provider in
      func control(_ more: (String, JSONValue)...) async throws {
        try await provider.control(site.client, .object([("max_age", .int(86_400))] + more))
      }
      try await control()
      for fetched in 1...3 {
        #expect(try await leave(site).path == "/device")
        #expect(try await provider.seen(site.client).jwks == fetched)
        try await control(("rotate", true))
      }
      #expect(try await leave(site).path == "/device")
      // After three changes of keys, two of five a minute are left.
      try await control(("kid", "made-up"))
      for _ in 0..<5 { #expect(try await leave(site).status == 502) }
      #expect(try await provider.seen(site.client).jwks == 6)
      clock.pass(seconds: 12)
      #expect(try await leave(site).status == 502)
      #expect(try await provider.seen(site.client).jwks == 7)
      try await control()
      #expect(try await leave(site).path == "/device")
    }
  }

  @Test(arguments: [
    ("discovery", "garbage", 502), ("discovery", "list", 502), ("discovery", "oversized", 502),
    ("discovery", "other-issuer", 502), ("discovery", "plain-keys", 502), ("discovery", "elsewhere", 502),
    ("discovery", "redirect", 502), ("discovery", "error", 503), ("jwks", "garbage", 502), ("jwks", "oversized", 502),
    ("jwks", "error", 503), ("token", "error", 503),
  ])
  func `a document that is none is told of, and asked for again`(name: String, lie: String, status: Int) async throws {
    try await withProvider { site, provider in
      try await provider.control(site.client, .object([(name, .string(lie))]))
      let browser = try await leave(site)
      #expect(browser.status == status)
      #expect(browser.words.contains(status == 503 ? "Guild does not answer" : "Signing in with Guild did not work"))
      try await expectNobody(site)
      try await provider.control(site.client)
      #expect(try await leave(site).path == "/device")
    }
  }

  @Test func `a provider that has gone is told of, whatever is known of it`() async throws {
    try await withProvider { site, provider in
      #expect(try await leave(site).path == "/device")
      let browser = try await waiting(site)
      provider.peer.stop()
      try await browser.open(try #require(browser.awaited))
      #expect(browser.status == 503 && browser.words.contains("Guild does not answer"))
    }
  }

  @Test func `a provider that does not answer is not waited for`() async throws {
    let provider = try await StrictProvider.start()
    try await withMarket { market in
      let client = HTTPClient(loop: market.loops.loops[0])
      try await provider.control(client, .object([("discovery", "slow")]))
      let guild = try #require(provider.settings().list.first)
      let link = ProviderLink(
        ProviderClient(provider: guild, http: client, timeout: .milliseconds(200)), origin: "http://127.0.0.1",
        now: SystemClock.timestamp)
      let attempt = ProviderAttempt(state: "s", nonce: "n", verifier: "v")
      await #expect(throws: ProviderFailure(provider: "Guild", reason: .away("timeout"))) {
        try await link.departure(attempt, in: .english)
      }
    }
  }

  @Test func `the table of attempts gives nothing away`() async throws {
    try await withProvider { site, _ in
      let browser = try await waiting(site)
      let question = try #require(browser.history.last)
      let row = try await site.market.database.first(
        "select provider_attempts::text || encode(sealed, 'escape') from provider_attempts"
      ) { row in try row.next(String.self) }
      let text = try #require(row)
      for name in ["state", "nonce"] {
        let start = try #require(question.firstRange(of: "\(name)=")).upperBound
        let value = question[start...].prefix { $0 != "&" }
        #expect(value.count == 43 && !text.contains(value))
      }
    }
  }

  @Test func `sign-ins are begun as often as people would`() async throws {
    let provider = try await StrictProvider.start()
    try await withSite({ configuration in
      configuration.providers = provider.settings()
      configuration.rateLimits = RateLimits(perMinute: [:])
    }) { site in
      let browser = site.browser()
      browser.stopsBefore = "/authorize"
      for number in 0..<30 {
        try await browser.open("/sign-in/with/oidc")
        #expect(browser.status == 303, "\(number)")
      }
      try await browser.open("/sign-in/with/oidc")
      #expect(browser.status == 429)
    }
  }
}
