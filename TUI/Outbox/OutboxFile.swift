// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import JSON
import Market
import SQLite
import Synchronization

/// The queue of changes in an SQLite file that several processes may use, and the drafts of forms.
final class OutboxFile: Sendable {
  private let database: Mutex<SQLiteDatabase>

  /// How long one process may send a change before another may take it over.
  static let claimSeconds: Int64 = 60

  init(path: String) throws {
    Places.makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    let opened = try SQLiteDatabase(path: path, busyTimeout: .seconds(1))
    try opened.execute("pragma synchronous = full")  // what a person did survives a power cut
    try opened.run(script: OutboxFile.schema)
    unsafe chmod(path, 0o600)
    database = Mutex(opened)
  }

  private static let schema = """
    create table if not exists changes (
      id integer primary key autoincrement, subject text not null, change text not null, seen text,
      version integer, idempotency_key text not null, made_at integer not null, state text not null default 'queued',
      detail text, claimed_at integer not null default 0);
    create table if not exists drafts (name text primary key, fields text not null, kept_at integer not null);
    """

  // MARK: The queue

  /// Writes a change down; returns it as it stands in the queue.
  func add(_ change: Change, seen: Product?, version: Int?, now: Int64) throws -> QueuedChange {
    let key = IdempotencyKey.make()
    let text = try OutboxFile.text(change)
    let seenText = try seen.map { try OutboxFile.text($0) }
    let id = try database.withLock { database in
      try database.transaction {
        try database.execute(
          "insert into changes (subject, change, seen, version, idempotency_key, made_at) values (?, ?, ?, ?, ?, ?)",
          .text(change.subject), .text(text), .optional(seenText), .optional(version), .text(key), .int(Int(now)))
        return try database.first("select last_insert_rowid()") { row throws(SQLiteError) in try row.int(0) } ?? 0
      }
    }
    return QueuedChange(id: id, change: change, seen: seen, version: version, idempotencyKey: key, madeAt: now)
  }

  /// Everything in the queue, oldest first.
  func all() throws -> [QueuedChange] {
    try database.withLock { database in
      try database.query(
        "select id, change, seen, version, idempotency_key, made_at, state, detail from changes order by id"
      ) { row throws(SQLiteError) in try OutboxFile.read(row) }.compactMap { $0 }
    }
  }

  /// Drops refused changes that a newer one makes needless: they would hold it up.
  func replaceRefused(by change: Change) throws {
    for queued in try all() {
      if case .refused = queued.state, change.replaces(queued.change) { try remove(queued.id) }
    }
  }

  func remove(_ id: Int) throws {
    try database.withLock { database in _ = try database.execute("delete from changes where id = ?", .int(id)) }
  }

  /// Removes a change that never left this computer. False when it may have reached the server, or is not there: then
  /// it can only be undone by another change.
  func takeBack(_ id: Int) throws -> Bool {
    try database.withLock { database in
      try database.execute("delete from changes where id = ? and claimed_at = 0", .int(id)) == 1
    }
  }

  func set(_ id: Int, _ state: QueuedChange.State) throws {
    let (name, detail): (String, String?) =
      switch state {
      case .queued: ("queued", nil)
      case .conflict: ("conflict", nil)
      case .refused(let why): ("refused", why)
      }
    try database.withLock { database in
      _ = try database.execute(
        "update changes set state = ?, detail = ?, claimed_at = 0 where id = ?", .text(name), .optional(detail),
        .int(id))
    }
  }

  /// Sends a change again on top of another version, under a new key: it is another request.
  func rebase(_ id: Int, onto seen: Product) throws {
    let text = try OutboxFile.text(seen)
    try database.withLock { database in
      _ = try database.execute(
        """
        update changes set version = ?, seen = ?, state = 'queued', detail = null, claimed_at = 0, idempotency_key = ?
        where id = ?
        """, .int(seen.version), .text(text), .text(IdempotencyKey.make()), .int(id))
    }
  }

  /// The same while it is being sent: the claim stays. Returns the change as it then stands.
  func merge(_ queued: QueuedChange, onto seen: Product, now: Int64) throws -> QueuedChange {
    var merged = queued
    (merged.seen, merged.version, merged.idempotencyKey) = (seen, seen.version, IdempotencyKey.make())
    let (text, version, key) = (try OutboxFile.text(seen), seen.version, merged.idempotencyKey)
    try database.withLock { database in
      _ = try database.execute(
        "update changes set version = ?, seen = ?, idempotency_key = ?, claimed_at = ? where id = ?",
        .int(version), .text(text), .text(key), .int(Int(now)), .int(queued.id))
    }
    return merged
  }

  /// Our own change made a new version: later changes of the same thing that were made on the old one follow it.
  func advance(subject: String, from old: Int, to new: Int) throws {
    try database.withLock { database in
      _ = try database.execute(
        "update changes set version = ? where subject = ? and version = ?", .int(new), .text(subject), .int(old))
    }
  }

  /// Takes a change for sending. False when another process is at it.
  func claim(_ id: Int, now: Int64) throws -> Bool {
    try database.withLock { database in
      try database.execute(
        "update changes set claimed_at = ? where id = ? and claimed_at < ?", .int(Int(now)), .int(id),
        .int(Int(now - OutboxFile.claimSeconds))) == 1
    }
  }

  /// Lets a change be taken again at once. It stays marked as one that was tried: what became of it is not known.
  func release(_ id: Int) throws {
    try database.withLock { database in
      _ = try database.execute("update changes set claimed_at = 1 where id = ?", .int(id))
    }
  }

  // MARK: Drafts

  func keepDraft(_ name: String, _ fields: [String: String], now: Int64) throws {
    let text = String(decoding: try JSONEncoder().encode(fields), as: UTF8.self)
    try database.withLock { database in
      _ = try database.execute(
        "insert or replace into drafts (name, fields, kept_at) values (?, ?, ?)", .text(name), .text(text),
        .int(Int(now)))
    }
  }

  func draft(_ name: String) -> [String: String]? {
    let text = try? database.withLock { database in
      try database.first("select fields from drafts where name = ?", .text(name)) { row throws(SQLiteError) in
        try row.bytes(0)
      }
    }
    return text.flatMap { $0 }.flatMap { try? JSONDecoder().decode([String: String].self, from: $0) }
  }

  func dropDraft(_ name: String) throws {
    try database.withLock { database in _ = try database.execute("delete from drafts where name = ?", .text(name)) }
  }

  // MARK: How

  private static func text(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
  }

  /// A row; nil when a later version of this program wrote something that this one does not know.
  private static func read(_ row: borrowing SQLiteRow) throws(SQLiteError) -> QueuedChange? {
    var decoder = JSONDecoder()
    decoder.unknownKeys = .ignore
    guard let change = try? decoder.decode(Change.self, from: try row.bytes(1)) else { return nil }
    let seen = row.isNull(2) ? nil : try? decoder.decode(Product.self, from: try row.bytes(2))
    let state: QueuedChange.State =
      switch try row.string(6) {
      case "conflict": .conflict
      case "refused": .refused(try row.optionalString(7) ?? "")
      default: .queued
      }
    return QueuedChange(
      id: try row.int(0), change: change, seen: seen, version: try row.optionalInt(3),
      idempotencyKey: try row.string(4), madeAt: Int64(try row.int(5)), state: state)
  }
}
