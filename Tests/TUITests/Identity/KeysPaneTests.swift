// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// The API keys of the account, and the one time that a new one is shown.
@Suite struct KeysPaneTests {
  static func key(
    _ number: Int, _ name: String, _ scopes: [KeyScope] = [.catalogueRead, .eventsRead], days: Int64? = nil,
    usedHoursAgo: Int64? = nil
  ) -> APIKey {
    func moment(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: (Samples.now + seconds) * 1_000_000) }
    return APIKey(
      id: APIKey.ID(body: "000000000000000\(number)"), name: name, beginning: "souk_key_m3Q\(number)", scopes: scopes,
      shop: number == 1 ? Samples.shop : nil, createdAt: moment(-5 * 3600), expiresAt: days.map { moment($0 * 86_400) },
      lastUsedAt: usedHoursAgo.map { moment(-$0 * 3600) })
  }

  private static let keys = [
    key(1, "label printer", usedHoursAgo: 3), key(2, "stock sync", [.catalogueWrite], days: 30),
    key(3, "old script", days: -1),
  ]
  private static let secret = "souk_key_m3Qf000000000000000000000000000000000000000b1748049"

  private func keys(_ found: [APIKey] = Self.keys) -> Rehearsal<App> {
    var app = app(80, 24, session: Samples.session)
    app.press("3 end enter")
    app.send(.loaded(slot: "keys", .keys, .content(.keys(found), .live)))
    _ = app.takeCommands()
    return app
  }

  @Test func `what keys there are, and what the one under the caret may do`() {
    #expect(
      keys().screen == """
        ──souk Buy ▾ ────────────────────────────────────────── ● online  Inês Duarte ──
         1 Browse  2 Shops  3 Account

            You             │ API keys
            Contacts        │    Name                    Key             Last used
            Addresses       │ ▸  label printer           souk_key_m3Q1…  3 h ago
            Sessions        │    stock sync              souk_key_m3Q2…  never
            Two-factor      │    old script              souk_key_m3Q3…  ○ ended
            Privacy         │
            Notifications   │
         ▸  API keys        │
                            │
                            │
                            │
                            │
                            │
                            │ ─────────────────────────────────────────────────────────
                            │ May   read all that a shop has, hear what happens in the
                            │       shops
                            │ For   Salt & Silver
                            │ Ends  when it is revoked
                            │ Made  5 h ago
        ────────────────────────────────────────────────────────────────────────────────
         c make one  D revoke  r refresh  esc back  ? help  ctrl-p commands
        """)
  }

  @Test func `without keys it says what they are for`() {
    #expect(keys([]).screen.contains("There is no key."))
    #expect(keys([]).screen.contains("c makes one."))
  }

  @Test func `a key is revoked after a question`() {
    var app = keys()
    app.press("D")
    #expect(app.screen.contains("Whatever uses label printer is refused within a minute"))
    #expect(app.effects.isEmpty)
    app.press("y")
    let id = Self.keys[0].id
    #expect(app.effects == [.identity(.account(.revokeKey(id)))])
    app.send(.identity(.account(.revokeKey(id), .success(.done))))
    #expect(app.effects.last == .load(slot: "keys", .keys, reload: true))
  }

  private func form() -> Rehearsal<App> {
    var app = keys()
    app.press("c")
    _ = app.takeCommands()
    return app
  }

  @Test func `a new key is a form`() {
    #expect(
      form().screen == """
        ──souk Buy ▾ › New API key ──────────────────────────── ● online  Inês Duarte ──
         1 Browse  2 Shops  3 Account

         New API key

         ▸ Name *
                            What uses it, such as label printer.
           catalogue:read   [ ] no
                            May read all that a shop has.
           catalogue:write  [ ] no
                            May change products and their pictures.
           shop:write       [ ] no
                            May change what a shop says.
           events:read      [ ] no
                            May hear what happens in the shops.
           Ends             ‹ when it is revoked ›
                            ← → to choose





        ────────────────────────────────────────────────────────────────────────────────
         ctrl-s make it  esc leave, draft kept  ? help  ctrl-p commands
        """)
  }

  @Test func `a key that may do nothing is not made`() {
    var app = form()
    app.type("ci")
    app.press("ctrl-s")
    #expect(app.screen.contains("Let it do one thing at least."))
    #expect(!app.effects.contains { if case .identity = $0 { true } else { false } })
  }

  private func made() -> Rehearsal<App> {
    var app = form()
    app.type("label printer")
    app.press("tab space tab tab tab space ctrl-s")
    let draft = APIKeyDraft(name: "label printer", scopes: [.catalogueRead, .eventsRead])
    #expect(app.effects.last == .identity(.account(.makeKey(draft))))
    _ = app.takeCommands()
    app.send(
      .identity(.account(.makeKey(draft), .success(.key(NewAPIKey(secret: Self.secret, key: Self.keys[0]))))))
    return app
  }

  @Test func `a new key is shown once, whole`() {
    #expect(
      made().screen == """
        ──souk Buy ▾ › Your new API key ─────────────────────── ● online  Inês Duarte ──
         1 Browse  2 Shops  3 Account

         Your new API key

         label printer

         souk_key_m3Qf000000000000000000000000000000000000000b1748049

         It is shown this one time: copy it to where the program reads it. The
         market keeps only a hash.

         May   read all that a shop has, hear what happens in the shops
         For   Salt & Silver
         Ends  when it is revoked







        ────────────────────────────────────────────────────────────────────────────────
         y copy the key  esc leave  ? help  ctrl-p commands
        """)
  }

  @Test func `leaving without copying asks, after copying it does not`() {
    var app = made()
    app.press("esc")
    #expect(app.screen.contains("Leave without copying it?"))
    app.press("esc y")
    #expect(app.takeCommands().contains { if case .copy(Self.secret) = $0 { true } else { false } })
    app.press("esc")
    #expect(app.screen.contains("label printer") && !app.screen.contains(Self.secret))
    #expect(!app.screen.contains("Leave without"))
  }

  @Test func `a refusal shows on its field and the form goes on`() {
    var app = form()
    app.type("x")
    app.press("tab space ctrl-s")
    var problem = ProblemCode.invalidInput.problem()
    problem.errors = [FieldError("/name", "taken", "Another name, please.")]
    app.send(
      .identity(.account(.makeKey(APIKeyDraft(name: "x", scopes: [.catalogueRead])), .failure(.refused(problem)))))
    #expect(app.screen.contains("Another name, please."))
  }

  @Test(arguments: [(60, 1), (59, 2), (20, 3), (7, 9)]) func `a narrow window breaks a key and loses nothing`(
    width: Int, lines: Int
  ) {
    let pieces = KeyEditor.pieces(of: Self.secret, width: width)
    #expect(pieces.count == lines && pieces.joined() == Self.secret)
  }

  @Test func `it is read out in lines`() {
    var app = app(80, 24, session: Samples.session)
    app.press("3")
    app.say("8")
    app.send(.loaded(slot: "keys", .keys, .content(.keys(Self.keys), .live)))
    #expect(
      app.spoken == """
        API keys: 3
        online, signed in as Inês Duarte.
        1) label printer, may read all that a shop has and hear what happens in the shops, for Salt & Silver, ends when it is revoked, last used 3 h ago
        2) stock sync, may change products and their pictures, for all of your shops, ends in 30 days, last used never
        3) old script, may read all that a shop has and hear what happens in the shops, for all of your shops, has ended, last used ended
        """)
    app.say("new-key")
    app.say("1")
    app.say("ci")
    app.say("2")
    app.say("yes")
    app.say("save")
    let draft = APIKeyDraft(name: "ci", scopes: [.catalogueRead])
    #expect(app.effects.last == .identity(.account(.makeKey(draft))))
    app.send(
      .identity(.account(.makeKey(draft), .success(.key(NewAPIKey(secret: Self.secret, key: Self.keys[0]))))))
    #expect(app.spoken.contains(Self.secret))
  }
}
