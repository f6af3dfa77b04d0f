// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import HTTPClient
import HTTPServer
import Market
import Testing

@testable import soukd

/// What the pages do with what no honest browser sends.
@Suite(.timeLimit(.minutes(2))) struct HostilePageTests {
  private static let forms = [
    "/device", "/device/consent", "/sign-in", "/sign-in/code", "/sign-in/second-factor", "/sign-in/another",
  ]

  @Test func `a form without its token, with a stranger's or with another page's does nothing`() async throws {
    try await withSite { site in
      let grant = try await site.call(Identity.requestDevice, DeviceRequest(device: "laptop"))
      let victim = site.browser()
      try await victim.open(grant.verificationURIComplete)
      let device = try #require(victim.field("form_token"))
      try await victim.send()
      let stranger = site.browser()
      try await stranger.open("/sign-in")
      let foreign = try #require(stranger.field("form_token"))
      for token in [nil, "", foreign, device, String(foreign.reversed())] {
        let pairs = [("contact", "ines@example.org")] + (token.map { [("form_token", $0)] } ?? [])
        try await victim.post("/sign-in", pairs)
        #expect(victim.status == 403 && victim.words.contains("This page is too old"))
      }
      #expect(try await site.market.count("jobs") == 0)
      // Without its cookie even the right token is no token: that is what another site could send.
      try await victim.open("/sign-in")
      let own = try #require(victim.field("form_token"))
      victim.setCookie("souk-visit", nil)
      try await victim.post("/sign-in", [("contact", "ines@example.org"), ("form_token", own)])
      #expect(victim.status == 403)
      #expect(try await site.market.count("jobs") == 0)
    }
  }

  @Test func `nobody agrees to a device that another page has put in its place`() async throws {
    try await withSite { site in
      let browser = site.browser()
      let (mine, theirs) = (try await grant("mine", site), try await grant("theirs", site))
      try await signIn(browser, mine, site)
      let token = try #require(browser.field("form_token"))
      // In another tab, a link of somebody else's.
      try await browser.open(theirs.verificationURIComplete)
      try await browser.send()
      #expect(browser.path == "/device/consent" && browser.words.contains("theirs"))
      try await browser.post("/device/consent", [("decision", "agree"), ("form_token", token)])
      #expect(browser.status == 403)
      #expect(try await site.market.count("device_grants where decision is not null") == 0)
    }
  }

  @Test func `a cookie that was changed, is of another server or old is no cookie`() async throws {
    let clock = StandingClock()
    try await withSite(now: { clock.now }) { site in
      let browser = site.browser()
      try await signIn(browser, try await grant("laptop", site), site)
      let good = try #require(browser.cookie("souk-visit"))
      let bytes = try #require(Base64URL.decode(good))
      var changed: [String?] = [
        nil, "", "x", "=", good + "A", String(good.dropLast()), String(repeating: "A", count: 4000),
      ]
      for place in [0, 4, 20, bytes.count / 2, bytes.count - 1] {
        var other = bytes
        other[place] ^= 1
        changed.append(Base64URL.encode(other))
      }
      for cookie in changed {
        browser.setCookie("souk-visit", cookie)
        try await browser.open("/device/consent")
        #expect(browser.status == 200 && browser.path == "/device", "\(cookie ?? "none")")
      }
      browser.setCookie("souk-visit", good)
      try await browser.open("/device/consent")
      #expect(browser.path == "/device/consent")
      clock.pass(seconds: 900)
      try await browser.open("/device/consent")
      #expect(browser.path == "/device")
    }
  }

  @Test func `cookies are kept from scripts, from other sites and, over https, from everything else`() async throws {
    for (url, name, isSecure) in [
      ("http://127.0.0.1:8080", "souk-visit", false), ("https://souk.example", "__Host-souk-visit", true),
    ] {
      try await withMarket({ $0.publicURL = url }) { market in
        let heard = try await market.ask(.get, "!/device")
        let cookie = try #require(heard.headers["Set-Cookie"])
        let parts = cookie.split(separator: ";").map { String($0.drop { $0 == " " }) }
        #expect(parts[0].hasPrefix("\(name)="))
        #expect(Set(parts.dropFirst()) == Set(["Path=/", "HttpOnly", "SameSite=Lax"] + (isSecure ? ["Secure"] : [])))
        // It is set once.
        let again = try await market.ask(.get, "!/device", ["Cookie": parts[0]])
        #expect(!again.headers.contains("Set-Cookie"))
      }
    }
  }

  @Test func `nonsense gets a page that says so`() async throws {
    try await withSite { site in
      let form = "application/x-www-form-urlencoded"
      let browser = site.browser()
      try await browser.open("/device")
      let cookie = "souk-visit=\(try #require(browser.cookie("souk-visit")))"
      let token = "form_token=\(try #require(browser.field("form_token")))"
      let table: [(type: String?, body: String, status: Int)] = [
        (form, "", 403), (form, "code=BDWP-HQPK", 403), (form, "\(token)&code=x", 422), (form, token, 422),
        (form, "\(token)&code=%00", 400), (form, "\(token)&code=%ff", 400), (form, "\(token)&code=%", 400),
        (form, "\(token)&code=a&code=b", 400), (form, "\(token)&other=1", 400), (form, "\(token)&code", 400),
        (form, "\(token)&", 400), (form, "{}", 400), (nil, token, 415), ("application/json", "{}", 415),
        ("multipart/form-data; boundary=x", "--x--", 415), ("\(form); charset=utf-8", "\(token)&code=x", 422),
        (form, "code=" + String(repeating: "x", count: 9000), 413),
      ]
      for (type, body, status) in table {
        for path in Self.forms where !body.contains("code=") && status != 400 && status != 422 || path == "/device" {
          var headers: HeaderFields = ["Cookie": cookie]
          if let type { headers["Content-Type"] = type }
          let answer = try await ask(site, "POST", path, headers, body)
          #expect(answer.status == status, "\(path) \(type ?? "-") \(body.prefix(40))")
          #expect(answer.headers["Content-Type"] == "text/html; charset=utf-8")
          #expect(answer.headers["X-Request-Id"] != nil && answer.text.contains("<h1>"))
        }
      }
      for query in ["?code=%", "?code=%ff", "?code=a&code=b", "?%ff=1"] {
        let answer = try await ask(site, "GET", "/device\(query)", [:], nil)
        #expect(answer.status == 400 && answer.text.contains("<h1>"), "\(query)")
      }
    }
  }

  @Test func `methods, heads and addresses`() async throws {
    try await withMarket { market in
      for path in Self.forms + ["/device/result", "/sign-in/with/google", "/.well-known/jwks.json"] {
        let heard = try await market.ask(.delete, "!\(path)")
        #expect(heard.status == 405 && heard.headers["Allow"]?.hasSuffix("OPTIONS") == true, "\(path)")
        let options = try await market.ask(.options, "!\(path)")
        #expect(options.status == 204 && options.headers["Allow"] == heard.headers["Allow"])
      }
      #expect(try await market.ask(.get, "!/sign-in/another").status == 405)
      #expect(try await market.ask(.get, "!/sign-in/with/nobody").status == 404)
      #expect(try await market.ask(.get, "!/sign-in/with/nobody/callback?state=x&code=y").status == 404)
      #expect(try await market.ask(.get, "!/sign-in/elsewhere").headers["Content-Type"] == "application/problem+json")
      #expect(try await market.ask(.head, "!/device").status == 200)
    }
  }

  @Test func `pages are asked for as often as a person would`() async throws {
    try await withMarket({ configuration in
      configuration.rateLimits = RateLimits(perMinute: [.read: 3, .signIn: 2])
    }) { market in
      for _ in 0..<3 { #expect(try await market.ask(.get, "!/device").status == 200) }
      let refused = try await market.ask(.get, "!/device")
      #expect(refused.status == 429 && refused.headers["Content-Type"] == "text/html; charset=utf-8")
      #expect(refused.headers["Retry-After"] != nil)
      for status in [403, 403, 429] {
        let heard = try await market.ask(
          .post, "!/sign-in", ["Content-Type": "application/x-www-form-urlencoded"], json: "a=")
        #expect(heard.status == (status == 403 ? 400 : 429))
        #expect(heard.headers["RateLimit-Policy"] == "\"sign_in\";q=2;w=60")
      }
    }
  }

  @Test func `device codes cannot be guessed one after another`() async throws {
    try await withSite({ $0.rateLimits = RateLimits(perMinute: [:]) }) { site in
      let grant = try await grant("laptop", site)
      let browser = site.browser()
      for number in 0..<10 {
        try await browser.open("/device")
        try await browser.send(["code": UserCode.make()])
        #expect(browser.status == 422, "\(number)")
      }
      // Not even the right one is heard then.
      try await browser.open(grant.verificationURIComplete)
      try await browser.send()
      #expect(browser.status == 429 && browser.words.contains("Wait a few minutes"))
      #expect(browser.answer.headers["Retry-After"] == "60")
    }
  }

  // MARK: How

  private func grant(_ device: String, _ site: Site) async throws -> DeviceGrant {
    try await site.call(Identity.requestDevice, DeviceRequest(device: device))
  }

  private func signIn(_ browser: Browser, _ grant: DeviceGrant, _ site: Site) async throws {
    try await browser.open(grant.verificationURIComplete)
    try await browser.send()
    try await browser.send(["contact": "ines@example.org"])
    try await browser.send(["code": String(try await site.market.sentMail().text.prefix(6))])
    #expect(browser.path == "/device/consent")
  }

  private func ask(
    _ site: Site, _ method: String, _ path: String, _ headers: HeaderFields, _ body: String?
  ) async throws -> ClientResponse {
    var request = ClientRequest(method, site.url + path, headers: headers)
    if let body { request.body = .bytes(Array(body.utf8)) }
    request.retry = .never
    return try await site.client.send(request)
  }
}
