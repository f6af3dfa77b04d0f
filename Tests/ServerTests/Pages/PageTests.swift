// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import HTTPClient
import Market
import Postgres
import Testing

@testable import soukd

/// The pages, walked through as a person does with a browser that runs no scripts.
@Suite(.timeLimit(.minutes(2))) struct PageTests {
  @Test func `a device is signed in by its link, an address and a code`() async throws {
    try await withSite { site in
      let grant = try await site.call(Identity.requestDevice, DeviceRequest(device: "workshop laptop"))
      let browser = site.browser()
      try await browser.open(grant.verificationURIComplete)
      #expect(browser.status == 200 && browser.field("code") == grant.userCode)
      #expect(browser.words.contains("Does your device show exactly this code?"))
      try await browser.send()
      #expect(browser.path == "/sign-in" && browser.words.contains("workshop laptop"))
      try await browser.send(["contact": "  Ines@Example.org "])
      #expect(browser.path == "/sign-in/code" && browser.words.contains("to i…@example.org."))
      let mail = try await site.market.sentMail()
      #expect(mail.to == "ines@example.org")
      try await browser.send(["code": String(mail.subject.prefix(6))])
      #expect(browser.path == "/device/consent")
      for seen in ["workshop laptop", grant.userCode, "ines", "i…@example.org", "only if you have just begun this"] {
        #expect(browser.words.contains(seen), "\(seen)")
      }
      await #expect(throws: Refused.self) { try await redeem(grant, site) }
      try await browser.send(by: "Yes, sign it in")
      #expect(browser.path == "/device/result" && browser.words.contains("The device is signed in"))
      let session = try await redeem(grant, site)
      #expect(session.account.name == "ines" && session.secondFactor == .off)
      // Reloading sends nothing twice, and nobody is signed in here any more.
      try await browser.reload()
      #expect(browser.status == 200 && browser.words.contains("The device is signed in"))
      try await browser.open("/device/consent")
      #expect(browser.path == "/device/result")
      try await browser.open("/device")
      try await browser.open("/sign-in")
      #expect(browser.path == "/sign-in")
      let log = try await actions(site)
      #expect(log == ["account.made", "device.agreed", "session.opened"])
    }
  }

  @Test func `a code may be typed, on a page in the reader's language, and a device refused`() async throws {
    let words = [
      ("de-AT", "Gib den Code ein", "Nein, ablehnen", "Das Gerät wurde abgelehnt"),
      ("fr", "Saisissez le code", "Non, refuser", "L'appareil a été refusé"),
      ("es", "Escriba el código", "No, rechazarlo", "El dispositivo fue rechazado"),
    ]
    for (language, lead, refuse, end) in words {
      try await withSite { site in
        let grant = try await site.call(Identity.requestDevice, DeviceRequest(device: "laptop"))
        let browser = site.browser(language: language)
        try await browser.open("/device")
        #expect(browser.words.contains(lead) && browser.field("code") == "")
        #expect(browser.answer.headers["Content-Language"] == String(language.prefix(2)))
        try await browser.send(["code": " " + grant.userCode.lowercased().replacing("-", with: " ")])
        try await signIn(browser, "+351 212 345 678", site)
        try await browser.send(by: refuse)
        #expect(browser.words.contains(end))
        let refused = await #expect(throws: Refused.self) { try await redeem(grant, site) }
        #expect(refused?.code == "access_denied")
        #expect(try await actions(site) == ["account.made", "device.denied"])
      }
    }
  }

  @Test func `an account with two-factor shows it here, and the session has it`() async throws {
    try await withSite { site in
      let known = try await site.market.signIn("ines@example.org")
      let authenticator = try await site.turnOnTwoFactor(known.account.id)
      let grant = try await site.call(Identity.requestDevice, DeviceRequest(device: "laptop"))
      let browser = site.browser()
      try await browser.open(grant.verificationURIComplete)
      try await browser.send()
      try await signIn(browser, "ines@example.org", site)
      #expect(browser.path == "/sign-in/second-factor")
      // Nothing goes past it.
      for path in ["/device/consent", "/sign-in", "/sign-in/code"] {
        try await browser.open(path)
        #expect(browser.path == "/sign-in/second-factor", "\(path)")
      }
      try await browser.send(["code": "000000"])
      #expect(browser.status == 422 && browser.words.contains("This code is wrong"))
      let code = authenticator.code(at: site.market.identity.now().microseconds / 1_000_000)
      try await browser.send(["code": code])
      #expect(browser.path == "/device/consent")
      try await browser.send(by: "Yes, sign it in")
      let session = try await redeem(grant, site)
      #expect(session.account.id == known.account.id && session.secondFactor == .proven)
    }
  }

  @Test func `a wrong code may be mended, and another asked for`() async throws {
    try await withSite { site in
      let browser = site.browser()
      try await browser.open("/sign-in")
      try await browser.send(["contact": "not an address"])
      #expect(browser.status == 422 && browser.path == "/sign-in" && browser.field("contact") == "not an address")
      #expect(browser.words.contains("Use an e-mail address such as") && browser.text.contains("aria-invalid"))
      try await browser.send(["contact": "ines@example.org"])
      let code = String(try await site.market.sentMail().subject.prefix(6))
      try await browser.send(["code": code == "123456" ? "654321" : "123456"])
      #expect(browser.status == 422 && browser.path == "/sign-in/code")
      try await browser.follow("Send another code")
      try await browser.send(["contact": "ines@example.org"])
      let another = String(try await site.market.sentMail().subject.prefix(6))
      try await browser.send(["code": "\(another.prefix(3)) \(another.dropFirst(3))"])
      // There is no device yet: its code is asked for.
      #expect(browser.status == 200 && browser.path == "/device")
    }
  }

  @Test func `whoever is signed in as somebody else may begin anew`() async throws {
    try await withSite { site in
      let grant = try await site.call(Identity.requestDevice, DeviceRequest(device: "laptop"))
      let browser = site.browser()
      try await browser.open(grant.verificationURIComplete)
      try await browser.send()
      try await signIn(browser, "wrong@example.org", site)
      try await browser.send(by: "Use another account")
      #expect(browser.path == "/sign-in" && browser.words.contains("laptop"))
      try await signIn(browser, "right@example.org", site)
      try await browser.send(by: "Yes, sign it in")
      #expect(try await redeem(grant, site).account.name == "right")
    }
  }

  @Test func `a device that no longer waits is told of, before and after agreeing`() async throws {
    let clock = StandingClock()
    try await withSite(now: { clock.now }) { site in
      let browser = site.browser()
      try await browser.open("/device?code=BDWP-HQPK")
      try await browser.send()
      #expect(browser.status == 422 && browser.words.contains("No device is waiting with this code"))
      #expect(browser.field("code") == "BDWP-HQPK")
      let grant = try await site.call(Identity.requestDevice, DeviceRequest(device: "laptop"))
      clock.pass(seconds: 600)
      try await browser.open(grant.verificationURIComplete)
      try await browser.send()
      try await signIn(browser, "ines@example.org", site)
      #expect(browser.path == "/device/consent" && browser.status == 200)
      clock.pass(seconds: 301)
      try await browser.send(by: "Yes, sign it in")
      #expect(browser.status == 410 && browser.words.contains("The device no longer waits"))
      try await browser.open("/device/consent")
      #expect(browser.status == 410)
      try await browser.follow("Begin again")
      #expect(browser.path == "/device" && browser.status == 200)
    }
  }

  @Test func `pages say nothing that was not said to them`() async throws {
    try await withSite { site in
      let name = "\"><b>x</b>\u{202e}<\u{301}i>"
      let grant = try await site.call(Identity.requestDevice, DeviceRequest(device: name))
      let browser = site.browser()
      try await browser.open("/device?code=%3Cb%3E")
      #expect(browser.status == 200 && browser.field("code") == "")
      try await browser.open(grant.verificationURIComplete)
      try await browser.send()
      for text in [browser.text] {
        #expect(text.contains("<dd><bdi>&quot;&gt;&lt;b&gt;x") && !text.contains("<b>") && !text.contains("<\u{301}"))
      }
      try await browser.send(["contact": "\"><script>alert(1)</script>"])
      #expect(
        browser.status == 422 && !browser.text.contains("<script") && browser.text.contains("&quot;&gt;&lt;script"))
    }
  }

  // MARK: How

  private func redeem(_ grant: DeviceGrant, _ site: Site) async throws -> Session {
    try await site.call(Identity.redeemDevice, DeviceRedemption(deviceCode: grant.deviceCode))
  }

  private func signIn(_ browser: Browser, _ contact: String, _ site: Site) async throws {
    try await browser.send(["contact": contact])
    try await browser.send(["code": String(try await site.market.sentMail().text.prefix(6))])
  }

  private func actions(_ site: Site) async throws -> [String] {
    try await site.market.database.query("select action from audit_log order by number") { row in
      try row.next(String.self)
    }
  }
}
