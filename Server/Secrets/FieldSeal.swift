// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import EventLoop
import Market
import Postgres
import Synchronization

/// Seals personal fields (AES-256-GCM). A sealed value names its key and opens only at its own place, so that nobody with
/// access to the tables can move one person's value to another's row.
///
/// Data keys are in the database, wrapped by the master key; all of them open. A new one seals some minutes after it was
/// made, when every server has heard of it: what one server seals, all can open.
final class FieldSeal: Sendable {
  /// How long a key is known before it seals.
  static let leadSeconds: Int64 = 300

  private struct Keys {
    var all: [(key: DataKey, sealsFrom: Timestamp)] = []
    /// Opens.
    var opening: DataKeys
    /// Seals: those whose time has come.
    var sealing: DataKeys
    /// When the next key's time comes.
    var changesAt: Timestamp?
  }

  private let master: MasterKey
  private let now: @Sendable () -> Timestamp
  private let keys: Mutex<Keys>

  private init(_ master: MasterKey, _ keys: Keys, _ now: @escaping @Sendable () -> Timestamp) {
    self.master = master
    self.now = now
    self.keys = Mutex(keys)
  }

  /// The data keys of a database; the first is made by whoever comes first.
  static func load(
    _ database: Database, _ master: MasterKey, now: @escaping @Sendable () -> Timestamp = SystemClock.timestamp
  ) async throws -> FieldSeal {
    try await database.transaction { transaction in
      try await transaction.lock(lockKey)
      let isEmpty = try await transaction.first("select 1 from data_keys") { row in try row.next(Int.self) } == nil
      if isEmpty { try await add(1, sealsFrom: now(), master, transaction) }
    }
    return FieldSeal(master, try await read(database, master, now()), now)
  }

  /// Adds a data key, and the job that seals anew what older keys have sealed, for when the new one seals.
  static func rotate(
    _ database: Database, _ master: MasterKey, now: @escaping @Sendable () -> Timestamp = SystemClock.timestamp
  ) async throws -> Int {
    let sealsFrom = now().adding(seconds: leadSeconds)
    return try await database.transaction { transaction in
      try await transaction.lock(lockKey)
      let last = try await transaction.first("select max(id) from data_keys") { row in try row.next(Int?.self) } ?? nil
      let next = (last ?? 0) + 1
      try await add(next, sealsFrom: sealsFrom, master, transaction)
      try await Jobs.add(SealAnew(key: next), afterSeconds: Int(leadSeconds) + 1, in: transaction)
      try await AuditLog.append(
        .dataKeysRotated, actor: "soukd keys rotate", subject: String(next), in: transaction)
      return next
    }
  }

  private static let lockKey: Int64 = 0x64617461

  private static func add(
    _ id: Int, sealsFrom: Timestamp, _ master: MasterKey, _ transaction: Transaction
  ) async throws {
    try await transaction.execute(
      """
      insert into data_keys (id, wrapped, seals_from)
      values (\(id), \(master.wrap(DataKey(id: DataKey.ID(id)))), \(moment: sealsFrom.microseconds))
      """)
    try await transaction.execute("select pg_notify('data_keys', '')")
  }

  private static func read(_ database: Database, _ master: MasterKey, _ now: Timestamp) async throws -> Keys {
    let rows = try await database.query("select id, wrapped, seals_from from data_keys order by id") { row in
      (id: try row.next(Int.self), wrapped: try row.next([UInt8].self), sealsFrom: try row.nextTimestamp())
    }
    let all = try rows.map { row in
      do { return (key: try master.unwrap(row.wrapped, id: DataKey.ID(row.id)), sealsFrom: row.sealsFrom) } catch {
        throw OtherMasterKey()
      }
    }
    let sealing = FieldSeal.sealing(all, at: now)
    return Keys(
      all: all, opening: DataKeys(all.map(\.key)), sealing: sealing.keys, changesAt: sealing.changesAt)
  }

  private static func sealing(
    _ all: [(key: DataKey, sealsFrom: Timestamp)], at now: Timestamp
  ) -> (keys: DataKeys, changesAt: Timestamp?) {
    let ready = all.filter { $0.sealsFrom <= now }.map(\.key)
    // A clock that runs behind the first key's maker has that one all the same.
    return (DataKeys(ready.isEmpty ? [all[0].key] : ready), all.map(\.sealsFrom).filter { $0 > now }.min())
  }

  /// Reads the keys anew.
  func reload(_ database: Database) async throws {
    let read = try await FieldSeal.read(database, master, now())
    keys.withLock { $0 = read }
  }

  /// Keeps the keys up to date until the task is cancelled. While the database is away they stay as they are.
  func run(_ database: Database, on loop: EventLoop) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for await _ in database.listen(["data_keys"]) { try? await self.reload(database) } }
      group.addTask {
        while !Task.isCancelled {
          do { try await loop.sleep(for: .seconds(60)) } catch { return }
          try? await self.reload(database)
        }
      }
    }
  }

  /// `place` is where the value belongs: a table, a column, the key of a row.
  func seal(_ text: String, at place: SealedPlace) -> [UInt8] { sealing.seal(text, at: place) }

  func seal(_ bytes: [UInt8], at place: SealedPlace) -> [UInt8] { sealing.seal(bytes, at: place) }

  func open(_ sealed: [UInt8], at place: SealedPlace) throws -> String {
    String(decoding: try openBytes(sealed, at: place), as: UTF8.self)
  }

  func openBytes(_ sealed: [UInt8], at place: SealedPlace) throws -> [UInt8] {
    let opening = keys.withLock { $0.opening }
    do { return try opening.open(sealed, at: place) } catch { throw BrokenSeal(refusal: error) }
  }

  /// The number of the key that seals now.
  var newest: Int { Int(sealing.newest) }

  private var sealing: DataKeys {
    let moment = now()
    return keys.withLock { keys in
      if let changesAt = keys.changesAt, changesAt <= moment {
        (keys.sealing, keys.changesAt) = FieldSeal.sealing(keys.all, at: moment)
      }
      return keys.sealing
    }
  }
}

/// A sealed field that does not open: it was altered, moved, or sealed by a key that is gone.
struct BrokenSeal: Error, CustomStringConvertible {
  var refusal: SealRefusal
  var description: String { "a sealed field does not open: \(refusal)" }
}

struct OtherMasterKey: Error, CustomStringConvertible {
  var description: String {
    """
    the database's keys were wrapped by another master key. Give this server the same one as the others: set \
    SOUK_MASTER_KEY, or put their master-key file into the data directory.
    """
  }
}
