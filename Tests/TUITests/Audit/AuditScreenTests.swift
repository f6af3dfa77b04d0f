// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// The audit log as administrators read it.
@Suite struct AuditScreenTests {
  private static let session: Session = {
    var session = Samples.session
    session.account.adminScopes = [.config]
    session.account.roles = [.buyer, .admin]
    session.account.shops = []
    return session
  }()

  private static func entry(
    _ number: Int, _ action: String, by name: String?, to subject: String, hours: Int64, _ detail: [AuditFact] = []
  ) -> AuditEntry {
    AuditEntry(
      number: number, at: Timestamp(microseconds: (Samples.now - hours * 3600) * 1_000_000),
      actor: name == nil ? "soukd keys rotate" : "usr_0000000000000007", actorName: name, action: action,
      subject: subject, subjectName: subject == Samples.account.id.text ? "Inês Duarte" : nil, detail: detail)
  }

  private static let entries = [
    entry(
      9, "admin.scopes_granted", by: "Robin Weber", to: Samples.account.id.text, hours: 0,
      [AuditFact("scopes", "moderation, support")]),
    entry(8, "key.made", by: "Robin Weber", to: "key_0000000000000001", hours: 2),
    entry(7, "keys.rotated", by: nil, to: "a1b2c3", hours: 50), entry(6, "odd.thing", by: nil, to: "x", hours: 60),
  ]
  private static let query = AuditQuery(limit: 50)

  private func audit(_ columns: Int = 80, _ rows: Int = 24) -> Rehearsal<App> {
    var app = app(columns, rows, session: Self.session)
    app.press("M")
    let page = Page(items: Self.entries, nextCursor: "c1")
    app.send(.loaded(slot: "audit", .audit(Self.query), .content(.audit(page), .live)))
    _ = app.takeCommands()
    return app
  }

  @Test func `what was done, the newest first, and all of the entry under the caret`() {
    #expect(
      audit().screen == """
        ──souk Manage ▾ ─────────────────────────────────────── ● online  Inês Duarte ──
         1 Audit  2 Account

         Audit
            When          Who              What                       To
         ▸  just now      Robin Weber      admin.scopes_granted       Inês Duarte
            2 h ago       Robin Weber      key.made                   key_0000000000…
            2 days ago    soukd keys rot…  keys.rotated               a1b2c3
            2 days ago    soukd keys rot…  odd.thing                  x






         ──────────────────────────────────────────────────────────────────────────────
         Entry   9, 2026-11-18T11:06:40.000Z
         Who     Robin Weber  usr_0000000000000007
         What    admin.scopes_granted
         To      Inês Duarte  usr_0000000000000001
         scopes  moderation, support

        ────────────────────────────────────────────────────────────────────────────────
         a only this one's  t this kind  s done to this  …  ? help  ctrl-p commands
        """)
  }

  @Test func `who administers nothing finds no way in`() {
    var app = app(80, 24, session: Samples.session)
    app.press("M")
    #expect(!app.screen.contains("Audit"))
    #expect(!app.program.keys.actions.contains { $0.id == .manage && $0.availability != .hidden })
  }

  @Test func `it is narrowed by what stands under the caret, and widened again`() {
    var app = audit()
    app.press("a")
    var wanted = Self.query
    wanted.actor = "usr_0000000000000007"
    #expect(app.effects.last == .load(slot: "audit", .audit(wanted), reload: false))
    #expect(app.screen.contains("by Robin Weber"))
    app.send(.loaded(slot: "audit", .audit(wanted), .content(.audit(Page(items: Self.entries)), .live)))
    // What was asked before is no answer to this.
    app.send(.loaded(slot: "audit", .audit(Self.query), .content(.audit(Page(items: [])), .live)))
    app.press("down t")
    wanted.action = .keyMade
    #expect(app.effects.last == .load(slot: "audit", .audit(wanted), reload: false))
    app.send(.loaded(slot: "audit", .audit(wanted), .content(.audit(Page(items: [])), .live)))
    #expect(app.screen.contains("There is no such entry."))
    app.press("x")
    #expect(app.effects.last == .load(slot: "audit", .audit(Self.query), reload: false))
    app.send(.loaded(slot: "audit", .audit(Self.query), .content(.audit(Page(items: Self.entries)), .live)))
    app.press("s")
    wanted = Self.query
    wanted.subject = Samples.account.id.text
    #expect(app.effects.last == .load(slot: "audit", .audit(wanted), reload: false))
    #expect(app.screen.contains("to Inês Duarte"))
  }

  @Test func `a kind that this souk does not know is shown and cannot be asked for`() {
    var app = audit()
    app.press("end t")
    #expect(app.screen.contains("this souk does not know the kind"))
    #expect(!app.effects.contains { if case .load(slot: "audit", _, _) = $0 { true } else { false } })
  }

  @Test func `nearing the end asks for what comes before`() {
    var app = audit()
    app.press("end")
    var next = Self.query
    next.cursor = "c1"
    #expect(app.effects.last == .load(slot: "audit-more", .audit(next), reload: false))
    let page = Page(items: [Self.entry(5, "session.ended", by: "Otto", to: "ses_x", hours: 90)])
    app.send(.loaded(slot: "audit-more", .audit(next), .content(.audit(page), .live)))
    #expect(app.screen.contains("session.ended"))
  }

  @Test func `a small window has the list alone`() {
    let screen = audit(60, 12).screen
    #expect(screen.contains("Robin Weber") && !screen.contains("Entry"))
  }

  @Test func `it is read out in lines`() {
    let app = audit()
    #expect(
      app.spoken == """
        Audit: 4 or more
        online, signed in as Inês Duarte.
        1) Robin Weber, admin.scopes_granted, to Inês Duarte, just now, scopes moderation, support
        2) Robin Weber, key.made, to key_0000000000000001, 2 h ago
        3) soukd keys rotate, keys.rotated, to a1b2c3, 2 days ago
        4) soukd keys rotate, odd.thing, to x, 2 days ago
        """)
  }

  @Test func `the workspaces are those that are somebody's`() {
    let seller = Samples.account
    var admin = seller
    admin.adminScopes = [.config]
    #expect(Workspace.buy.next(for: nil) == .buy && Workspace.buy.next(for: Self.session.account) == .manage)
    #expect(Workspace.buy.next(for: seller) == .sell && Workspace.sell.next(for: seller) == .buy)
    #expect(Workspace.sell.next(for: admin) == .manage && Workspace.manage.next(for: admin) == .buy)
    admin.adminScopes = [.support]
    #expect(!Workspace.manage.isOpen(to: admin))
  }
}
