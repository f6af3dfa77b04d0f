// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// What moderators see and do.
@Suite struct ModerationScreenTests {
  private static let moderator: Session = {
    var session = Samples.session
    session.account = Account(
      id: Account.ID(body: "0000000000000009"), name: "Mara Lindqvist", roles: [.buyer, .admin],
      adminScopes: [.moderation], shops: [])
    return session
  }()

  private static func item(
    _ number: Int, _ kind: ModerationKind, _ title: String, hours: Int64, claim: ModerationClaim? = nil
  ) -> ModerationItem {
    let opened = Timestamp(microseconds: (Samples.now - hours * 3600) * 1_000_000)
    return ModerationItem(
      id: ModerationItem.ID(body: "000000000000000\(number)"), kind: kind, title: title, shop: Samples.shop,
      shopStatus: kind == .shop ? .submitted : .approved, trust: .new,
      product: kind == .shop ? nil : Samples.bracelet.id, openedAt: opened,
      dueAt: opened.adding(seconds: ReviewTarget.seconds(kind)), claim: claim, version: 1)
  }

  private static let mara = ModerationClaim(
    by: Account.ID(body: "0000000000000008"), name: "Otto",
    until: Timestamp(microseconds: (Samples.now + 600) * 1_000_000),
    isMine: false)
  private static let items = [
    item(1, .change, "Wave bracelet", hours: 26), item(2, .shop, "Salt & Silver", hours: 5),
    item(3, .product, "Harbour ring", hours: 3, claim: mara),
  ]
  private static let counts = [
    ModerationCount(kind: .shop, open: 1, late: 0, oldestAt: nil),
    ModerationCount(kind: .product, open: 1, late: 0, oldestAt: nil),
    ModerationCount(kind: .change, open: 1, late: 1, oldestAt: nil),
  ]

  private func queue(_ columns: Int = 80, _ rows: Int = 24) -> Rehearsal<App> {
    var app = app(columns, rows, session: Self.moderator)
    app.press("A")
    app.send(
      .loaded(
        slot: "moderation", .moderation(ModerationQuery(limit: 50)),
        .content(.moderation(Page(items: Self.items)), .live)))
    app.send(
      .loaded(slot: "moderation-counts", .moderationCounts, .content(.moderationCounts(Self.counts), .live)))
    _ = app.takeCommands()
    return app
  }

  private func calls(_ app: Rehearsal<App>) -> [ReviewCall] {
    app.effects.compactMap { if case .review(let call) = $0 { call } else { nil } }
  }

  @Test func `what waits at 80 columns`() {
    let app = queue()
    #expect(
      app.screen == """
        ──souk Moderate ▾ ────────────────────────────────── ● online  Mara Lindqvist ──
         1 Moderation  2 Account

         1 shop · 1 product · 1 change (1 late)
            What       Title             Shop           Waits         Claimed by
         ▸  ± change   Wave bracelet     Salt & Silver  ! 26 h
            ▣ shop     Salt & Silver     Salt & Silver  5 h
            ● product  Harbour ring      Salt & Silver  3 h           Otto, 10 min














        ────────────────────────────────────────────────────────────────────────────────
         ↵ look  a approve  x reject  c claim  f filter  …  ? help  ctrl-p commands
        """)
  }

  @Test func `what waits at 120 columns`() {
    let app = queue(120, 14)
    #expect(
      app.screen == """
        ──souk Moderate ▾ ────────────────────────────────────────────────────────────────────────── ● online  Mara Lindqvist ──
         1 Moderation  2 Account
         1 shop · 1 product · 1 change (1 late)
            What       Title                             Shop                     Trust    Waits         Claimed by
         ▸  ± change   Wave bracelet                     Salt & Silver            new      ! 26 h
            ▣ shop     Salt & Silver                     Salt & Silver            new      5 h
            ● product  Harbour ring                      Salt & Silver            new      3 h           Otto, 10 min





        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         ↵ look  a approve  x reject  c claim  f filter  s whose  ? help  ctrl-p commands
        """)
  }

  @Test func `a key decides in the version that was seen`() {
    var app = queue()
    app.press("a")
    #expect(calls(app) == [.approve(Self.items[0].id, version: 1)])
    app.send(
      .reviewed(
        .approve(Self.items[0].id, version: 1),
        .success(.decision(ModerationDecision(item: Self.items[0].id, outcome: .approved)))))
    #expect(app.screen.contains("Approved Wave bracelet.") && !app.screen.contains("± change"))
    // What somebody else works on is left alone, and the key says why.
    app.press("j a")
    #expect(calls(app).count == 1 && app.screen.contains("Not now: Otto works on it."))
  }

  @Test func `a reason is chosen, or typed`() {
    var app = queue()
    app.press("x")
    #expect(app.screen.contains("Why does Wave bracelet go back?"))
    app.press("down down enter")
    let offered = RejectionReason.offered(for: .change)[2].text
    #expect(calls(app) == [.reject(Self.items[0].id, version: 1, reason: offered)])
    var typed = queue()
    typed.press("x")
    typed.type("own words")
    typed.press("enter")
    #expect(typed.screen.contains("Reason for the seller:"))
    typed.type("No")
    typed.press("enter")
    #expect(calls(typed).isEmpty && typed.screen.contains("Use at least 5 characters."))
    typed.type("t like this")
    typed.press("enter")
    #expect(calls(typed) == [.reject(Self.items[0].id, version: 1, reason: "Not like this")])
  }

  @Test func `marked ones are approved together after a question`() {
    var app = queue()
    app.press("space space a")
    #expect(app.screen.contains("Approve 2 items?") && calls(app).isEmpty)
    app.press("y")
    let seen = Self.items.prefix(2).map { SeenItem(item: $0.id, version: 1) }
    #expect(calls(app) == [.approveAll(seen)])
    app.send(
      .reviewed(
        .approveAll(seen),
        .success(
          .decisions([BulkDecision(item: seen[0].item), BulkDecision(item: seen[1].item, problem: "version_mismatch")]))
      ))
    #expect(app.screen.contains("Approved 1 of 2"))
  }

  @Test func `a claim is taken and given back`() {
    var app = queue()
    app.press("c")
    #expect(calls(app) == [.claim(Self.items[0].id, version: 1)])
    var mine = Self.items[0]
    mine.claim = ModerationClaim(
      by: Self.moderator.account.id, name: "Mara Lindqvist",
      until: Timestamp(microseconds: (Samples.now + 900) * 1_000_000), isMine: true)
    app.send(.reviewed(.claim(mine.id, version: 1), .success(.item(mine))))
    #expect(app.screen.contains("me, 15 min") && app.screen.contains("c leave"))
    app.press("c")
    #expect(calls(app).last == .release(mine.id, version: 1))
  }

  private func opened(_ columns: Int = 80, _ rows: Int = 24) -> Rehearsal<App> {
    var app = queue(columns, rows)
    app.press("enter")
    let changes = [
      ProposedChange(field: .title, before: ["Wave bracelet"], after: ["Wave bracelet, heavy"]),
      ProposedChange(
        field: .description, before: ["Forged.\nPolished.\nSigned."], after: ["Forged.\nBrushed.\nSigned."]),
      ProposedChange(field: .tags, before: ["sea", "forged"], after: []),
    ]
    let found = ModerationCase(
      item: Self.items[0], shop: Samples.fullShop, product: Samples.bracelet, changes: changes)
    app.send(
      .loaded(
        slot: "review-\(Self.items[0].id)", .moderationCase(Self.items[0].id),
        .content(.moderationCase(found), .live)))
    _ = app.takeCommands()
    return app
  }

  @Test func `a change is shown as what it takes and what it brings`() {
    let app = opened()
    #expect(
      app.screen == """
        ──souk Moderate ▾ › Wave bracelet ────────────────── ● online  Mara Lindqvist ──
         1 Moderation  2 Account

         Wave bracelet
         ± change · waits 26 h, late
         of Salt & Silver  ● open  new shop

         Title
         − Wave bracelet
         + Wave bracelet, heavy

         Description
           Forged.
         − Polished.
         + Brushed.
           Signed.

         Tags
         − sea, forged



        ────────────────────────────────────────────────────────────────────────────────
         a approve  x reject  c claim  n next  w shop  …  ? help  ctrl-p commands
        """)
  }

  @Test func `after a decision the next one comes, and the last one leads back`() {
    var app = opened()
    app.press("a")
    #expect(calls(app) == [.approve(Self.items[0].id, version: 1)])
    for (index, item) in Self.items.enumerated() {
      app.send(
        .reviewed(
          .approve(item.id, version: 1),
          .success(.decision(ModerationDecision(item: item.id, outcome: .approved)))))
      if index < 2 { #expect(app.program.front.title == Self.items[index + 1].title) }
    }
    #expect(app.program.front.title == "Moderation" && app.screen.contains("Nothing waits."))
  }

  @Test func `what was changed or decided meanwhile is told in plain words`() {
    var app = opened()
    app.press("a")
    let problem = ProblemCode.versionMismatch.problem()
    app.send(.reviewed(.approve(Self.items[0].id, version: 1), .failure(.refused(problem))))
    #expect(app.screen.contains("The seller has changed it meanwhile"))
    #expect(
      app.effects.contains(.load(slot: "review-\(Self.items[0].id)", .moderationCase(Self.items[0].id), reload: true)))
  }

  @Test func `in lines the queue is read, and decided by its numbers`() {
    var app = queue()
    #expect(
      app.spoken == """
        Moderation: 1 shop; 1 product; 1 change, 1 late
        online, signed in as Mara Lindqvist.
        1) change Wave bracelet, Salt & Silver, new shop, waits 26 h, late
        2) shop Salt & Silver, Salt & Silver, new shop, waits 5 h
        3) product Harbour ring, Salt & Silver, new shop, waits 3 h, claimed by Otto, 10 min
        """)
    app.say("approve 2")
    #expect(calls(app) == [.approve(Self.items[1].id, version: 1)])
    var other = opened()
    #expect(
      other.spoken.contains("Title\nbefore: Wave bracelet\nafter: Wave bracelet, heavy\n"))
    other.say("back")
  }

  @Test func `nobody else has the workspace`() {
    var app = app(session: Samples.session)
    app.press("A")
    #expect(!app.screen.contains("Moderation"))
  }

  @Test func `no key means two things here`() {
    var app = opened()
    #expect(app.program.keys.duplicates.isEmpty)
    app.press("esc")
    #expect(app.program.keys.duplicates.isEmpty)
  }
}

@Suite struct TextDiffTests {
  @Test(
    arguments: [
      ("a\nb\nc", "a\nx\nc", [.kept("a"), .lost("b"), .gained("x"), .kept("c")]), ("", "", [.kept("")]),
      ("a", "a\nb", [.kept("a"), .gained("b")]), ("a\nb", "b", [.lost("a"), .kept("b")]),
    ] as [(String, String, [TextDiff.Line])])
  func `lines that stay are kept, and what was lost comes before what was gained`(
    before: String, after: String, lines: [TextDiff.Line]
  ) {
    #expect(TextDiff.lines(before, after) == lines)
  }

  @Test func `the lines are both texts, whatever they are`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      func text() -> String {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in ["a", "b", "c"].randomElement(using: &random) ?? "" }
          .joined(separator: "\n")
      }
      let (before, after) = (text(), text())
      let lines = TextDiff.lines(before, after)
      let old = lines.compactMap { line -> String? in
        switch line {
        case .kept(let text), .lost(let text): text;
        case .gained: nil
        }
      }
      let new = lines.compactMap { line -> String? in
        switch line {
        case .kept(let text), .gained(let text): text;
        case .lost: nil
        }
      }
      #expect(old.joined(separator: "\n") == before && new.joined(separator: "\n") == after)
    }
  }
}
