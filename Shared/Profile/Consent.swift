// SPDX-License-Identifier: GPL-3.0-or-later

/// What somebody may agree to.
public enum ConsentKind: String, WireEnum {
  case terms
  case privacy
  case marketingEmail = "marketing_email"
  case marketingSMS = "marketing_sms"
  /// To remember what one looks at, for better suggestions.
  case personalisation
}

/// How somebody stands to one of them. Whoever was never asked has not agreed.
public struct Consent: Codable, Sendable, Equatable {
  public var kind: ConsentKind
  public var isGiven: Bool
  /// Which version of the text was shown.
  public var textVersion: String?
  /// Where it was said, as the program called the place.
  public var place: String?
  public var at: Timestamp?

  public init(
    kind: ConsentKind, isGiven: Bool = false, textVersion: String? = nil, place: String? = nil, at: Timestamp? = nil
  ) {
    self.kind = kind
    self.isGiven = isGiven
    self.textVersion = textVersion
    self.place = place
    self.at = at
  }

  /// Whether saying this again would add nothing to the record.
  public func says(_ statement: ConsentStatement) -> Bool {
    at != nil && isGiven == statement.isGiven && textVersion == statement.textVersion
  }

  static let example = Consent(
    kind: .marketingEmail, isGiven: true, textVersion: "2026-03", place: "souk account", at: .example)
}

/// Gives or withdraws one. The record keeps every statement; the newest holds.
public struct ConsentStatement: Codable, Sendable, Equatable, Ruled {
  public var kind: ConsentKind
  public var isGiven: Bool
  public var textVersion: String
  public var place: String

  public init(kind: ConsentKind, isGiven: Bool, textVersion: String, place: String) {
    self.kind = kind
    self.isGiven = isGiven
    self.textVersion = textVersion
    self.place = place
  }

  public static let rules: [Rule<ConsentStatement>] = [
    .text("textVersion", \.textVersion, 1...40, .code), .text("place", \.place, 1...60),
  ]
}

/// What the signed-in account has agreed to.
public enum Consents {
  public static let list = Endpoint<Nothing, Page<Consent>>(
    "consents.list", .get, "/me/consents", for: .signedIn, "What you have agreed to and what not",
    traits: Traits(caching: .personal), example: Example(Nothing(), gives: Page(items: [.example])))

  public static let record = Endpoint<ConsentStatement, Consent>(
    "consents.record", .post, "/me/consents", for: .signedIn, "Agree to something, or withdraw that you did",
    traits: Traits(idempotency: .accepted, limit: .write),
    example: Example(
      ConsentStatement(kind: .marketingEmail, isGiven: true, textVersion: "2026-03", place: "souk account"),
      gives: .example))
}
