// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// Signing in, as a person sees it.
@Suite struct SignInScreenTests {
  private static let contact = Contact.email("ines@example.org")
  private static let challenge = CodeChallenge(
    challenge: CodeChallenge.ID(body: "0000000000000001"), channel: .email,
    expiresAt: Timestamp(microseconds: (Samples.now + 600) * 1_000_000))
  static let grant = DeviceGrant(
    deviceCode: "d", userCode: "BDWP-HQPK", verificationURI: "https://souk.example/device",
    verificationURIComplete: "https://souk.example/device?code=BDWP-HQPK",
    expiresAt: Timestamp(microseconds: (Samples.now + 900) * 1_000_000), interval: 5)

  private func signIn(_ columns: Int = 80, _ rows: Int = 24, providers: [SignInProvider] = []) -> Rehearsal<App> {
    var app = app(columns, rows)
    app.press("3")
    app.send(.loaded(slot: "providers", .providers, .content(.providers(providers), .live)))
    _ = app.takeCommands()
    return app
  }

  /// As far as the code having been sent.
  private func atCode() -> Rehearsal<App> {
    var app = signIn()
    app.press("enter")
    app.type("ines@example.org")
    app.press("enter")
    app.send(.identity(.codeSent(.signIn, .success(Self.challenge))))
    _ = app.takeCommands()
    return app
  }

  @Test func `the ways to sign in`() {
    let app = signIn(providers: [SignInProvider(id: "google", name: "Google", url: "https://h/g")])
    #expect(
      app.screen == """
        ──souk Buy ───────────────────────────────────────────────────────── ● online ──
         1 Browse  2 Shops  3 Account

         Sign in

         ▸  With a code       six digits, sent to your e-mail address or phone
            With a browser    a link or a QR code for another device; also Google















        ────────────────────────────────────────────────────────────────────────────────
         ↵ choose  ? help  ctrl-p commands
        """)
  }

  @Test func `typing a contact`() {
    var app = signIn()
    app.press("enter")
    #expect(
      app.screen == """
        ──souk Buy ───────────────────────────────────────────────────────── ● online ──
         1 Browse  2 Shops  3 Account

         Sign in with a code

         E-mail or phone   ines@example.org or +351 212 345 678

         Six digits are sent there. Whoever is new gets an account; there are no
         passwords.













        ────────────────────────────────────────────────────────────────────────────────
         ↵ send the code  esc other ways  ? help  ctrl-p commands
        """)
    app.type("ines")
    app.press("enter")
    #expect(app.screen.contains("✗ This is neither an e-mail address nor a phone number such as +351"))
    #expect(app.effects.isEmpty)
    app.type("@example.org")
    app.press("enter")
    #expect(app.effects == [.identity(.sendCode(Self.contact, for: .signIn))])
    #expect(app.screen.contains("Sending the code…"))
  }

  @Test func `a pasted phone number is a contact`() {
    var app = signIn()
    app.press("enter")
    app.take(.event(.paste("+351 (212) 345-678", isCut: false)))
    app.press("enter")
    #expect(app.effects == [.identity(.sendCode(.phone("+351212345678"), for: .signIn))])
  }

  @Test func `the code was sent`() {
    var app = atCode()
    app.send(.clock(Samples.now + 12))
    app.send(.due("sign-in-tick"))
    app.type("48")
    #expect(
      app.screen == """
        ──souk Buy ───────────────────────────────────────────────────────── ● online ──
         1 Browse  2 Shops  3 Account

         Type the code

         Sent to i…@example.org.  It works for 9:48.

          4 8 ·   · · ·

         Not there? Another code can be sent in 18 s.












        ────────────────────────────────────────────────────────────────────────────────
         esc another contact  ? help  ctrl-p commands
        """)
    app.press("r")
    #expect(app.screen.contains("Not now: another code can be sent in 18 s."))
    app.send(.clock(Samples.now + 30))
    app.press("r")
    #expect(app.effects.last == .identity(.sendCode(Self.contact, for: .signIn)))
  }

  @Test func `six digits go out by themselves, typed or pasted`() {
    let redeem = Effect.identity(.redeem(Self.challenge.challenge, code: "482913"))
    var typed = atCode()
    typed.type("482913")
    #expect(typed.effects == [redeem])
    #expect(typed.screen.contains("Signing in…"))
    var pasted = atCode()
    pasted.take(.event(.paste("482 913 is your Souk code", isCut: false)))
    #expect(pasted.effects == [redeem])
  }

  @Test func `a wrong code says how many tries are left`() {
    var app = atCode()
    app.type("000000")
    app.send(.identity(.notSignedIn(.refused(ProblemCode.codeRefused.problem()))))
    #expect(
      app.screen == """
        ──souk Buy ───────────────────────────────────────────────────────── ● online ──
         1 Browse  2 Shops  3 Account

         Type the code

         Sent to i…@example.org.  It works for 10:00.

          · · ·   · · ·

         ✗ This code is wrong or used up. 4 tries are left.

         Not there? Another code can be sent in 30 s.










        ────────────────────────────────────────────────────────────────────────────────
         esc another contact  ? help  ctrl-p commands
        """)
    for _ in 0..<4 {
      app.type("000000")
      app.send(.identity(.notSignedIn(.refused(ProblemCode.codeRefused.problem()))))
    }
    #expect(app.screen.contains("✗ Too many wrong codes. Have another one sent."))
  }

  @Test func `too many tries are counted down`() {
    var app = atCode()
    app.type("000000")
    app.send(.identity(.notSignedIn(.limited(ProblemCode.tooManyRequests.problem(), retryAfterSeconds: 90))))
    #expect(app.screen.contains("✗ Too many tries. The next one is possible in 1:30."))
    app.type("1")
    #expect(app.screen.contains("· · ·   · · ·"))
    app.send(.clock(Samples.now + 90))
    app.send(.due("sign-in-tick"))
    #expect(!app.screen.contains("Too many tries"))
    app.type("1")
    #expect(app.screen.contains("1 · ·   · · ·"))
  }

  @Test func `codes for one contact are limited, with the time to wait`() {
    var app = signIn()
    app.press("enter")
    app.type("ines@example.org")
    app.press("enter")
    _ = app.takeCommands()
    app.send(
      .identity(.codeSent(.signIn, .failure(.limited(ProblemCode.tooManyRequests.problem(), retryAfterSeconds: 600)))))
    #expect(app.screen.contains("✗ Too many tries. The next one is possible in 10:00."))
    app.press("enter")
    #expect(app.effects == [.identity(.tick("sign-in-tick"))])
  }

  @Test func `a server that is away is named, and nothing is lost`() {
    var app = signIn()
    app.press("enter")
    app.type("ines@example.org")
    app.press("enter")
    app.send(.identity(.codeSent(.signIn, .failure(Samples.unreachable))))
    #expect(
      app.screen == """
        ──souk Buy ───────────────────────────────────────────────────────── ● online ──
         1 Browse  2 Shops  3 Account

         Sign in with a code

         E-mail or phone   ines@example.org

         ✗ The server cannot be reached: no connection. Nothing was sent.














        ────────────────────────────────────────────────────────────────────────────────
         ↵ send the code  esc other ways  ? help  ctrl-p commands
        """)
    var code = atCode()
    code.type("482913")
    code.send(.identity(.notSignedIn(Samples.unreachable)))
    #expect(code.screen.contains("no connection. The code was not"))
  }

  @Test func `a code that was left too long says so`() {
    var app = atCode()
    app.send(.clock(Samples.now + 601))
    app.send(.due("sign-in-tick"))
    #expect(app.screen.contains("It is too old now; have another one sent."))
  }

  @Test(arguments: [(80, 24), (120, 40)]) func `a link for another device`(columns: Int, rows: Int) throws {
    var app = signIn(columns, rows)
    app.press("down enter")
    #expect(app.effects == [.identity(.requestLink)])
    app.send(.identity(.linkBegun(.success(Self.grant))))
    #expect(app.effects.suffix(2) == [.identity(.awaitLink(Self.grant)), .identity(.tick("sign-in-tick"))])
    #expect(app.screen.contains("https://souk.example/device"))
    #expect(app.screen.contains("BDWP-HQPK"))
    #expect(app.screen.contains("The link works for 15:00."))
    // The code is there whole: its last row is as dark as its first.
    let code = try #require(QRCode(Self.grant.verificationURIComplete, isSturdy: rows > 24))
    let lines = code.size.rows
    #expect(
      app.screen.split(separator: "\n", omittingEmptySubsequences: false).count { $0.contains("█") || $0.contains("▀") }
        >= lines - 2)
    app.send(.identity(.link(.waiting(LinkPace(intervalSeconds: 5, failureCount: 1)))))
    #expect(app.screen.contains("○ The server is away; waiting for it."))
    app.press("y")
    #expect(app.commands.contains(.copy(Self.grant.verificationURIComplete)))
    app.press("esc")
    #expect(app.effects.last == .identity(.stopWaiting))
    #expect(app.screen.contains("With a browser"))
  }

  @Test(arguments: [
    (LinkEnd.denied, "✗ It was refused on the other device."), (.expired, "✗ The link is too old now."),
    (.failed(Samples.unreachable), "✗ The server cannot be reached: no connection."),
  ]) func `a link that signs nobody in says why`(end: LinkEnd, words: String) {
    var app = signIn()
    app.press("down enter")
    app.send(.identity(.linkBegun(.success(Self.grant))))
    app.send(.identity(.link(.over(end))))
    #expect(app.screen.contains(words))
    app.press("enter")
    #expect(app.effects.last == .identity(.requestLink))
  }

  @Test func `signed in, the shop opens and the queue goes out`() {
    var app = atCode()
    app.type("482913")
    _ = app.takeCommands()
    app.send(.signedIn(Samples.session))
    #expect(app.screen.contains("✓ Signed in as Inês Duarte."))
    #expect(app.program.section == .products)
    #expect(app.effects.suffix(3) == [.follow, .sendQueue, .wishes(.learn)])
  }

  @Test func `esc goes back one step at a time, and sections are reached from the start`() {
    var app = atCode()
    app.press("esc")
    #expect(app.screen.contains("ines@example.org"))
    app.press("esc")
    #expect(app.screen.contains("With a browser"))
    app.press("1")
    #expect(app.program.section == .browse)
  }
}
