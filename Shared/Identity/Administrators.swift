// SPDX-License-Identifier: GPL-3.0-or-later

/// What an account may administer.
public struct AccountScopes: Codable, Sendable, Equatable {
  public var account: Account.ID
  public var name: String
  public var scopes: [AdminScope]
  /// Without it scopes are of little use: whatever is sensitive asks for it.
  public var hasTwoFactor: Bool
  public var version: Int

  public init(account: Account.ID, name: String, scopes: [AdminScope], hasTwoFactor: Bool, version: Int) {
    self.account = account
    self.name = name
    self.scopes = scopes
    self.hasTwoFactor = hasTwoFactor
    self.version = version
  }

  static let example = AccountScopes(
    account: .example, name: "Inês Duarte", scopes: [.moderation, .support], hasTwoFactor: true, version: 2)
}

public struct AccountChoice: Codable, Sendable, Equatable {
  public var account: Account.ID
  public init(account: Account.ID) { self.account = account }
}

/// All that an account may administer from now on: what is not named is taken away.
public struct ScopeGrant: Codable, Sendable, Equatable, Ruled {
  public var account: Account.ID
  public var scopes: [AdminScope]

  public init(account: Account.ID, scopes: [AdminScope]) {
    self.account = account
    self.scopes = scopes
  }

  public static let rules: [Rule<ScopeGrant>] = [
    .choices("scopes", \.scopes, count: 0...AdminScope.allCases.count)
  ]
}

/// By what somebody is looked for: the whole of it, since the market keeps no other index of contacts.
public struct ContactChoice: Codable, Sendable, Equatable {
  public var contact: Contact
  public init(contact: Contact) { self.contact = contact }
}

/// Nobody else could make administrators then.
public struct LastAdministrator: Refusal {
  public var problem: ProblemCode { .lastAdministrator }
  public init() {}
}

/// Running the market.
public enum Admin {
  public static let audit = Endpoint<AuditQuery, Page<AuditEntry>>(
    "admin.audit", .get, "/admin/audit", for: .admin(.config), "The audit log, the newest line first",
    traits: Traits(caching: .personal), refusals: [.invalidCursor],
    example: Example(
      AuditQuery(action: .scopesGranted, since: .example, limit: 2), gives: Page(items: [.example])))

  /// A POST, because addresses are logged on the way and a contact is not to be.
  public static let findAccount = Endpoint<ContactChoice, AccountScopes>(
    "admin.find_account", .post, "/admin/accounts/find", for: .admin(.config),
    "Find an account by its whole e-mail address or phone number; it is audited",
    traits: Traits(limit: .signIn), refusals: [.notFound],
    example: Example(ContactChoice(contact: .example), gives: .example))

  public static let scopes = Endpoint<AccountChoice, AccountScopes>(
    "admin.scopes", .get, "/admin/accounts/{account}/scopes", for: .admin(.config), "What an account may administer",
    traits: Traits(caching: .personal), refusals: [.notFound],
    example: Example(AccountChoice(account: .example), gives: .example))

  public static let grant = Endpoint<ScopeGrant, AccountScopes>(
    "admin.grant", .put, "/admin/accounts/{account}/scopes", for: .admin(.config),
    "Say what an account may administer; its next access token has it",
    traits: Traits(requiresMatch: true, limit: .write, sensitivity: .sensitive),
    refusals: [.notFound, .lastAdministrator],
    example: Example(ScopeGrant(account: .example, scopes: [.moderation, .support]), gives: .example))
}
