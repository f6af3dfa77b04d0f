// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// The question for a proof over any screen, and the set-up of two-factor.
@Suite struct ProofTests {
  private static let contact = Contact.email("ines@example.org")
  private static let challenge = CodeChallenge(
    challenge: CodeChallenge.ID(body: "0000000000000001"), channel: .email, expiresAt: .example)

  private static func facts(isOn: Bool, isMandatory: Bool = false, contacts: [Contact] = [contact]) -> ProofFacts {
    ProofFacts(twoFactor: TwoFactor(isOn: isOn, isMandatory: isMandatory, recoveryCodesLeft: 9), contacts: contacts)
  }

  private func asked(_ demand: ProofDemand = .stepUp, _ facts: ProofFacts? = nil, rows: Int = 24) -> Rehearsal<App> {
    var app = app(80, rows, session: Samples.session)
    app.showStock()
    _ = app.takeCommands()
    app.send(.identity(.proofWanted(demand)))
    if let facts { app.send(.identity(.facts(.success(facts)))) }
    return app
  }

  @Test func `it lies over the screen and goes on by itself`() {
    var app = asked(.stepUp, Self.facts(isOn: true))
    #expect(app.effects == [.identity(.learnFacts)])
    #expect(
      app.screen == """
        ──souk Salt & Silver ▾ ──────────────────────────────── ● online  Inês Duarte ──
         1 Products  2 My shop  3 Unsent  4 Account

         4 products · everything · 2 low or sold out
            Product            SKU               Price    Stock  Status
         ▸  Wave bracelet      SS-1            45.00 €        7  ● active
            Harbour ring       SS-2         1,234.50 €        2  ● active
            Coppe┌─ Prove it is you ──────────────────────────────────────────┐
            Gull │                                                            │
                 │ Type the code that your authenticator shows.               │
                 │                                                            │
                 │  · · ·   · · ·                                             │
                 │                                                            │
                 │ Without it a recovery code will do: type it here, then ↵.  │
                 │                                                            │
                 │                                                esc not now │
                 └────────────────────────────────────────────────────────────┘





        ────────────────────────────────────────────────────────────────────────────────
         ↵ edit  e price/stock  x actions  c add  D archive  …  ? help  ctrl-p commands
        """)
    app.type("482913")
    #expect(app.effects.last == .identity(.prove(Proof(code: "482913"))))
    #expect(app.screen.contains("Looking at it…"))
    var proven = Samples.session
    proven.secondFactor = .proven
    app.send(.identity(.proven(.success(proven))))
    #expect(app.effects.last == .identity(.settle(isProven: true)))
    #expect(app.program.proof == nil)
    #expect(app.screen.contains("Wave bracelet"))
  }

  @Test func `a recovery code will do`() {
    var app = asked(.stepUp, Self.facts(isOn: true))
    app.type("7k2mq-x9d4h")
    app.press("enter")
    #expect(app.effects.last == .identity(.prove(Proof(code: "7k2mq-x9d4h"))))
  }

  @Test func `without two-factor a code is sent and asked for`() {
    var app = asked(.stepUp, Self.facts(isOn: false))
    #expect(app.effects.last == .identity(.sendCode(Self.contact, for: .proof)))
    #expect(app.screen.contains("Sending a code to i…@example.org…"))
    app.send(.identity(.codeSent(.proof, .success(Self.challenge))))
    #expect(app.screen.contains("Type the code that was sent to i…@example.org."))
    app.take(.event(.paste("482 913", isCut: false)))
    #expect(app.effects.last == .identity(.prove(Proof(code: "482913", challenge: Self.challenge.challenge))))
  }

  @Test func `of several contacts one is chosen`() {
    var app = asked(.stepUp, Self.facts(isOn: false, contacts: [Self.contact, .phone("+351212345678")]))
    #expect(app.screen.contains("+35…78"))
    app.press("down enter")
    #expect(app.effects.last == .identity(.sendCode(.phone("+351212345678"), for: .proof)))
  }

  @Test func `a wrong code may be typed again, and too many are counted down`() {
    var app = asked(.stepUp, Self.facts(isOn: true))
    app.type("000000")
    app.send(.identity(.proven(.failure(.refused(ProblemCode.codeRefused.problem())))))
    #expect(app.screen.contains("✗ This code is wrong, used up or too old."))
    app.type("000000")
    app.send(.identity(.proven(.failure(.limited(ProblemCode.tooManyRequests.problem(), retryAfterSeconds: 60)))))
    #expect(app.screen.contains("✗ Too many tries. The next one is possible in 1:00."))
    app.type("1")
    #expect(app.screen.contains("· · ·   · · ·"))
    app.send(.clock(Samples.now + 60))
    app.send(.due("proof-tick"))
    #expect(!app.screen.contains("Too many tries"))
  }

  @Test func `not now lets what waits be refused`() {
    var app = asked(.stepUp, Self.facts(isOn: true))
    app.press("esc")
    #expect(app.effects.last == .identity(.settle(isProven: false)))
    #expect(app.program.proof == nil)
  }

  @Test func `what cannot be found out can be tried again`() {
    var app = asked()
    app.send(.identity(.facts(.failure(Samples.unreachable))))
    #expect(app.screen.contains("✗ The server cannot be reached: no connection."))
    app.press("enter")
    #expect(app.effects.last == .identity(.learnFacts))
  }

  @Test func `a change that waits for a proof is called queued, and the server is not called away`() {
    var app = app(session: Samples.session)
    app.showStock()
    let change = Samples.queued(.editProduct(ProductPatch(product: Samples.bracelet.id, stock: .set(6))))
    app.send(.queue([change]))
    let refusal = ClientFailure.refused(ProblemCode.stepUpRequired.problem())
    app.send(.sent(SendReport(change: change, outcome: .held(refusal))))
    #expect(app.screen.contains("Queued, not saved yet."))
    #expect(app.screen.contains("● online"))
  }

  @Test func `a second demand while one is asked for asks nobody again`() {
    var app = asked(.stepUp, Self.facts(isOn: true))
    app.type("48")
    app.send(.identity(.proofWanted(.stepUp)))
    #expect(app.screen.contains("4 8 ·   · · ·"))
  }

  @Test func `a session that owes its second factor is asked for it right away`() {
    var owed = Samples.session
    owed.secondFactor = .owed
    var app = app()
    app.showProducts()
    _ = app.takeCommands()
    app.send(.signedIn(owed))
    #expect(!app.effects.contains(.follow))
    #expect(app.screen.contains("Second factor"))
    var later = app
    later.press("esc")
    #expect(later.screen.contains("Until the second factor is given you can only look around."))
    #expect(later.screen.contains("Inês Duarte · second factor owed"))
    later.press("p")
    #expect(later.program.proof != nil)
    var paid = owed
    paid.secondFactor = .proven
    app.send(.identity(.proven(.success(paid))))
    #expect(app.program.section == .products)
    #expect(app.effects.suffix(3) == [.follow, .sendQueue, .wishes(.learn)])
  }

  @Test func `souk that is opened with a session that owes asks at once too`() {
    var owed = Samples.session
    owed.secondFactor = .owed
    let app = app(session: owed)
    #expect(app.screen.contains("Type the code that your authenticator shows."))
    #expect(!app.effects.contains(.follow))
  }

  // MARK: Setting it up

  private static let enrolment = TwoFactorEnrolment(
    secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    uri: "otpauth://totp/Souk:ines.with.a.long.name%40example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Souk"
      + "&algorithm=SHA1&digits=6&period=30")
  private static let codes = (0..<10).map { "7k2m\($0)-x9d4h" }

  @Test(arguments: [24, 40]) func `what wants two-factor leads to setting it up and back`(rows: Int) {
    var app = asked(.enrolment, Self.facts(isOn: false, isMandatory: true), rows: rows)
    #expect(app.screen.contains("This wants two-factor"))
    app.press("enter")
    #expect(app.effects.last == .identity(.account(.enrol)))
    app.send(.identity(.account(.enrol, .success(.enrolment(Self.enrolment)))))
    #expect(app.screen.contains("JBSW Y3DP EHPK 3PXP"))
    #expect(app.screen.contains("█"), "the code fits the window")
    var small = app
    small.resize(columns: 60, rows: 16)
    #expect(small.screen.contains("too small for its") && !small.screen.contains("█"))
    app.type("000000")
    app.send(.identity(.account(.confirm(code: "000000"), .failure(.refused(ProblemCode.codeRefused.problem())))))
    #expect(app.screen.contains("This is not the code of now."))
    app.type("482913")
    #expect(app.effects.last == .identity(.account(.confirm(code: "482913"))))
    app.send(.identity(.account(.confirm(code: "482913"), .success(.recoveryCodes(Self.codes)))))
    app.press("esc")
    #expect(app.screen.contains("7k2m0-x9d4h"), "there is no way past the codes")
    app.press("y")
    #expect(app.commands.contains(.copy(Self.codes.joined(separator: "\n"))))
    app.type("kept")
    app.press("enter")
    #expect(app.effects.last == .identity(.settle(isProven: true)))
    #expect(app.screen.contains("Wave bracelet"))
  }

  @Test func `the recovery codes are shown once, with the word that they are kept`() {
    var app = asked(.enrolment, Self.facts(isOn: false, isMandatory: true))
    app.press("enter")
    app.send(.identity(.account(.enrol, .success(.enrolment(Self.enrolment)))))
    app.type("482913")
    app.send(.identity(.account(.confirm(code: "482913"), .success(.recoveryCodes(Self.codes)))))
    app.type("kep")
    #expect(
      app.screen == """
         Recovery codes

         Two-factor is on.
         Each stands in for the authenticator once. They are shown this one time:
         write them down or copy them.

            7k2m0-x9d4h     7k2m5-x9d4h
            7k2m1-x9d4h     7k2m6-x9d4h
            7k2m2-x9d4h     7k2m7-x9d4h
            7k2m3-x9d4h     7k2m8-x9d4h
            7k2m4-x9d4h     7k2m9-x9d4h

         Type kept when they are in a safe place, then ↵:
         kep









         y copy the codes
        """)
  }
}
