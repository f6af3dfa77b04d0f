// SPDX-License-Identifier: GPL-3.0-or-later

/// What somebody is called and how the market should speak to them.
public struct Profile: Codable, Sendable, Equatable {
  public var name: String
  /// What mails are written in; nil follows what the program asks for.
  public var language: Language?
  /// What prices are shown in; nil shows each shop's own.
  public var currency: Currency?
  public var notifications: NotificationPreferences
  public var version: Int
  public var updatedAt: Timestamp

  public init(
    name: String, language: Language?, currency: Currency?, notifications: NotificationPreferences, version: Int,
    updatedAt: Timestamp
  ) {
    self.name = name
    self.language = language
    self.currency = currency
    self.notifications = notifications
    self.version = version
    self.updatedAt = updatedAt
  }

  static let example = Profile(
    name: "Inês Duarte", language: .german, currency: .eur, notifications: .standard, version: 1, updatedAt: .example)
}

/// Changes of a profile. Null sets back to what holds for whoever has said nothing.
public struct ProfilePatch: Codable, Sendable, Equatable, Ruled {
  public var name: Patch<String>
  public var language: Patch<Language>
  public var currency: Patch<Currency>
  public var notifications: Patch<NotificationsPatch>

  public init(
    name: Patch<String> = .keep, language: Patch<Language> = .keep, currency: Patch<Currency> = .keep,
    notifications: Patch<NotificationsPatch> = .keep
  ) {
    self.name = name
    self.language = language
    self.currency = currency
    self.notifications = notifications
  }

  public static let rules: [Rule<ProfilePatch>] = [.text("name", \.name, 1...60)]

  /// The profile with the changes in it.
  public func applied(to old: Profile) -> Profile {
    var profile = old
    profile.name = name.newValue ?? old.name
    profile.language = language.applied(to: old.language)
    profile.currency = currency.applied(to: old.currency)
    switch notifications {
    case .keep: break
    case .clear: profile.notifications = .standard
    case .set(let changes): profile.notifications = changes.applied(to: old.notifications)
    }
    return profile
  }
}

/// The profile of the signed-in account.
public enum Profiles {
  public static let show = Endpoint<Nothing, Profile>(
    "profile.show", .get, "/me/profile", for: .signedIn, "Your name, language, currency and what you are told of",
    traits: Traits(caching: .personal), example: Example(Nothing(), gives: .example))

  public static let edit = Endpoint<ProfilePatch, Profile>(
    "profile.edit", .patch, "/me/profile", for: .signedIn, "Change your profile; null sets a member back",
    traits: Traits(requiresMatch: true, idempotency: .accepted, limit: .write),
    example: Example(
      ProfilePatch(
        language: .set(.german), notifications: .set(NotificationsPatch(orders: .set(ChannelsPatch(sms: .set(false)))))),
      gives: .example))
}
