// SPDX-License-Identifier: GPL-3.0-or-later

/// Somebody who buys without an account. What they have joins the account of their e-mail address as soon as somebody
/// proves to own it.
public struct Guest: Codable, Sendable, Equatable, Identified {
  public typealias ID = Identifier<Guest>
  public static let idPrefix = "gst"

  public var id: ID
  public var email: Contact
  /// In E.164.
  public var phone: String?

  public init(id: ID, email: Contact, phone: String? = nil) {
    self.id = id
    self.email = email
    self.phone = phone
  }

  static let example = Guest(id: .example, email: .example, phone: "+351912345678")
}

/// Where a guest can be reached.
public struct GuestDraft: Codable, Sendable, Equatable, Ruled {
  public var email: Contact
  /// With a calling code.
  public var phone: String?

  public init(email: Contact, phone: String? = nil) {
    self.email = email
    self.phone = phone
  }

  public static let rules: [Rule<GuestDraft>] = [.email("email", \.email), .text("phone", \.phone, 1...40)]
}

/// What a guest calls with: it is sent in the header `Souk-Guest`.
public struct GuestPass: Codable, Sendable, Equatable {
  /// Long enough for an order to arrive and its return to be over.
  public static let lifetimeSeconds: Int64 = 180 * 86_400
  public static let header = "Souk-Guest"

  public var token: String
  public var expiresAt: Timestamp
  public var guest: Guest

  public init(token: String, expiresAt: Timestamp, guest: Guest) {
    self.token = token
    self.expiresAt = expiresAt
    self.guest = guest
  }

  static let example = GuestPass(
    token: "gst_0123456789abcdef.1775001600.bm90IGEgcmVhbCBvbmUsIGp1c3Qgd29yZHM", expiresAt: .example, guest: .example)
}

/// The guest has become an account: what was theirs is there.
public struct GuestJoined: Refusal {
  public var problem: ProblemCode { .gone }
  public var detail: String? { "This guest has become an account. Sign in with the e-mail address to go on." }
  public init() {}
}

/// Buying without an account.
public enum Guests {
  /// No Idempotency-Key, because answers are remembered by account: a guest made twice is one that nobody uses.
  public static let begin = Endpoint<GuestDraft, GuestPass>(
    "guests.begin", .post, "/guests", for: .anyone, "Be a guest, known by an e-mail address that nobody has proven yet",
    traits: Traits(status: 201, limit: .signIn),
    example: Example(GuestDraft(email: .example, phone: "+351912345678"), gives: .example))

  public static let me = Endpoint<Nothing, Guest>(
    "guests.me", .get, "/guests/me", for: .guest, "The guest whose pass is sent",
    traits: Traits(caching: .personal), refusals: [.gone], example: Example(Nothing(), gives: .example))
}
