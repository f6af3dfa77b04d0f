// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// The parts of the account that say who somebody is: screens as text, and what goes out.
@Suite struct ProfilePaneTests {
  static let profile = Profile(
    name: "Inês Duarte", language: .german, currency: nil, notifications: .standard, version: 4,
    updatedAt: Timestamp(microseconds: 0))
  private static let contacts = [
    OwnContact(contact: .email("ines@example.org"), provenAt: Timestamp(microseconds: 0)),
    OwnContact(contact: .phone("+351212345678"), provenAt: Timestamp(microseconds: 0)),
  ]

  static func address(_ number: Int, _ label: String?, _ city: String, isDefault: Bool = false) -> Address {
    Address(
      id: Address.ID(body: "000000000000000\(number)"), label: label,
      PostalAddress(
        recipient: "Inês Duarte", lines: ["Rua das Taipas \(number)"], city: city, postalCode: "4050-600",
        country: .example),
      isDefaultForShipping: isDefault, isDefaultForBilling: isDefault, version: number,
      createdAt: Timestamp(microseconds: 0), updatedAt: Timestamp(microseconds: 0))
  }

  private static let consentTexts = ConsentKind.allCases.map { kind in
    ConsentText(
      kind: kind, version: "7", language: .english, title: "About \(kind.rawValue)",
      text: "What the market says of it, in as many words as it takes to fill two lines of the screen.")
  }

  private static let addresses = [address(1, "Workshop", "Porto", isDefault: true), address(2, nil, "Lisboa")]

  private func account(_ downs: Int, _ columns: Int = 80, _ rows: Int = 24) -> Rehearsal<App> {
    var app = app(columns, rows, session: Samples.session)
    app.press("3")
    for _ in 0..<downs { app.press("down") }
    app.press("tab")
    app.send(.loaded(slot: "profile", .profile, .content(.profile(Self.profile), .live)))
    app.send(.loaded(slot: "contacts", .contacts, .content(.contacts(Self.contacts), .live)))
    app.send(.loaded(slot: "addresses", .addresses, .content(.addresses(Self.addresses), .live)))
    let consents = ConsentKind.allCases.map { kind in
      kind == .terms
        ? Consent(
          kind: kind, isGiven: true, textVersion: "1", place: "shop",
          at: Timestamp(microseconds: (Samples.now - 7200) * 1_000_000))
        : Consent(kind: kind)
    }
    app.send(.loaded(slot: "consents", .consents, .content(.consents(consents), .live)))
    app.send(.loaded(slot: "consent-texts", .consentTexts, .content(.consentTexts(Self.consentTexts), .live)))
    _ = app.takeCommands()
    return app
  }

  // MARK: Profile

  @Test func `who one is`() {
    #expect(
      account(0).screen == """
        ──souk Buy ▾ ────────────────────────────────────────── ● online  Inês Duarte ──
         1 Browse  2 Shops  3 Account

         ▸  You             │ Inês Duarte
            Contacts        │
            Addresses       │ E-mail    ines@example.org
            Sessions        │ Phone     +351212345678
            Two-factor      │ Language  Deutsch
            Privacy         │ Currency  each shop's own
            Notifications   │ Roles     buyer, seller
            API keys        │ Shops     Salt & Silver
                            │ Id        usr_0000000000000001
                            │ Server    http://souk.test
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
         e edit  esc back  ? help  ctrl-p commands
        """)
  }

  @Test func `a name is changed with the version that was seen, and an error shows on its field`() {
    var app = account(0)
    app.press("e")
    app.type("!")
    app.press("ctrl-s")
    let patch = ProfilePatch(name: .set("Inês Duarte!"))
    #expect(app.effects.last == .identity(.account(.editProfile(patch, version: 4))))
    var refused = app
    var problem = ProblemCode.invalidInput.problem()
    problem.errors = [FieldError("/name", "taken", "Another name, please.")]
    refused.send(.identity(.account(.editProfile(patch, version: 4), .failure(.refused(problem)))))
    #expect(
      refused.screen == """
        ──souk Buy ▾ ────────────────────────────────────────── ● online  Inês Duarte ──
         1 Browse  2 Shops  3 Account

         ▸  You             │ Inês Duarte
            Contacts        │ ✗ 1 field needs attention
            Addresses       │ ▸ Name *    Inês Duarte!
            Sessions        │             ✗ Another name, please.
            Two-factor      │   Language  ‹ Deutsch ›
            Privacy         │             Of mails. ← → to choose
            Notifications   │   Currency
            API keys        │             That prices are shown in, such as EUR; empty…
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
         ctrl-s save  esc leave, draft kept  shift-tab back  ? help  ctrl-p commands
        """)
    var saved = Self.profile
    saved.name = "Inês Duarte!"
    saved.version = 5
    app.send(.identity(.account(.editProfile(patch, version: 4), .success(.profile(saved)))))
    #expect(app.screen.contains("✓ Saved."))
    #expect(app.screen.contains("│ Inês Duarte!"))
    #expect(app.effects.last == .dropDraft(name: "profile"))
  }

  @Test func `what was typed is kept as a draft, and a change elsewhere loses nothing`() {
    var app = account(0)
    app.press("e")
    app.type("!")
    app.press("ctrl-s")
    let patch = ProfilePatch(name: .set("Inês Duarte!"))
    app.send(
      .identity(.account(.editProfile(patch, version: 4), .failure(.refused(ProblemCode.versionMismatch.problem())))))
    #expect(app.screen.contains("Inês Duarte!"))
    app.press("esc")
    #expect(
      app.effects.last
        == .keepDraft(
          name: "profile", ["name": "Inês Duarte!", "language": "Deutsch", "currency": ""]))
  }

  @Test func `language and currency go back to what holds for everybody`() {
    let values = ["name": "Inês Duarte", "language": ProfileForm.anyLanguage, "currency": "eur"]
    #expect(ProfileForm.patch(values, of: Self.profile) == ProfilePatch(language: .clear, currency: .set(.eur)))
    #expect(ProfileForm.patch(ProfileForm.values(Self.profile), of: Self.profile) == ProfilePatch())
  }

  // MARK: Contacts

  @Test func `another contact is proven with a code`() {
    var app = account(1)
    #expect(
      app.screen == """
        ──souk Buy ▾ ────────────────────────────────────────── ● online  Inês Duarte ──
         1 Browse  2 Shops  3 Account

            You             │ What you sign in with
         ▸  Contacts        │
            Addresses       │ E-mail  ines@example.org
            Sessions        │ Phone   +351212345678
            Two-factor      │
            Privacy         │ Another one takes the place of the one of its kind. A
            Notifications   │ code proves that it is yours, and the old one is told.
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
         c another one  esc back  ? help  ctrl-p commands
        """)
    app.press("c")
    app.type("ines@new.example")
    app.press("enter")
    let contact = Contact.email("ines@new.example")
    #expect(app.effects.last == .identity(.sendCode(contact, for: .contact)))
    let challenge = CodeChallenge(challenge: .init(body: "0000000000000001"), channel: .email, expiresAt: .example)
    app.send(.identity(.codeSent(.contact, .success(challenge))))
    app.type("482913")
    let proof = ContactProof(challenge: challenge.challenge, code: "482913")
    #expect(app.effects.last == .identity(.account(.replaceContact(proof))))
    var taken = app
    taken.send(.identity(.account(.replaceContact(proof), .failure(.refused(ProblemCode.contactTaken.problem())))))
    #expect(taken.screen.contains("✗ Contact taken"))
    app.send(
      .identity(.account(.replaceContact(proof), .success(.contact(OwnContact(contact: contact, provenAt: .example))))))
    #expect(app.screen.contains("From now on you sign in with it."))
  }

  // MARK: Addresses

  @Test func `the address book`() {
    #expect(
      account(2).screen == """
        ──souk Buy ▾ ────────────────────────────────────────── ● online  Inês Duarte ──
         1 Browse  2 Shops  3 Account

            You             │ Addresses
            Contacts        │    Who              Where                    For
         ▸  Addresses       │ ▸  Inês Duarte · …  Rua das Taipas 1, 4050…  ship bill
            Sessions        │    Inês Duarte      Rua das Taipas 2, 4050…
            Two-factor      │
            Privacy         │
            Notifications   │
            API keys        │
                            │
                            │
                            │
                            │
                            │
                            │
                            │ ─────────────────────────────────────────────────────────
                            │ Inês Duarte
                            │ Rua das Taipas 1
                            │ 4050-600 Porto
                            │ PT
        ────────────────────────────────────────────────────────────────────────────────
         e edit  c add  D remove  esc back  ? help  ctrl-p commands
        """)
  }

  @Test func `an address becomes the default or goes, with the version that was seen`() {
    var app = account(2)
    app.press("s")
    #expect(app.screen.contains("Not now: it is shipped here already."))
    app.press("down s")
    let id = Self.addresses[1].id
    let patch = AddressPatch(address: id, isDefaultForShipping: .set(true))
    #expect(app.effects.last == .identity(.account(.editAddress(patch, version: 2))))
    app.send(
      .identity(.account(.editAddress(patch, version: 2), .failure(.refused(ProblemCode.versionMismatch.problem())))))
    #expect(app.screen.contains("It was changed elsewhere meanwhile; here it is."))
    app.press("esc D")
    #expect(app.screen.contains("Remove this address?"))
    app.press("y")
    #expect(app.effects.last == .identity(.account(.removeAddress(id, version: 2))))
  }

  @Test func `the rules of a country are told on the fields before anything is sent`() {
    var app = account(2, 80, 40)
    app.press("c")
    app.type("Ana")
    app.press("tab tab")
    app.type("Main Street 1")
    for _ in 0..<6 { app.press("tab") }
    app.type("us")
    app.press("ctrl-s")
    #expect(app.effects.allSatisfy { if case .identity = $0 { false } else { true } })
    #expect(
      app.screen == """
        ──souk Buy ▾ › New address ──────────────────────────── ● online  Inês Duarte ──
         1 Browse  2 Shops  3 Account

         New address  changed
         ✗ 3 fields need attention
           Recipient * Ana
                       Who it is for.
           Company

           Street *    Main Street 1
                       And number, as the country writes it.
           Line 2

           Line 3

         ▸ Postal code
                       ✗ Give a postal code such as 94103.
           City
                       ✗ Name the city or town.
           Region
                       ✗ Name the state, such as AA for Armed Forces Americas.
           Country *   us
                       Its two letters, such as PT.
           Phone
                       For the courier.
           You call it
                       Home, the workshop.
           Ship here   [ ] no
                       Unless another one is named.
           Bill here   [ ] no
                       Unless another one is named.







        ────────────────────────────────────────────────────────────────────────────────
         ctrl-s save  esc leave, draft kept  ? help  ctrl-p commands
        """)
  }

  @Test func `a new address goes out whole`() {
    var app = account(2)
    app.press("c")
    for (index, text) in ["Ana", "", "Taipas 1", "", "", "4050-600", "Porto", "", "pt", "", "home"].enumerated() {
      if index > 0 { app.press("tab") }
      app.type(text)
    }
    app.press("tab space ctrl-s")
    let postal = PostalAddress(
      recipient: "Ana", lines: ["Taipas 1"], city: "Porto", postalCode: "4050-600", country: .example)
    let draft = AddressDraft(label: "home", postal, isDefaultForShipping: true)
    #expect(app.effects.last == .identity(.account(.addAddress(draft))))
    app.send(.identity(.account(.addAddress(draft), .success(.address(Self.addresses[0])))))
    #expect(app.effects.contains(.dropDraft(name: "new address")))
    #expect(app.effects.contains(.load(slot: "addresses", .addresses, reload: true)))
    #expect(app.screen.contains("✓ Saved."))
    #expect(app.program.stack.count == 1)
  }

  @Test func `a patch holds what differs and nothing else`() throws {
    let old = Self.addresses[0]
    let same = try #require(AddressForm.draft(AddressForm.values(old)))
    #expect(AddressForm.patch(same, of: old) == AddressPatch(address: old.id))
    var values = AddressForm.values(old)
    values["label"] = ""
    values["line2"] = "2.º"
    values["shipping"] = "false"
    let changed = try #require(AddressForm.draft(values))
    #expect(
      AddressForm.patch(changed, of: old)
        == AddressPatch(address: old.id, label: .clear, lines: .set(["Rua das Taipas 1", "2.º"])))
  }

  // MARK: Consents and notifications

  @Test func `what one has agreed to`() {
    var app = account(5)
    #expect(
      app.screen == """
        ──souk Buy ▾ ────────────────────────────────────────── ● online  Inês Duarte ──
         1 Browse  2 Shops  3 Account

            You             │ What you have agreed to
            Contacts        │
            Addresses       │ ▸  ✓ yes        The terms of the market  2 h ago
            Sessions        │    · not asked  How personal data is handled
            Two-factor      │    · not asked  News and offers by e-mail
         ▸  Privacy         │    · not asked  News and offers by text message
            Notifications   │    · not asked  Suggestions from what I look at
            API keys        │
                            │ About terms  version 7
                            │ What the market says of it, in as many words as it takes
                            │ to fill two lines of the screen.
                            │
                            │
                            │
                            │
                            │
                            │
                            │
                            │
        ────────────────────────────────────────────────────────────────────────────────
         esc back  ? help  ctrl-p commands
        """)
    app.press("space")
    #expect(app.screen.contains("Not now: the account stands on it"))
    app.press("down down space")
    let statement = ConsentStatement(
      kind: .marketingEmail, isGiven: true, textVersion: "7", place: "souk account")
    #expect(app.effects.last == .identity(.account(.record(statement))))
    let said = Consent(kind: .marketingEmail, isGiven: true, textVersion: "x", place: "y", at: .example)
    app.send(.identity(.account(.record(statement), .success(.consent(said)))))
    #expect(app.screen.contains("✓ yes"))
    app.press("space")
    #expect(
      app.effects.last
        == .identity(.account(.record(ConsentWords.statement(Self.consentTexts[2], isGiven: false)))))
  }

  @Test func `nobody agrees before the market's text is there`() {
    var app = app(80, 24, session: Samples.session)
    app.press("3")
    for _ in 0..<5 { app.press("down") }
    app.press("tab")
    app.send(
      .loaded(
        slot: "consents", .consents,
        .content(.consents(ConsentKind.allCases.map { Consent(kind: $0) }), .live)))
    app.press("down down space")
    #expect(app.screen.contains("Not now: the market's text is not here yet"))
  }

  @Test func `switches save themselves, one change at a time`() {
    var app = account(6)
    #expect(
      app.screen == """
        ──souk Buy ▾ ────────────────────────────────────────── ● online  Inês Duarte ──
         1 Browse  2 Shops  3 Account

            You             │ What you hear of, and how
            Contacts        │
            Addresses       │                         e-mail   text     inbox
            Sessions        │ ▸ My orders             [✓]      [ ]      [✓]
            Two-factor      │   Orders of my shop     [✓]      [ ]      [✓]
            Privacy         │   Messages              [✓]      [ ]      [✓]
         ▸  Notifications   │   Reviews               [ ]      [ ]      [✓]
            API keys        │   What runs out         [✓]      [ ]      [✓]
                            │   My wishlist           [ ]      [ ]      [✓]
                            │   News and offers       [ ]      [ ]      [ ]
                            │
                            │ What keeps your account safe is always told.
                            │
                            │
                            │
                            │
                            │
                            │
                            │
        ────────────────────────────────────────────────────────────────────────────────
         space switch  esc back  ? help  ctrl-p commands
        """)
    app.press("space")
    func patch(_ channels: ChannelsPatch, _ path: WritableKeyPath<NotificationsPatch, Patch<ChannelsPatch>>)
      -> ProfilePatch
    {
      var patch = NotificationsPatch()
      patch[keyPath: path] = .set(channels)
      return ProfilePatch(notifications: .set(patch))
    }
    let first = patch(ChannelsPatch(email: .set(false)), \.orders)
    #expect(app.effects == [.identity(.account(.editProfile(first, version: 4)))])
    app.press("down right space")
    #expect(app.effects.count == 1)
    var saved = Self.profile
    saved.version = 5
    saved.notifications.orders.email = false
    app.send(.identity(.account(.editProfile(first, version: 4), .success(.profile(saved)))))
    let second = patch(ChannelsPatch(sms: .set(true)), \.sales)
    #expect(app.effects.last == .identity(.account(.editProfile(second, version: 5))))
    app.send(.identity(.account(.editProfile(second, version: 5), .failure(Samples.unreachable))))
    #expect(app.screen.contains("The server cannot be reached"))
    #expect(app.program.front.isTyping == false)
  }
}
