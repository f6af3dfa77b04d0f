// SPDX-License-Identifier: GPL-3.0-or-later

/// What a call was made with.
public enum Credential: Sendable, Hashable {
  /// The access token of a session.
  case session(OpenSession.ID)
  // Indirect, because callers are copied with each request and hardly any has a key.
  indirect case key(KeyGrant)
}

/// The caller of a request, as the access token or the API key says.
public struct Principal: Sendable, Hashable {
  public var account: Account.ID
  public var credential: Credential
  /// Works in a shop.
  public var isSeller: Bool
  public var adminScopes: Set<AdminScope>
  /// Two-factor is on for the account.
  public var hasTwoFactor: Bool
  /// When this session last proved a second factor.
  public var provenAt: Timestamp?

  public init(
    account: Account.ID, session: OpenSession.ID, isSeller: Bool = false, adminScopes: Set<AdminScope> = [],
    hasTwoFactor: Bool = false, provenAt: Timestamp? = nil
  ) {
    self.account = account
    credential = .session(session)
    self.isSeller = isSeller
    self.adminScopes = adminScopes
    self.hasTwoFactor = hasTwoFactor
    self.provenAt = provenAt
  }

  /// A program with a key. It sells as far as its account does, which the queries find out; it administers nothing.
  public init(account: Account.ID, key: KeyGrant) {
    self.account = account
    credential = .key(key)
    isSeller = false
    adminScopes = []
    hasTwoFactor = false
  }

  /// Nil for a key.
  public var session: OpenSession.ID? { if case .session(let id) = credential { id } else { nil } }
  public var key: KeyGrant? { if case .key(let grant) = credential { grant } else { nil } }

  /// By what the caller is told apart from others where that matters: a key has limits and a memory of its own.
  public var name: String { key?.id.text ?? account.text }

  public var owesSecondFactor: Bool { hasTwoFactor && provenAt == nil }
  public var mustHaveTwoFactor: Bool { isSeller || !adminScopes.isEmpty }

  public func hasFreshProof(at now: Timestamp) -> Bool {
    guard let provenAt else { return false }
    return now.seconds(since: provenAt) <= Sensitivity.proofSeconds
  }
}
