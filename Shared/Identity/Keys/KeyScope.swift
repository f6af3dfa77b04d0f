// SPDX-License-Identifier: GPL-3.0-or-later

/// What an API key may be used for. A closed set: each endpoint names the one that opens it, or none.
public enum KeyScope: String, WireEnum {
  /// All that a shop has, drafts and archived products too.
  case catalogueRead = "catalogue:read"
  /// Adding, changing, archiving and restoring products and their pictures.
  case catalogueWrite = "catalogue:write"
  /// What a shop says of itself.
  case shopWrite = "shop:write"
  /// What happens in the shops.
  case eventsRead = "events:read"
}

/// What a call with an API key brings along in place of a session.
public struct KeyGrant: Sendable, Hashable {
  public var id: APIKey.ID
  public var scopes: Set<KeyScope>
  /// The only shop that it is for.
  public var shop: Shop.ID?

  public init(id: APIKey.ID, scopes: Set<KeyScope>, shop: Shop.ID? = nil) {
    self.id = id
    self.scopes = scopes
    self.shop = shop
  }
}
