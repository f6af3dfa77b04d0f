// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// The account: its parts, and what becomes of the app when a session ends.
@Suite struct AccountScreenTests {
  private static func session(_ number: Int, _ device: String, isCurrent: Bool = false, hours: Int64) -> OpenSession {
    let at = Timestamp(microseconds: (Samples.now - hours * 3600) * 1_000_000)
    return OpenSession(
      id: OpenSession.ID(body: "000000000000000\(number)"), device: device, isCurrent: isCurrent, createdAt: at,
      lastUsedAt: at)
  }

  private static let sessions = [
    session(1, "souk on workbench", isCurrent: true, hours: 0), session(2, "souk on laptop", hours: 5),
    session(3, "telephone", hours: 30 * 24),
  ]

  private func account(_ columns: Int = 80, _ rows: Int = 24, keys: String = "") -> Rehearsal<App> {
    var app = app(columns, rows, session: Samples.session)
    app.press("3")
    if !keys.isEmpty { app.press(keys) }
    return app
  }

  private func atSessions() -> Rehearsal<App> {
    var app = account(keys: "down down down enter")
    app.send(.loaded(slot: "sessions", .sessions, .content(.sessions(Self.sessions), .live)))
    _ = app.takeCommands()
    return app
  }

  private func atTwoFactor(_ state: TwoFactor) -> Rehearsal<App> {
    var app = account(keys: "down down down down enter")
    app.send(.loaded(slot: "two-factor", .twoFactor, .content(.twoFactor(state), .live)))
    _ = app.takeCommands()
    return app
  }

  @Test func `who is signed in`() {
    #expect(
      account().screen == """
        ──souk Buy ▾ ────────────────────────────────────── ○ connecting  Inês Duarte ──
         1 Browse  2 Shops  3 Account

         ▸  You             │ Inês Duarte  loading…
            Contacts        │
            Addresses       │ Roles   buyer, seller
            Sessions        │ Shops   Salt & Silver
            Two-factor      │ Id      usr_0000000000000001
            Privacy         │ Server  http://souk.test
            Notifications   │
            API keys        │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
        ────────────────────────────────────────────────────────────────────────────────
         ↵ into you  o sign out  ? help  ctrl-p commands
        """)
  }

  @Test func `where one is signed in`() {
    #expect(
      atSessions().screen == """
        ──souk Buy ▾ ────────────────────────────────────────── ● online  Inês Duarte ──
         1 Browse  2 Shops  3 Account

            You             │ Where you are signed in
            Contacts        │    Device                    Last used     Signed in
            Addresses       │ ▸  souk on workbench         ● this one    just now
         ▸  Sessions        │    souk on laptop            5 h ago       5 h ago
            Two-factor      │    telephone                 30 days ago   30 days ago
            Privacy         │
            Notifications   │
            API keys        │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
        ────────────────────────────────────────────────────────────────────────────────
         D end it  X end the others  r refresh  esc back  ? help  ctrl-p commands
        """)
  }

  @Test func `a session is ended after a question, one's own signs out`() {
    var app = atSessions()
    app.press("down D")
    #expect(app.screen.contains("souk on laptop has to sign in again."))
    #expect(app.effects.isEmpty)
    app.press("y")
    let id = Self.sessions[1].id
    #expect(app.effects == [.identity(.account(.revoke(id)))])
    app.send(.identity(.account(.revoke(id), .success(.done))))
    #expect(app.effects.last == .load(slot: "sessions", .sessions, reload: true))
    app.press("up D")
    #expect(app.screen.contains("you will be signed out"))
    app.press("y")
    #expect(app.effects.last == .identity(.signOut))
  }

  @Test func `all others are ended at once`() {
    var app = atSessions()
    app.press("X")
    #expect(app.screen.contains("2 sessions end."))
    app.press("y")
    #expect(app.effects == [.identity(.account(.revokeOthers))])
  }

  @Test func `two-factor that is on`() {
    let until = Timestamp(microseconds: (Samples.now + 200) * 1_000_000)
    let app = atTwoFactor(TwoFactor(isOn: true, isMandatory: true, recoveryCodesLeft: 2, provenUntil: until))
    #expect(
      app.screen == """
        ──souk Buy ▾ ────────────────────────────────────────── ● online  Inês Duarte ──
         1 Browse  2 Shops  3 Account

            You             │ Two-factor
            Contacts        │
            Addresses       │ A code of your authenticator is asked for when you sign
            Sessions        │ in and before sensitive actions.
         ▸  Two-factor      │
            Privacy         │ State       ● on
            Notifications   │ Recovery    2 of 10 codes left
            API keys        │ Last proof  holds for 4 min more
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
        ────────────────────────────────────────────────────────────────────────────────
         n new recovery codes  D turn off  esc back  ? help  ctrl-p commands
        """)
  }

  @Test func `two-factor that a seller lacks`() {
    var app = atTwoFactor(TwoFactor(isOn: false, isMandatory: true, recoveryCodesLeft: 0))
    #expect(
      app.screen == """
        ──souk Buy ▾ ────────────────────────────────────────── ● online  Inês Duarte ──
         1 Browse  2 Shops  3 Account

            You             │ Two-factor
            Contacts        │
            Addresses       │ An authenticator is an app that shows six digits, new
            Sessions        │ ones every half minute. With it nobody can sign in as you
         ▸  Two-factor      │ who only reads your mail.
            Privacy         │
            Notifications   │ State   ○ off
            API keys        │ Needed  for people who sell or manage, before sensitive
                            │         actions
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
        ────────────────────────────────────────────────────────────────────────────────
         ↵ turn on  esc back  ? help  ctrl-p commands
        """)
    app.press("enter")
    #expect(app.effects == [.identity(.account(.enrol))])
    #expect(app.program.proof == .enrolment(Enrolment()))
  }

  @Test func `turning it off asks for a word, new codes are shown when they come`() {
    var app = atTwoFactor(TwoFactor(isOn: true, isMandatory: false, recoveryCodesLeft: 9))
    var off = app
    off.press("D")
    off.type("off")
    off.press("enter")
    #expect(off.effects == [.identity(.account(.endTwoFactor))])
    app.press("n y")
    #expect(app.effects == [.identity(.account(.renewRecoveryCodes))])
    app.send(.identity(.account(.renewRecoveryCodes, .success(.recoveryCodes(["aaaaa-bbbbb"])))))
    #expect(app.screen.contains("The old recovery codes are void."))
    app.type("kept")
    app.press("enter")
    #expect(app.program.proof == nil)
  }

  @Test func `signing out asks only with unsent work`() {
    var app = account()
    app.press("o")
    #expect(app.effects.last == .identity(.signOut))
    app.send(.signedOut(note: nil))
    #expect(app.screen.contains("With a code"))
    #expect(app.screen.contains("Signed out."))
  }

  // MARK: Sessions that end

  @Test func `a session that ends signs out in place and keeps what was typed`() {
    var app = app(session: Samples.session)
    app.showStock()
    app.press("enter")
    app.type("!")
    _ = app.takeCommands()
    app.send(.identity(.session(.over(.ended))))
    #expect(app.effects.first == .keepDraft(name: "edit \(Samples.bracelet.id)", draft(of: app) ?? [:]))
    #expect(app.effects.contains(.identity(.leave)))
    #expect(
      app.screen == """
        ──souk Buy ───────────────────────────────────────────────────────── ● online ──
         1 Browse  2 Shops  3 Account

         Sign in

         Your session has ended. Sign in again; what was not sent is kept.

         ▸  With a code       six digits, sent to your e-mail address or phone
            With a browser    a link or a QR code for another device













        ────────────────────────────────────────────────────────────────────────────────
         ↵ choose  ? help  ctrl-p commands
        """)
  }

  private func draft(of app: Rehearsal<App>) -> [String: String]? {
    app.effects.compactMap { if case .keepDraft(_, let fields) = $0 { fields } else { nil } }.first
  }

  @Test func `the same person comes back to where they were, another one begins anew`() {
    var app = app(session: Samples.session)
    app.showStock()
    app.press("enter")
    app.type("!")
    app.send(.identity(.session(.over(.ended))))
    var other = app
    app.send(.signedIn(Samples.session))
    #expect(app.screen.contains("Wave bracelet!"))
    other.send(.signedIn(TokenPlanTests.session(account: TokenPlanTests.other)))
    #expect(other.program.section == .browse)
    #expect(!other.screen.contains("Wave bracelet!"))
  }

  @Test func `a renewed session brings what has changed of the account`() {
    var app = account()
    var renewed = Samples.session
    renewed.account.name = "Inês D."
    app.send(.identity(.session(.renewed(renewed))))
    #expect(app.screen.contains("Inês D."))
    #expect(app.program.section == .account)
  }
}
