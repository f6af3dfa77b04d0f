// SPDX-License-Identifier: GPL-3.0-or-later

/// What a program calls with in the place of a person: it may do some of what its account may do, and never more.
public struct APIKey: Codable, Sendable, Equatable, Identified {
  public typealias ID = Identifier<APIKey>
  public static let idPrefix = "key"
  /// How every key begins, so that scanners for secrets know a leaked one.
  public static let textPrefix = "souk_key_"
  /// How many an account may have.
  public static let countMax = 20
  public static let daysMax = 1826

  public var id: ID
  public var name: String
  /// How its secret begins, to tell keys apart.
  public var beginning: String
  public var scopes: [KeyScope]
  /// The only shop that it is for.
  public var shop: ShopReference?
  public var createdAt: Timestamp
  public var expiresAt: Timestamp?
  /// Right to about a minute.
  public var lastUsedAt: Timestamp?

  public init(
    id: ID, name: String, beginning: String, scopes: [KeyScope], shop: ShopReference? = nil, createdAt: Timestamp,
    expiresAt: Timestamp? = nil, lastUsedAt: Timestamp? = nil
  ) {
    self.id = id
    self.name = name
    self.beginning = beginning
    self.scopes = scopes
    self.shop = shop
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.lastUsedAt = lastUsedAt
  }

  static let example = APIKey(
    id: .example, name: "label printer", beginning: "souk_key_m3Qf", scopes: [.catalogueRead, .eventsRead],
    shop: .example, createdAt: .example, lastUsedAt: .example)
}

/// What a new key should be.
public struct APIKeyDraft: Codable, Sendable, Equatable, Ruled {
  public var name: String
  public var scopes: [KeyScope]
  /// The address of the one shop that it is to be for; all of the account's without.
  public var shop: String?
  /// Without, it lasts until it is revoked.
  public var expiresInDays: Int?

  public init(name: String, scopes: [KeyScope], shop: String? = nil, expiresInDays: Int? = nil) {
    self.name = name
    self.scopes = scopes
    self.shop = shop
    self.expiresInDays = expiresInDays
  }

  public static let rules: [Rule<APIKeyDraft>] = [
    .text("name", \.name, 1...60), .choices("scopes", \.scopes, count: 1...KeyScope.allCases.count),
    .text("shop", \.shop, 3...40, .slug), .number("expiresInDays", \.expiresInDays, 1...APIKey.daysMax),
  ]
}

/// A new key with its secret, which is shown this one time.
public struct NewAPIKey: Codable, Sendable, Equatable {
  /// Sent as `Authorization: Bearer …`.
  public var secret: String
  public var key: APIKey

  public init(secret: String, key: APIKey) {
    self.secret = secret
    self.key = key
  }

  static let example = NewAPIKey(
    secret: "souk_key_m3Qf000000000000000000000000000000000000000b1748049", key: .example)
}

/// What a key finds out about itself.
public struct KeyStanding: Codable, Sendable, Equatable {
  public var key: APIKey
  public var account: Account.ID
  /// The shops of the account that the key is for.
  public var shops: [ShopReference]

  public init(key: APIKey, account: Account.ID, shops: [ShopReference]) {
    self.key = key
    self.account = account
    self.shops = shops
  }

  static let example = KeyStanding(key: .example, account: .example, shops: [.example])
}

public struct APIKeyChoice: Codable, Sendable, Equatable {
  public var key: APIKey.ID
  public init(key: APIKey.ID) { self.key = key }
}

/// The account has as many as it may have.
public struct KeysFull: Refusal {
  public var problem: ProblemCode { .keysFull }
  public init() {}
}
