// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import EventLoop
import Market
import Postgres
import Synchronization

/// The API keys that are in use, so that a call with one asks the database nothing most of the time.
///
/// What the database said of a key is believed for 55 seconds; from 30 on one call asks again while the others go on.
/// A key that is revoked is forgotten at once when the database tells of it, and after those 55 seconds even where
/// the notice was lost.
final class KeyRing: Sendable {
  static let renewalSeconds: Int64 = 30
  static let beliefSeconds: Int64 = 55
  static let countMax = 8192

  private struct Entry {
    var principal: Principal
    var renewAt: Timestamp
    var believedUntil: Timestamp
    var expiresAt: Timestamp?
  }

  private struct State {
    var entries: [String: Entry] = [:]
    /// How often keys were told to be revoked.
    var notices = 0
  }

  private let database: Database
  private let now: @Sendable () -> Timestamp
  private let state = Mutex(State())
  /// For those who answer a key for longer than a moment.
  let bells = EndBells<APIKey.ID>()

  init(database: Database, now: @escaping @Sendable () -> Timestamp) {
    self.database = database
    self.now = now
  }

  static func isKey(_ token: String) -> Bool { token.utf8.starts(with: APIKey.textPrefix.utf8) }

  /// What is known of a key without asking.
  func read(_ text: String) -> TokenReading {
    let moment = now()
    return state.withLock { state in
      guard let entry = state.entries[text], moment < entry.believedUntil else { return .unknownKey(text) }
      if let end = entry.expiresAt, moment >= end { return .invalid }
      guard moment >= entry.renewAt else { return KeyRing.valid(entry.principal, entry.expiresAt, moment) }
      // One call asks again; the others believe until it has.
      state.entries[text]?.renewAt = entry.believedUntil
      return .unknownKey(text)
    }
  }

  /// Asks the database for a key, and notes there that it is used.
  func learn(_ text: String) async throws -> TokenReading {
    guard let digest = CheckedToken.digest(of: text, prefix: APIKey.textPrefix) else { return .invalid }
    let moment = now()
    let notices = state.withLock { $0.notices }
    // Owner: whoever holds the key.
    let found = try await database.first(
      """
      with used as (
        update api_keys
        set last_used_at = now()
        where hash = \(digest) and revoked_at is null and (expires_at is null or expires_at > now())
          and (last_used_at is null or last_used_at < now() - interval '1 minute')
      )
      select id, account, scopes, shop, expires_at
      from api_keys
      where hash = \(digest) and revoked_at is null and (expires_at is null or expires_at > now())
      """
    ) { row in
      (
        id: try row.nextID() as APIKey.ID, account: try row.nextID() as Account.ID,
        scopes: try row.next([String].self), shop: try row.next(String?.self), expiresAt: try row.nextTimestampIfAny()
      )
    }
    guard let found else {
      state.withLock { $0.entries[text] = nil }
      return .invalid
    }
    let grant = KeyGrant(
      id: found.id, scopes: Set(found.scopes.compactMap(KeyScope.init(rawValue:))),
      shop: found.shop.flatMap(Shop.ID.init))
    let principal = Principal(account: found.account, key: grant)
    keep(
      Entry(
        principal: principal, renewAt: moment.adding(seconds: KeyRing.renewalSeconds),
        believedUntil: moment.adding(seconds: KeyRing.beliefSeconds), expiresAt: found.expiresAt),
      of: text, since: notices)
    return KeyRing.valid(principal, found.expiresAt, moment)
  }

  /// An answer that goes on and on is asked for anew as often with a key as with a token.
  private static func valid(_ principal: Principal, _ expiresAt: Timestamp?, _ moment: Timestamp) -> TokenReading {
    let end = moment.adding(seconds: AccessTokens.lifetimeSeconds)
    return .valid(principal, until: min(end, expiresAt ?? end).microseconds / 1_000_000)
  }

  /// Asks whether a key is one still.
  func holds(_ id: APIKey.ID) async throws -> Bool {
    // Owner: whoever calls with the key.
    let answer = try await database.reads.first(
      """
      select exists(
        select 1 from api_keys
        where id = \(id.text) and revoked_at is null and (expires_at is null or expires_at > now()))
      """
    ) { row in try row.next(Bool.self) }
    return answer ?? false
  }

  private func keep(_ entry: Entry, of text: String, since notices: Int) {
    let moment = now()
    state.withLock { state in
      // What was read before a key was revoked may be of that key.
      guard state.notices == notices else { return }
      if state.entries.count >= KeyRing.countMax {
        state.entries = state.entries.filter { moment < $0.value.believedUntil }
        if state.entries.count >= KeyRing.countMax { state.entries = [:] }
      }
      state.entries[text] = entry
    }
  }

  var count: Int { state.withLock { $0.entries.count } }

  func forget(_ id: APIKey.ID) {
    state.withLock { state in
      state.notices += 1
      state.entries = state.entries.filter { $0.value.principal.key?.id != id }
    }
    bells.ring(for: id)
  }

  private func forgetAll() {
    state.withLock { state in
      state.notices += 1
      state.entries = [:]
    }
    // Any of them may have been revoked: whoever goes on shows their key again.
    bells.ring { _ in true }
  }

  /// Hears of revoked keys until the task is cancelled.
  func run() async {
    for await notice in database.listen(["revoked_keys"]) {
      if case .received(_, let text) = notice, let id = APIKey.ID(text) { forget(id) } else { forgetAll() }
    }
  }
}
