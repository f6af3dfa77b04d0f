// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// Identity in lines, as a screen reader reads it.
@Suite struct IdentityLineTests {
  private func account() -> Rehearsal<App> {
    var app = app(session: Samples.session)
    app.say("account")
    app.send(.loaded(slot: "profile", .profile, .content(.profile(ProfilePaneTests.profile), .live)))
    return app
  }

  @Test func `the parts of the account are numbered, and each is read in its own words`() {
    var app = account()
    #expect(
      app.spoken == """
        Account
        online, signed in as Inês Duarte.
        1) You
        2) Contacts
        3) Addresses
        4) Sessions
        5) Two-factor
        6) Privacy
        7) Notifications
        8) API keys
        """)
    app.say("3")
    let address = ProfilePaneTests.address(1, "Workshop", "Porto", isDefault: true)
    app.send(.loaded(slot: "addresses", .addresses, .content(.addresses([address]), .live)))
    #expect(
      app.spoken == """
        Addresses: 1
        online, signed in as Inês Duarte.
        1) Workshop, Inês Duarte, Rua das Taipas 1, 4050-600 Porto, PT, shipped here, billed here
        """)
    app.say("1")
    app.say("7")
    #expect(app.program.prompt == "City, now Porto. Return keeps it, - empties it.")
    app.say("Braga")
    app.say("save")
    let patch = AddressPatch(address: address.id, city: .set("Braga"))
    #expect(app.effects.last == .identity(.account(.editAddress(patch, version: 1))))
  }

  @Test func `a notification is switched by its way and number`() {
    var app = account()
    app.say("7")
    #expect(app.spoken.contains("1) My orders: e-mail on, text off, inbox on"))
    app.say("text 1")
    #expect(app.spoken.contains("1) My orders: e-mail on, text on, inbox on"))
    app.say("1")
    #expect(app.spoken.contains("1) My orders: e-mail off"), "what Enter does on the row")
  }

  @Test func `a proof is asked for and given`() {
    var app = account()
    app.send(.identity(.proofWanted(.stepUp)))
    #expect(app.program.isBusy && app.program.isInterlude)
    let facts = ProofFacts(twoFactor: TwoFactor(isOn: true, isMandatory: true, recoveryCodesLeft: 9), contacts: [])
    app.send(.identity(.facts(.success(facts))))
    #expect(!app.program.isBusy)
    #expect(
      app.spoken == """
        Prove that it is you
        Without the authenticator a recovery code will do.
        """)
    #expect(app.program.prompt == "The code that your authenticator shows; return leaves it.")
    var recovery = app
    app.say("482 913")
    #expect(app.effects.last == .identity(.prove(Proof(code: "482913"))))
    app.send(.identity(.proven(.failure(.refused(ProblemCode.codeRefused.problem())))))
    #expect(app.spoken.contains("This code is wrong, used up or too old."))
    recovery.say("7k2mq-x9d4h")
    #expect(recovery.effects.last == .identity(.prove(Proof(code: "7k2mq-x9d4h"))))
    app.say("")
    #expect(app.effects.last == .identity(.settle(isProven: false)))
    #expect(app.program.proof == nil)
  }

  @Test func `two-factor is set up`() {
    var app = account()
    app.say("5")
    let state = TwoFactor(isOn: false, isMandatory: true, recoveryCodesLeft: 0)
    app.send(.loaded(slot: "two-factor", .twoFactor, .content(.twoFactor(state), .live)))
    app.say("two-factor-on")
    let enrolment = TwoFactorEnrolment(secret: "JBSWY3DPEHPK3PXP", uri: "otpauth://totp/Souk:i?secret=JBSWY3DPEHPK3PXP")
    app.send(.identity(.account(.enrol, .success(.enrolment(enrolment)))))
    #expect(app.spoken.contains("JBSW Y3DP EHPK 3PXP"))
    app.say("482913")
    #expect(app.effects.last == .identity(.account(.confirm(code: "482913"))))
    app.send(.identity(.account(.confirm(code: "482913"), .success(.recoveryCodes(["aaaaa-bbbbb"])))))
    #expect(app.spoken.contains("aaaaa-bbbbb"))
    app.say("")
    #expect(app.program.proof != nil, "there is no way past the codes")
    app.say("kept")
    #expect(app.program.proof == nil)
  }
}
