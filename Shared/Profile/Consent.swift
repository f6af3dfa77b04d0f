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
    kind: .marketingEmail, isGiven: true, textVersion: "2026-11", place: "souk account", at: .example)
}

/// Gives or withdraws one. The record keeps every statement; the newest holds.
public struct ConsentStatement: Codable, Sendable, Equatable, Ruled {
  public var kind: ConsentKind
  public var isGiven: Bool
  /// One that the market has published.
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

/// What somebody agrees to, in words, as the market publishes it. A text that changes gets another version; the old one
/// stays known, because people have agreed to it.
public struct ConsentText: Codable, Sendable, Equatable {
  public var kind: ConsentKind
  public var version: String
  public var language: Language
  public var title: String
  public var text: String

  public init(kind: ConsentKind, version: String, language: Language, title: String, text: String) {
    self.kind = kind
    self.version = version
    self.language = language
    self.title = title
    self.text = text
  }

  static let example = ConsentText(
    kind: .marketingEmail, version: "2026-11", language: .english, title: "News and offers by e-mail",
    text: "The market may write to your e-mail address about news and offers.")
}

public struct ConsentTextQuery: Codable, Sendable, Equatable {
  /// English when it is left out.
  public var language: Language?
  public init(language: Language? = nil) { self.language = language }
}

/// What the signed-in account has agreed to.
public enum Consents {
  public static let texts = Endpoint<ConsentTextQuery, Page<ConsentText>>(
    "consents.texts", .get, "/consents/texts", for: .anyone, "What there is to agree to, in the words that hold now",
    traits: Traits(caching: .shared(seconds: 3600)),
    example: Example(ConsentTextQuery(language: .english), gives: Page(items: [.example])))

  public static let list = Endpoint<Nothing, Page<Consent>>(
    "consents.list", .get, "/me/consents", for: .signedIn, "What you have agreed to and what not",
    traits: Traits(caching: .personal), example: Example(Nothing(), gives: Page(items: [.example])))

  public static let record = Endpoint<ConsentStatement, Consent>(
    "consents.record", .post, "/me/consents", for: .signedIn, "Agree to something, or withdraw that you did",
    traits: Traits(idempotency: .accepted, limit: .write),
    example: Example(
      ConsentStatement(kind: .marketingEmail, isGiven: true, textVersion: "2026-11", place: "souk account"),
      gives: .example))
}
