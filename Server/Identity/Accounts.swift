// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Postgres

/// Reads and makes accounts.
struct Accounts: Sendable {
  let digests: KeyedDigests
  let seal: FieldSeal
  /// Guests of a proven address join its account.
  let guests: GuestBook

  init(digests: KeyedDigests, seal: FieldSeal, belongings: [GuestBelonging] = GuestBelonging.all) {
    self.digests = digests
    self.seal = seal
    guests = GuestBook(digests: digests, seal: seal, belongings: belongings)
  }

  func find(_ id: Account.ID, in runner: some SQLRunner) async throws -> Account {
    let rows = try await runner.query(
      """
      select a.id, a.name, a.roles, s.slug, s.name,
        array(select g.scope from admin_scopes g where g.account = a.id order by g.scope)
      from accounts a
        left join shop_members m on m.account = a.id
        left join shops s on s.id = m.shop
      where a.id = \(id.text)
      order by s.name, s.id
      """
    ) { row in
      (
        id: try row.nextID() as Account.ID, name: try row.next(String.self), roles: try row.next([String].self),
        slug: try row.next(String?.self), shopName: try row.next(String?.self), scopes: try row.next([String].self)
      )
    }
    guard let first = rows.first else { throw AccessRefusal.unauthenticated }
    let scopes = first.scopes.compactMap(AdminScope.init(rawValue:))
    let shops = rows.compactMap { row in
      row.slug.flatMap { slug in row.shopName.map { ShopReference(slug: slug, name: $0) } }
    }
    // Selling and administrating are facts of other tables, not of the row.
    var roles = first.roles.compactMap(Role.init(rawValue:)).filter { $0 != .seller && $0 != .admin }
    if !shops.isEmpty { roles.append(.seller) }
    if !scopes.isEmpty { roles.append(.admin) }
    return Account(id: first.id, name: first.name, roles: roles, adminScopes: scopes, shops: shops)
  }

  /// What an access token says of the account.
  func principal(
    _ account: Account.ID, _ session: OpenSession.ID, provenAt: Timestamp?, _ runner: some SQLRunner
  ) async throws -> Principal {
    let facts = try await runner.first(
      """
      select exists(select 1 from shop_members m where m.account = a.id),
        array(select g.scope from admin_scopes g where g.account = a.id),
        exists(select 1 from two_factor t where t.account = a.id and t.confirmed_at is not null)
      from accounts a
      where a.id = \(account.text)
      """
    ) { row in
      (isSeller: try row.next(Bool.self), scopes: try row.next([String].self), hasTwoFactor: try row.next(Bool.self))
    }
    guard let facts else { throw AccessRefusal.unauthenticated }
    return Principal(
      account: account, session: session, isSeller: facts.isSeller,
      adminScopes: Set(facts.scopes.compactMap(AdminScope.init(rawValue:))), hasTwoFactor: facts.hasTwoFactor,
      provenAt: provenAt)
  }

  func known(by contact: Contact, in runner: some SQLRunner) async throws -> Account.ID? {
    // Owner: whoever is known by the contact, which is the question.
    try await runner.first(
      """
      select account
      from contacts
      where kind = \(contact.kind.rawValue) and blind = \(digests.blindIndex(of: contact))
      """
    ) { row in try row.nextID() }
  }

  /// The account that a proven contact stands for; made when there is none. Two proofs of one new contact at the same
  /// time find the same account: the second waits for the first.
  func knownOrMade(by contact: Contact, named name: String? = nil, in transaction: Transaction) async throws
    -> Account.ID
  {
    var known = try await known(by: contact, in: transaction)
    if known == nil {
      try await lock(contact, in: transaction)
      known = try await self.known(by: contact, in: transaction)
    }
    if let known {
      try await guests.join(contact, known, in: transaction)
      return known
    }
    let account = Account.ID.random()
    try await transaction.execute(
      """
      insert into accounts (id, name, roles)
      values (\(account.text), \(name ?? Accounts.firstName(for: contact)), \([Role.buyer.rawValue]))
      """)
    try await put(contact, of: account, in: transaction)
    try await AuditLog.append(.accountMade, by: account, subject: account.text, in: transaction)
    return account
  }

  /// Waits for others that prove the same contact, until the transaction ends.
  func lock(_ contact: Contact, in transaction: Transaction) async throws {
    let blind = digests.blindIndex(of: contact)
    try await transaction.execute("select pg_advisory_xact_lock(hashtextextended(encode(\(blind), 'hex'), 11))")
  }

  /// Writes a proven contact of an account, in place of the one of the same kind. The guests of the address join.
  func put(_ contact: Contact, of account: Account.ID, in transaction: Transaction) async throws {
    let sealed = seal.seal(contact.text, at: Accounts.place(account, contact.kind))
    do {
      try await transaction.execute(
        """
        insert into contacts (account, kind, sealed, blind)
        values (\(account.text), \(contact.kind.rawValue), \(sealed), \(digests.blindIndex(of: contact)))
        on conflict (account, kind) do update
        set sealed = excluded.sealed, blind = excluded.blind, proven_at = now()
        """)
    } catch let error as PostgresError where error.constraint == "contacts_one_account" {
      throw ContactTaken()
    }
    try await guests.join(contact, account, in: transaction)
  }

  func contacts(of account: Account.ID, in runner: some SQLRunner) async throws -> [Contact] {
    let rows = try await runner.query(
      "select kind, sealed from contacts where account = \(account.text) order by kind"
    ) { row in (kind: try row.nextWord(ContactKind.self), sealed: try row.next([UInt8].self)) }
    return try rows.compactMap { Contact(try seal.open($0.sealed, at: Accounts.place(account, $0.kind))) }
  }

  /// Where a contact is sealed: it opens nowhere else.
  static func place(_ account: Account.ID, _ kind: ContactKind) -> SealedPlace {
    SealedPlace("contacts", "sealed", account.text, kind.rawValue)
  }

  /// What somebody is called who has not said a name yet.
  private static func firstName(for contact: Contact) -> String {
    switch contact {
    case .email(let address): String(address.prefix { $0 != "@" }.prefix(60))
    case .phone: contact.masked
    }
  }
}

struct ContactTaken: Refusal { var problem: ProblemCode { .contactTaken } }
