// SPDX-License-Identifier: GPL-3.0-or-later

/// The API keys of the signed-in account.
public enum Keys {
  public static let list = Endpoint<Nothing, Page<APIKey>>(
    "keys.list", .get, "/me/keys", for: .signedIn, "Your API keys, the newest first",
    traits: Traits(caching: .personal), example: Example(Nothing(), gives: Page(items: [.example])))

  /// No Idempotency-Key: its answer would be kept, and it holds a secret. A key made twice is seen in the list.
  public static let create = Endpoint<APIKeyDraft, NewAPIKey>(
    "keys.create", .post, "/me/keys", for: .signedIn, "Make an API key; its secret is shown this one time",
    traits: Traits(status: 201, limit: .signIn, sensitivity: .sensitive), refusals: [.keysFull],
    example: Example(
      APIKeyDraft(
        name: "label printer", scopes: [.catalogueRead, .eventsRead], shop: "salt-and-silver", expiresInDays: 90),
      gives: .example))

  /// Wants no proof: whoever has lost a key is not to look for the telephone first.
  public static let revoke = Endpoint<APIKeyChoice, Nothing>(
    "keys.revoke", .post, "/me/keys/revoke", for: .signedIn,
    "Revoke one of your API keys; it stops working within a minute, everywhere",
    traits: Traits(status: 204, idempotency: .accepted, limit: .write), refusals: [.notFound],
    example: Example(APIKeyChoice(key: .example), gives: Nothing()))

  public static let current = Endpoint<Nothing, KeyStanding>(
    "keys.current", .get, "/key", for: .key, "The API key that this call is made with, and what it is for",
    traits: Traits(caching: .personal), example: Example(Nothing(), gives: .example))
}
