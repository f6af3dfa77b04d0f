// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Observability

// The map of signing in with a provider of identities (OpenID Connect Core 1.0, authorisation code flow):
//   Provider           who it is, and what this market is called there; ProviderSettings reads it
//   ProviderAddress    an address that may be spoken to
//   ProviderDocuments  its discovery document and its keys, fetched and kept for a while
//   ProviderAttempts   sign-ins that are under way: state, nonce and verifier, kept here and used once
//   ProviderLink       the two legs: the address to leave for, and the code that comes back made into an IDToken
//   IDToken            what the provider says of the person, and whether it may be believed
//   ProviderAccounts   whose account that is

/// A provider that people can sign in with.
struct Provider: Sendable, Equatable {
  /// Part of addresses, also of the one that the provider was told to send people back to: it never changes.
  var id: String
  /// For people.
  var name: String
  var issuer: ProviderAddress
  var clientID: String
  var clientSecret: Secret<String>

  func returnAddress(_ origin: String) -> String { origin + PagePath.callback(id).text }
}

/// The settings of providers. Each provider's are given all or not at all.
struct ProviderSettings: Sendable, Equatable {
  var googleClientID: String?
  var googleClientSecret: Secret<String>?
  var issuer: ProviderAddress?
  var name: String?
  var clientID: String?
  var clientSecret: Secret<String>?

  var list: [Provider] {
    var list: [Provider] = []
    if let googleClientID, let googleClientSecret, let issuer = ProviderAddress("https://accounts.google.com") {
      list.append(
        Provider(
          id: "google", name: "Google", issuer: issuer, clientID: googleClientID, clientSecret: googleClientSecret))
    }
    if let issuer, let name, let clientID, let clientSecret {
      list.append(Provider(id: "oidc", name: name, issuer: issuer, clientID: clientID, clientSecret: clientSecret))
    }
    return list
  }

  /// Groups of settings of which some are given and some not.
  var incomplete: [String] {
    var groups: [String] = []
    if (googleClientID == nil) != (googleClientSecret == nil) {
      groups.append("oidc-google-client-id, oidc-google-client-secret")
    }
    let given = [issuer != nil, name != nil, clientID != nil, clientSecret != nil]
    if given.contains(true) && given.contains(false) {
      groups.append("oidc-issuer, oidc-name, oidc-client-id, oidc-client-secret")
    }
    return groups
  }
}
