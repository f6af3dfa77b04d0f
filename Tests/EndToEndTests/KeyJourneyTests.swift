// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Glibc
import JSON
import Market
import TestSupport
import Testing

/// What programs and administrators do, by the real programs.
@Suite(.timeLimit(.minutes(3)))
struct KeyJourneyTests {
  private let folder: Folder
  private let server: Soukd
  private let tray: MailTray
  private let url: String

  init() async throws {
    folder = try Folder()
    server = try Soukd.serve(folder.path)
    tray = MailTray(folder.path)
    url = try await server.address().url
  }

  /// Somebody who is signed in and has just turned two-factor on, which is a proof.
  private func proven(_ person: String) async throws -> Souk {
    let souk = Souk(home: try Folder(), server: url)
    try await souk.signIn(as: person, in: tray)
    let begun = try await souk("two-factor", "enrol", "--json")
    let enrolment = try JSONDecoder().decode(TwoFactorEnrolment.self, from: Array(begun.output.utf8))
    let authenticator = try #require(Base32.decode(enrolment.secret, as: .standard).flatMap { TOTP(secret: $0) })
    #expect(try await souk("two-factor", "confirm", authenticator.code(at: Int64(time(nil)))).code == 0)
    return souk
  }

  @Test func `a script gets a key, works with it, and is out when it is revoked`() async throws {
    let souk = try await proven("seller")
    let made = try await souk(
      "keys", "create", "night job", "--scopes", "catalogue:read,catalogue:write", "--days", "2")
    #expect(made.code == 0 && made.notes.contains("shown this one time"), "said: \(made)")
    let key = made.output.filter { $0 != "\n" }
    #expect(CheckedToken.digest(of: key, prefix: APIKey.textPrefix) != nil)
    var script = Souk(home: try Folder(), server: url)
    script.apiKey = key
    #expect(try await script("whoami").output.contains("may: catalogue:read, catalogue:write"))
    let listed = try await script("products", "list", "--mine", "--limit", "1", "--json")
    let page = try JSONDecoder().decode(Page<Product>.self, from: Array(listed.output.utf8))
    let product = try #require(page.items.first)
    #expect(try await script("products", "edit", product.id.text, "--stock", "\(product.stock + 1)").code == 0)
    let follow = try await script("events", "follow")
    #expect(follow.code == 1, "said: \(follow)")
    #expect(try await script("sessions").code == 1)

    let keys = try await souk("keys", "--json")
    let own = try JSONDecoder().decode(Page<APIKey>.self, from: Array(keys.output.utf8)).items
    #expect(own.map(\.name) == ["night job"] && own[0].lastUsedAt != nil)
    #expect(try await souk("keys", "revoke", own[0].id.text).output == "Revoked \(own[0].id).\n")
    var code: Int32? = 0
    while code == 0 { code = try await script("whoami").code }
    #expect(code == 4)
  }

  @Test func `an administrator makes another and finds it in the log`() async throws {
    let souk = try await proven("admin")
    let none = try await souk("admin", "grant", "admin@demo.example", "support")
    #expect(none.code == 1 && none.notes.contains("Last administrator"), "said: \(none)")
    // Nobody is known before they have signed in.
    #expect(try await souk("admin", "show", "nobody@demo.example").notes.contains("Nobody is known"))
    let granted = try await souk("admin", "grant", "buyer@demo.example", "config,support")
    #expect(granted.code == 0 && granted.output.contains("may: support, config"), "said: \(granted)")
    let log = try await souk("admin", "audit", "--action", "admin.scopes_granted", "--limit", "1")
    #expect(log.output.contains("scopes: support, config"), "said: \(log)")
    let buyer = try await proven("buyer")
    #expect(try await buyer("admin", "audit", "--limit", "1").code == 0)
    #expect(try await buyer("admin", "grant", "admin@demo.example", "none").code == 0)
    #expect(try await souk("admin", "grant", "buyer@demo.example", "none").code == 1)
  }
}
