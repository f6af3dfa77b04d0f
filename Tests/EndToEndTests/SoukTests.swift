// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Glibc
import JSON
import Market
import TestSupport
import Testing

/// The command line against the real server: who somebody is, from signing in to signing out.
@Suite(.timeLimit(.minutes(3)))
struct SoukTests {
  private let folder: Folder
  private let server: Soukd
  private let tray: MailTray
  /// A person's programs, one beside the other.
  private let souk: Souk
  private let second: Souk
  private let third: Souk

  init() async throws {
    folder = try Folder()
    server = try Soukd.serve(folder.path)
    tray = MailTray(folder.path)
    let url = try await server.address().url
    souk = Souk(home: try Folder(), server: url)
    second = Souk(home: try Folder(), server: url)
    third = Souk(home: try Folder(), server: url)
  }

  @Test func `a seller signs in with a code from a pipe, looks around and signs out`() async throws {
    #expect(try await souk("whoami").code == 4)
    let login = try await souk.coded("login", "seller@demo.example", to: "seller@demo.example", in: tray)
    #expect(login.code == 0 && login.output.hasPrefix("Signed in as "), "said: \(login)")
    #expect(login.notes.contains("s…@demo.example"))
    #expect(try await souk("whoami").output.contains("roles: buyer, seller"))
    #expect(try await souk("sessions").output.contains("this one"))
    // Whoever signs in again leaves no second session behind.
    try await souk.signIn(as: "seller", in: tray)
    let page = try await souk("sessions", "--json")
    #expect(try JSONDecoder().decode(Page<OpenSession>.self, from: Array(page.output.utf8)).items.count == 1)
    let wrong = try await second("login", "buyer@demo.example", input: "000000\n")
    #expect(wrong.code == 1 && wrong.notes.contains("wrong, used up or too old"), "said: \(wrong)")
    let out = try await souk("logout")
    #expect(out.code == 0 && out.output == "Signed out.\n")
    #expect(try await souk("sessions").code == 4)
  }

  @Test func `a session that was ended elsewhere is over here too`() async throws {
    for person in [souk, second] { try await person.signIn(as: "buyer", in: tray) }
    let all = try await second("sessions", "--json")
    let page = try JSONDecoder().decode(Page<OpenSession>.self, from: Array(all.output.utf8))
    let other = try #require(page.items.first { !$0.isCurrent })
    #expect(page.items.count == 2)
    #expect(try await second("sessions", "revoke", other.id.text).output == "Ended \(other.id).\n")
    let over = try await souk("sessions")
    #expect(over.code == 4 && over.notes.contains("Your session has ended."), "said: \(over)")
    #expect(try await souk("sessions").notes.contains("Nobody is signed in."))
    #expect(try await second("logout", "--all").output == "Signed out everywhere.\n")
  }

  @Test func `whoever was signed out elsewhere signs in again at the first try`() async throws {
    for person in [souk, second] { try await person.signIn(as: "buyer", in: tray) }
    #expect(try await second("sessions", "revoke-others").code == 0)
    try await souk.signIn(as: "buyer", in: tray)
    #expect(try await souk("whoami").code == 0)
  }

  @Test func `a feed that is followed ends when its session is ended elsewhere`() async throws {
    for person in [souk, second] { try await person.signIn(as: "seller", in: tray) }
    let following = try souk.start("events", "follow")
    #expect(await onThread { following.nextComplaint() }.contains("following"))
    #expect(try await second("sessions", "revoke-others").code == 0)
    let end = await souk.end(of: following)
    #expect(end.code == 4 && end.notes.contains("Your session has ended."), "said: \(end)")
    #expect(!end.notes.contains("trying again"))
  }

  @Test(arguments: [("agree", Int32(0)), ("refuse", 1)])
  func `a link is opened in a browser and decided there`(decision: String, code: Int32) async throws {
    let program = try souk.start("login", "--device")
    let said = await onThread { program.nextComplaint() }
    let words = said.split(separator: " ").map(String.init)
    let (link, shown) = (try #require(words.first { $0.hasPrefix("http") }), try #require(words.last))
    let browser = Visit(ClientThread())
    try await browser.open(link + "?code=" + shown)
    #expect(browser.page.contains(shown))
    try await browser.submit(["code": shown])
    let seen = tray.names
    try await browser.submit(["contact": "buyer@demo.example"])
    let buyer = try #require(Contact("buyer@demo.example"))
    try await browser.submit(["code": try await tray.code(to: buyer, after: seen)])
    #expect(browser.page.contains(shown))
    try await browser.submit(["decision": decision])
    let end = await souk.end(of: program)
    #expect(end.code == code, "said: \(end)")
    #expect(end.output.hasPrefix("Signed in as ") == (code == 0))
    #expect(end.notes.contains("refused on the other device") == (code != 0))
    #expect(try await souk("whoami").code == (code == 0 ? 0 : 4))
  }

  @Test func `two-factor is set up, asked for and turned off`() async throws {
    let buyer = "buyer@demo.example"
    try await souk.signIn(as: "buyer", in: tray)
    let begun = try await souk("two-factor", "enrol", "--json")
    let enrolment = try JSONDecoder().decode(TwoFactorEnrolment.self, from: Array(begun.output.utf8))
    let secret = try #require(Base32.decode(enrolment.secret, as: .standard))
    let authenticator = try #require(TOTP(secret: secret))
    #expect(try await souk("two-factor", "confirm", "000000").code == 1)
    let confirmed = try await souk(
      "two-factor", "confirm", authenticator.code(at: Int64(time(nil))), "--json")
    let codes = try JSONDecoder().decode(Market.RecoveryCodes.self, from: Array(confirmed.output.utf8)).codes
    #expect(codes.count == 10)
    #expect(try await souk("two-factor").output.contains("two-factor: on"))

    // The second line of the input pays the second factor; without it the session owes.
    let owing = try await second.coded("login", buyer, to: buyer, in: tray)
    #expect(owing.code == 4 && owing.notes.contains("souk two-factor prove CODE"), "said: \(owing)")
    let refused = try await second("sessions", "revoke-others")
    #expect(refused.code == 4 && refused.notes.contains("Your second factor is owed first."), "said: \(refused)")
    #expect(try await second("two-factor", "prove", codes[0]).code == 0)
    #expect(try await second("two-factor", "prove", codes[0]).code == 1)
    #expect(try await second("sessions", "revoke-others").code == 0)
    #expect(try await third.coded("login", buyer, to: buyer, in: tray, then: codes[1] + "\n").code == 0)
    #expect(try await third("two-factor", "renew-codes").output.split(separator: "\n").count == 10)
    #expect(try await third("two-factor", "off").code == 0)
    #expect(try await third("two-factor").output.hasPrefix("two-factor: off\n"))
  }

  @Test func `what wants a proof is asked for in place, or says what to run`() async throws {
    let buyer = "buyer@demo.example"
    try await souk.signIn(as: "buyer", in: tray)
    // There is no terminal to ask on.
    let refused = try await souk.coded("contacts", "replace", "robin@new.example", to: "robin@new.example", in: tray)
    #expect(refused.code == 1 && refused.notes.contains("souk two-factor prove CODE"), "said: \(refused)")
    #expect(
      try await souk.coded("two-factor", "prove", to: buyer, in: tray).output == "Proven. It holds for 5 minutes.\n")
    let replaced = try await souk.coded("contacts", "replace", "robin@new.example", to: "robin@new.example", in: tray)
    #expect(replaced.code == 0 && replaced.output.contains("robin@new.example"), "said: \(replaced)")
    #expect(try await souk("contacts").output == "email  robin@new.example\n")
    // Sellers must have an authenticator for it.
    try await second.signIn(as: "seller", in: tray)
    let seller = try await second.coded("contacts", "replace", "ines@new.example", to: "ines@new.example", in: tray)
    #expect(seller.code == 1 && seller.notes.contains("souk two-factor enrol"), "said: \(seller)")
  }

  @Test func `name, addresses, consents and notifications are kept`() async throws {
    try await souk.signIn(as: "buyer", in: tray)
    #expect(
      try await souk("profile", "edit", "--name", "Robin B.", "--currency", "eur").output.contains("currency: EUR"))
    #expect(try await souk("whoami").output.hasPrefix("Robin B. "))
    let wrong = try await souk("address", "add", "--recipient", "Robin", "--line1", "Taipas 1", "--country", "PT")
    #expect(wrong.code == 2 && wrong.notes.contains("--city"), "said: \(wrong)")
    let added = try await souk(
      "address", "add", "--recipient", "Robin", "--line1", "Taipas 1", "--country", "PT", "--city", "Porto",
      "--postal-code", "4050600", "--json")
    let address = try JSONDecoder().decode(Address.self, from: Array(added.output.utf8))
    #expect(address.postalCode == "4050-600" && address.isDefaultForShipping)
    #expect(try await souk("address", "edit", address.id.text, "--label", "home").code == 0)
    #expect(
      try await souk("address", "show", address.id.text).output.hasPrefix("home\nRobin\nTaipas 1\n4050-600 Porto\n"))
    #expect(try await souk("address", "remove", address.id.text).code == 0)
    #expect(try await souk("address").output == "There is no address yet.\n")
    let given = try await souk("consents", "give", "personalisation")
    #expect(given.code == 0 && given.output == "Suggestions from what you look at, version 2026-11: given.\n")
    #expect(given.notes.contains("may remember which products you look at"), "said: \(given)")
    #expect(try await souk("consents").output.contains("personalisation  given"))
    #expect(
      try await souk("notifications", "set", "orders", "--email", "off").output.contains("orders    off    off  on"))
  }
}
