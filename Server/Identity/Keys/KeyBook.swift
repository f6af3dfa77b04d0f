// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import JSON
import Market
import Postgres

/// Makes, lists and revokes the API keys of an account.
struct KeyBook: Sendable {
  let database: Database

  /// How much of a key's text is kept in the clear: four of 43 characters, which leave 232 bits to guess.
  private static let beginningLength = APIKey.textPrefix.count + 4

  func list(of account: Account.ID) async throws -> [APIKey] {
    try await database.reads.query(
      """
      select \(KeyBook.columns)
      from api_keys k left join shops s on s.id = k.shop
      where k.account = \(account.text) and k.revoked_at is null
      order by k.created_at desc, k.id
      """, KeyBook.read)
  }

  func create(_ draft: APIKeyDraft, _ account: Account.ID, _ transaction: Transaction) async throws -> NewAPIKey {
    try await AccountLock.take(account, in: transaction)
    let count =
      try await transaction.first(
        "select count(*) from api_keys where account = \(account.text) and revoked_at is null"
      ) { row in try row.next(Int.self) } ?? 0
    if count >= APIKey.countMax { throw KeysFull() }
    let shop = try await shop(draft.shop, of: account, transaction)
    let token = CheckedToken(prefix: APIKey.textPrefix)
    let id = APIKey.ID.random()
    let scopes = KeyScope.allCases.filter(draft.scopes.contains)
    try await transaction.execute(
      """
      insert into api_keys (id, account, name, beginning, hash, scopes, shop, expires_at)
      values (\(id.text), \(account.text), \(draft.name), \(String(token.text.prefix(KeyBook.beginningLength))),
        \(token.digest), \(scopes.map(\.rawValue)), \(shop?.text), now() + \(draft.expiresInDays) * interval '1 day')
      """)
    guard let key = try await find(id, of: account, in: transaction) else {
      throw UnreadableColumn(description: "a key was not written")
    }
    var detail: [(String, JSONValue)] = [("scopes", .array(scopes.map { .string($0.rawValue) }))]
    if let shop { detail.append(("shop", .string(shop.text))) }
    try await AuditLog.append(.keyMade, by: account, subject: id.text, .object(detail), in: transaction)
    return NewAPIKey(secret: token.text, key: key)
  }

  private func shop(_ slug: String?, of account: Account.ID, _ transaction: Transaction) async throws -> Shop.ID? {
    guard let slug else { return nil }
    let member = ShopMember(account: account)
    let shop = try await transaction.first(
      """
      select s.id
      from shops s join shop_members m on m.shop = s.id
      where s.slug = \(slug) and m.account = \(member.account.text) \(member.limit)
      """
    ) { row in try row.nextID() as Shop.ID }
    guard let shop else {
      throw InvalidInput([FieldError("/shop", "unknown", "You have no shop with this address.")])
    }
    return shop
  }

  /// False when the account has no such key.
  func revoke(_ id: APIKey.ID, of account: Account.ID, _ transaction: Transaction) async throws -> Bool {
    let count = try await transaction.execute(
      """
      update api_keys
      set revoked_at = now()
      where id = \(id.text) and account = \(account.text) and revoked_at is null
      """)
    if count > 0 { try await AuditLog.append(.keyRevoked, by: account, subject: id.text, in: transaction) }
    return count > 0
  }

  /// What a key is for, as things stand now.
  func standing(_ grant: KeyGrant, of account: Account.ID) async throws -> KeyStanding {
    guard let key = try await find(grant.id, of: account, in: database.reads) else {
      throw AccessRefusal.unauthenticated
    }
    let member = ShopMember(account: account, onlyShop: grant.shop)
    let shops = try await database.reads.query(
      """
      select s.slug, s.name
      from shop_members m join shops s on s.id = m.shop
      where m.account = \(member.account.text) \(member.limit)
      order by s.name, s.id
      """
    ) { row in ShopReference(slug: try row.next(String.self), name: try row.next(String.self)) }
    return KeyStanding(key: key, account: account, shops: shops)
  }

  private func find(_ id: APIKey.ID, of account: Account.ID, in runner: some SQLRunner) async throws -> APIKey? {
    try await runner.first(
      """
      select \(KeyBook.columns)
      from api_keys k left join shops s on s.id = k.shop
      where k.account = \(account.text) and k.id = \(id.text) and k.revoked_at is null
      """, KeyBook.read)
  }

  private static let columns: SQL = """
    k.id, k.name, k.beginning, k.scopes, s.slug, s.name, k.created_at, k.expires_at, k.last_used_at
    """

  @Sendable private static func read(_ row: inout RowReader) throws -> APIKey {
    let (id, name, beginning): (APIKey.ID, String, String) = (
      try row.nextID(), try row.next(String.self), try row.next(String.self)
    )
    let scopes = try row.next([String].self).compactMap(KeyScope.init(rawValue:))
    let (slug, shopName) = (try row.next(String?.self), try row.next(String?.self))
    return APIKey(
      id: id, name: name, beginning: beginning, scopes: scopes,
      shop: slug.flatMap { slug in shopName.map { ShopReference(slug: slug, name: $0) } },
      createdAt: try row.nextTimestamp(), expiresAt: try row.nextTimestampIfAny(),
      lastUsedAt: try row.nextTimestampIfAny())
  }
}
