// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Market

struct ContactTests {
  @Test(arguments: [
    ("ines@example.org", Contact.email("ines@example.org")), ("INES@Example.ORG", .email("ines@example.org")),
    ("a.b+c@x-y.co.uk", .email("a.b+c@x-y.co.uk")), ("+351212345678", .phone("+351212345678")),
    ("+123456789012345", .phone("+123456789012345")), ("+souk@example.org", .email("+souk@example.org")),
  ])
  func `an address or a number`(text: String, contact: Contact) {
    #expect(Contact(text) == contact)
    #expect(Contact(contact.text) == contact)
  }

  @Test(arguments: [
    "", "ines", "@", "a@", "@b.example", "a@b", "a b@c.example", "a@b..example", "a..b@c.example", ".a@b.example",
    "a.@b.example", "a@-b.example", "a@b-.example", "a@b.e", "a@b.123", "inês@example.org", "a@exämple.org",
    "\"a\"@b.example", "a@b.example\n", "a@b@c.example", "+", "+0123456789", "+1234567", "+1234567890123456",
    "+12345678x", "351212345678", "+١٢٣٤٥٦٧٨٩", "a@[127.0.0.1]", "<a@b.example>",
    String(repeating: "a", count: 243) + "@b.example.org",
  ])
  func `everything else is refused`(text: String) {
    #expect(Contact(text) == nil)
  }

  @Test(arguments: [
    (" ines@example.org ", "ines@example.org"), ("+351 21 234-56.78", "+351212345678"),
    ("00351 (21) 2345678", "+351212345678"), ("0044 20/7946 0000", "+442079460000"),
  ])
  func `people may type it their way`(typed: String, text: String) {
    #expect(Contact(typed: typed)?.text == text)
  }

  @Test func `masked, it is recognised and not learned`() {
    #expect(Contact("ines@example.org")?.masked == "i…@example.org")
    #expect(Contact("+351212345678")?.masked == "+35…78")
  }

  /// What the schema lets through is what is read, for clients that check before they send.
  @Test func `the pattern of the schema says the same as the reader`() throws {
    let pattern = try Regex(Contact.pattern)
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("ab.-+@_1é ")
    for _ in 0..<20_000 {
      let text = String((0..<Int.random(in: 1...14)).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
      #expect((text.wholeMatch(of: pattern) != nil) == (Contact(text) != nil), "\(text)")
    }
  }
}
