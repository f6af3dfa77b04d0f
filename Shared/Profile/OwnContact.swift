// SPDX-License-Identifier: GPL-3.0-or-later

/// A contact that an account is known by and can sign in with.
public struct OwnContact: Codable, Sendable, Equatable {
  public var kind: ContactKind
  public var contact: Contact
  public var provenAt: Timestamp

  public init(contact: Contact, provenAt: Timestamp) {
    kind = contact.kind
    self.contact = contact
    self.provenAt = provenAt
  }

  static let example = OwnContact(contact: .example, provenAt: .example)
}

/// Proves a new contact with the code that was sent to it.
public struct ContactProof: Codable, Sendable, Equatable, Ruled {
  public var challenge: CodeChallenge.ID
  public var code: String

  public init(challenge: CodeChallenge.ID, code: String) {
    self.challenge = challenge
    self.code = code
  }

  public static let rules: [Rule<ContactProof>] = [.text("code", \.code, 1...12, .code)]
}

/// The contacts of the signed-in account.
public enum Contacts {
  public static let list = Endpoint<Nothing, Page<OwnContact>>(
    "contacts.list", .get, "/me/contacts", for: .signedIn, "The e-mail address and phone number you sign in with",
    traits: Traits(caching: .personal), example: Example(Nothing(), gives: Page(items: [.example])))

  /// No Idempotency-Key: a code works once, so that nothing can happen twice.
  public static let replace = Endpoint<ContactProof, OwnContact>(
    "contacts.replace", .post, "/me/contacts", for: .signedIn,
    "Be known by another contact, proven with the code of POST /sign-in/codes; what you had before is told",
    traits: Traits(limit: .signIn, sensitivity: .sensitive), refusals: [.codeRefused, .contactTaken],
    example: Example(ContactProof(challenge: .example, code: "482913"), gives: .example))
}
