// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import soukd

struct IDTokenTests {
  private static let now: Int64 = 1_800_000_000
  private static let expected = IDToken.Expected(issuer: "https://id.example", clientID: "souk", nonce: "n-0S6")
  private static let base = [
    ("iss", #""https://id.example""#), ("sub", #""248289""#), ("aud", #""souk""#), ("exp", "\(now + 300)"),
    ("iat", "\(now)"), ("nonce", #""n-0S6""#), ("email", #""ines@example.org""#), ("email_verified", "true"),
    ("name", #""Inês""#),
  ]

  /// The token with a claim put in the place of another, or left out.
  private func token(_ name: String = "name", _ value: String? = #""Inês""#) throws -> IDToken {
    var members = Self.base.filter { $0.0 != name }
    if let value { members.append((name, value)) }
    let text = "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    return try IDToken(claims: Array(text.utf8))
  }

  private func refusal(_ name: String, _ value: String?) -> IDToken.Refusal? {
    do { return try token(name, value).refusal(Self.expected, now: Self.now) } catch {
      return error as? IDToken.Refusal
    }
  }

  @Test func `a token for us, now and of this attempt is believed`() throws {
    let token = try token()
    #expect(token.refusal(Self.expected, now: Self.now) == nil)
    #expect(token.subject == "248289" && token.provenEmail == "ines@example.org" && token.name == "Inês")
  }

  @Test(arguments: [
    ("aud", #"["souk"]"#), ("azp", #""souk""#), ("azp", "null"), ("exp", "\(now - 59)"), ("exp", "1800000000.5"),
    ("iat", "\(now + 60)"), ("iat", "\(now - 660)"), ("acr", "7"), ("name", "null"), ("name", "7"),
  ]) func `so is one that says it otherwise, or at another clock`(name: String, value: String) {
    #expect(refusal(name, value) == nil)
  }

  private static let lies: [(String, String?, IDToken.Refusal)] = [
    ("iss", #""https://id.example/""#, .otherIssuer), ("iss", #""https://id.example\u0000""#, .otherIssuer),
    ("iss", nil, .malformed), ("iss", "7", .malformed), ("aud", #""other""#, .otherAudience), ("aud", nil, .malformed),
    ("aud", "[]", .otherAudience), ("aud", #"["souk","other"]"#, .otherAudience), ("aud", #"["souk",7]"#, .malformed),
    ("azp", #""other""#, .otherParty), ("azp", "7", .malformed), ("exp", "\(now - 60)", .expired),
    ("exp", "0", .expired),
    ("exp", nil, .malformed), ("exp", #""1800000300""#, .malformed), ("exp", "-1", .malformed),
    ("exp", "1e300", .malformed), ("iat", "\(now + 61)", .fromTheFuture), ("iat", "\(now - 661)", .old),
    ("iat", nil, .malformed), ("iat", "9223372036854775807", .malformed), ("nonce", #""other""#, .otherNonce),
    ("nonce", nil, .otherNonce), ("nonce", "7", .malformed), ("sub", #""""#, .malformed), ("sub", nil, .malformed),
    ("sub", "248289", .malformed), ("sub", #""é""#, .malformed),
    ("sub", "\"" + String(repeating: "x", count: 256) + "\"", .malformed),
  ]

  @Test(arguments: lies) func `any other is not`(name: String, value: String?, refusal: IDToken.Refusal) {
    #expect(self.refusal(name, value) == refusal)
  }

  @Test func `names that only look the same are not`() throws {
    let kelvin = "Soup\u{212a}itchen"
    #expect(kelvin == "SoupKitchen" && !kelvin.isExactly("SoupKitchen"))
    let expected = IDToken.Expected(issuer: "https://id.example", clientID: "SoupKitchen", nonce: "n-0S6")
    #expect(try token("aud", "\"\(kelvin)\"").refusal(expected, now: Self.now) == .otherAudience)
    #expect(try token("aud", #""SoupKitchen""#).refusal(expected, now: Self.now) == nil)
  }

  @Test(arguments: ["false", nil, #""true""#, "1", "null"])
  func `an address is proven when the provider says so in one word`(verified: String?) throws {
    #expect(try token("email_verified", verified).provenEmail == nil)
  }

  @Test func `a claim that is there twice is none`() {
    let text = #"{"iss":"https://id.example","sub":"1","sub":"2","aud":"souk","exp":1800000300,"iat":1800000000}"#
    #expect(throws: IDToken.Refusal.malformed) { try IDToken(claims: Array(text.utf8)) }
  }

  @Test(arguments: [
    ("Inês Duarte", "Inês Duarte" as String?), ("  Inês \n\t Duarte ", "Inês Duarte"), ("", nil), (" \u{85}\u{0}", nil),
    (String(repeating: "é", count: 70), String(repeating: "é", count: 60)),
    (String(repeating: "x", count: 59) + " y", String(repeating: "x", count: 59)),
  ]) func `a name becomes one line of sixty characters`(name: String, line: String?) {
    #expect(ProviderAccounts.line(name) == line)
  }
}
