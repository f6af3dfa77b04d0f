// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Testing

@testable import Market

struct ProfileTests {
  private func patched(_ json: String, _ profile: Profile = .example) throws -> Profile {
    try JSONDecoder().decode(ProfilePatch.self, from: Array(json.utf8)).applied(to: profile)
  }

  @Test func `a patch changes what it names, as deep as it names it`() throws {
    let after = try patched(#"{"notifications":{"orders":{"sms":true},"news":{"email":true}}}"#)
    var expected = Profile.example
    expected.notifications.orders.sms = true
    expected.notifications.news.email = true
    #expect(after == expected)
  }

  @Test func `null sets back to what holds for whoever has said nothing`() throws {
    var profile = Profile.example
    profile.notifications.orders = .silent
    profile.notifications.stock = .silent
    #expect(try patched(#"{"language":null,"currency":null}"#, profile).language == nil)
    let one = try patched(#"{"notifications":{"orders":{"inbox":null},"stock":null}}"#, profile).notifications
    #expect(one.orders == Channels(email: false, sms: false, inbox: true) && one.stock == .mailed)
    #expect(try patched(#"{"notifications":null}"#, profile).notifications == .standard)
  }

  @Test func `an empty patch changes nothing`() throws {
    #expect(try patched("{}") == .example)
    #expect(try patched(#"{"notifications":{}}"#) == .example)
    #expect(try patched(#"{"notifications":{"orders":{}}}"#) == .example)
  }

  @Test func `a name cannot be cleared, and has to be seen`() throws {
    #expect(ProfilePatch(name: .clear).faults.map(\.code) == ["required"])
    #expect(ProfilePatch(name: .set("")).faults.map(\.code) == ["required"])
    #expect(ProfilePatch(name: .set(" a")).faults.map(\.code) == ["wrong_format"])
  }

  @Test(arguments: NotificationKind.allCases) func `every kind has ways of its own`(kind: NotificationKind) throws {
    // Changing one kind by its wire name changes what the subscript gives for it, and no other.
    let after = try patched(#"{"notifications":{"\#(kind.rawValue)":{"sms":true}}}"#).notifications
    for other in NotificationKind.allCases { #expect(after[other].includes(.sms) == (other == kind)) }
    #expect(after[kind].includes(.email) == NotificationPreferences.standard[kind].email)
    #expect(after[kind].includes(.inbox) == NotificationPreferences.standard[kind].inbox)
  }

  @Test func `nothing advertises to whoever has not asked for it`() {
    let news = NotificationPreferences.standard[.news]
    #expect(NotificationChannel.allCases.allSatisfy { !news.includes($0) })
    #expect(NotificationKind.allCases.allSatisfy { !NotificationPreferences.standard[$0].includes(.sms) })
  }
}

struct ConsentTests {
  @Test func `saying the same again adds nothing; another version or answer does`() {
    let statement = ConsentStatement(kind: .terms, isGiven: true, textVersion: "2026-03", place: "souk")
    #expect(!Consent(kind: .terms).says(statement))
    var consent = Consent(kind: .terms, isGiven: true, textVersion: "2026-03", place: "checkout", at: .example)
    #expect(consent.says(statement))
    consent.textVersion = "2026-04"
    #expect(!consent.says(statement))
    consent = Consent(kind: .terms, isGiven: false, textVersion: "2026-03", place: "souk", at: .example)
    #expect(!consent.says(statement))
    // Whoever was never asked has said neither yes nor no.
    #expect(!Consent(kind: .terms).says(ConsentStatement(kind: .terms, isGiven: false, textVersion: "1", place: "a")))
  }
}
