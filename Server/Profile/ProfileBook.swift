// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres

/// Reads and changes profiles. Whoever has said nothing has no row: the profile is then the account's name and what
/// holds for everybody.
struct ProfileBook: Sendable {
  let database: Database

  func show(_ call: Call) async throws -> Reply<Profile> {
    let profile = try await database.reads.first(Self.find(call.account), Self.read)
    guard let profile else { throw AccessRefusal.unauthenticated }
    return reply(profile)
  }

  func edit(_ patch: ProfilePatch, _ call: Call, _ transaction: Transaction) async throws -> Reply<Profile> {
    try await AccountLock.take(call.account, in: transaction)
    let before = try await transaction.first(Self.find(call.account), Self.read)
    guard let before else { throw AccessRefusal.unauthenticated }
    guard call.match.allows(before.version) else { throw VersionMismatch() }
    try await write(patch.applied(to: before), of: call.account, isRenamed: patch.name.changes, transaction)
    guard let after = try await transaction.first(Self.find(call.account), Self.read) else { throw NotFound() }
    return reply(after)
  }

  /// The language that somebody has chosen to be written to in.
  func language(of account: Account.ID, in runner: some SQLRunner) async throws -> Language? {
    try await runner.first("select language from profiles where account = \(account.text)") { row in
      try row.next(String?.self).flatMap(Language.init(rawValue:))
    } ?? nil
  }

  private func reply(_ profile: Profile) -> Reply<Profile> {
    .value(profile, tag: EntityTag(version: profile.version))
  }

  // MARK: SQL

  private static func find(_ account: Account.ID) -> SQL {
    """
    select a.name, p.language, p.currency, p.notifications, coalesce(p.version, 1),
      coalesce(p.updated_at, a.created_at)
    from accounts a
      left join profiles p on p.account = a.id
    where a.id = \(account.text)
    """
  }

  @Sendable private static func read(_ row: inout RowReader) throws -> Profile {
    Profile(
      name: try row.next(String.self), language: try row.next(String?.self).flatMap(Language.init(rawValue:)),
      currency: try row.next(String?.self).flatMap(Currency.init),
      notifications: try preferences(row.next(String?.self)),
      version: try row.next(Int.self), updatedAt: try row.nextTimestamp())
  }

  /// A kind that came later than the row has what holds for everybody.
  private static func preferences(_ text: String?) throws -> NotificationPreferences {
    guard let text else { return .standard }
    var decoder = JSONDecoder()
    decoder.unknownKeys = .ignore
    return try decoder.decode(NotificationsPatch.self, from: Array(text.utf8)).applied(to: .standard)
  }

  private func write(
    _ profile: Profile, of account: Account.ID, isRenamed: Bool, _ transaction: Transaction
  ) async throws {
    if isRenamed {
      try await transaction.execute("update accounts set name = \(profile.name) where id = \(account.text)")
    }
    let notifications = String(decoding: try JSONEncoder().encode(profile.notifications), as: UTF8.self)
    try await transaction.execute(
      """
      insert into profiles (account, language, currency, notifications, version)
      values (\(account.text), \(profile.language?.rawValue), \(profile.currency?.code), \(notifications),
        \(profile.version + 1))
      on conflict (account) do update
      set language = excluded.language, currency = excluded.currency, notifications = excluded.notifications,
        version = excluded.version, updated_at = now()
      """)
  }
}
