// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import HTTPClient
import JSON
import SQLite
import Synchronization

/// Answers in an SQLite file, the least recently used leaving first. Several processes may use one file; a damaged one
/// is made anew; a cache that fails is a cache that has nothing.
final class CacheFile: CacheStorage {
  private struct State {
    var database: SQLiteDatabase?
  }

  let path: String
  let bytesMax: Int
  private let state: Mutex<State>
  private let now: @Sendable () -> Int64

  /// A use is noted only when the last note is older: reading stays reading.
  private static let useNoteSeconds: Int64 = 60

  init(
    path: String, bytesMax: Int = 64 << 20, now: @escaping @Sendable () -> Int64 = { HTTPDate.now }
  ) {
    self.path = path
    self.bytesMax = bytesMax
    self.now = now
    state = Mutex(State(database: CacheFile.open(path)))
  }

  // MARK: CacheStorage

  func responses(for key: String) -> [StoredResponse] {
    use { database in
      let found = try database.query(
        "select variant, status, headers, body, requested_at, answered_at, used_at from answers where key = ?",
        .text(key)
      ) { row throws(SQLiteError) in (try Self.read(row, key: key), Int64(try row.int(6))) }
      let moment = now()
      if found.contains(where: { moment - $0.1 > Self.useNoteSeconds }) {
        try database.execute("update answers set used_at = ? where key = ?", .int(Int(moment)), .text(key))
      }
      return found.compactMap(\.0)
    } ?? []
  }

  func store(_ response: StoredResponse) {
    guard response.sizeBytes <= bytesMax / 4, let headers = try? JSONEncoder().encode(response.headers) else { return }
    use { database in
      try database.transaction {
        try database.execute(
          """
          insert or replace into answers (key, variant, status, headers, body, requested_at, answered_at, used_at, size)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """, .text(response.key), .text(response.variant), .int(response.status), .bytes(headers),
          .bytes(response.body), .int(Int(response.requestTime)), .int(Int(response.responseTime)), .int(Int(now())),
          .int(response.sizeBytes))
        try evict(database)
      }
    }
  }

  func remove(_ key: String) {
    use { database in _ = try database.execute("delete from answers where key = ?", .text(key)) }
  }

  // MARK: More than a cache asks for

  /// The newest answer under a key, whatever it varied by.
  func last(for key: String) -> StoredResponse? {
    let found = use { database in
      try database.first(
        """
        select variant, status, headers, body, requested_at, answered_at from answers
        where key = ? order by answered_at desc limit 1
        """, .text(key)
      ) { row throws(SQLiteError) in try Self.read(row, key: key) }
    }
    return found.flatMap { $0 }.flatMap { $0 }
  }

  /// How much is in it.
  var figures: (count: Int, bytes: Int, oldest: Int64?) {
    let found = use { database in
      try database.first("select count(*), coalesce(sum(size), 0), min(answered_at) from answers") {
        row throws(SQLiteError) in
        (try row.int(0), try row.int(1), try row.optionalInt(2).map(Int64.init))
      }
    }
    return found.flatMap { $0 } ?? (0, 0, nil)
  }

  /// Forgets everything, as signing out asks for.
  func empty() {
    use { database in
      try database.execute("delete from answers")
      try database.execute("vacuum")
    }
  }

  // MARK: How

  private static let schema = """
    create table if not exists answers (
      key text not null, variant text not null, status integer not null, headers blob not null, body blob not null,
      requested_at integer not null, answered_at integer not null, used_at integer not null, size integer not null,
      primary key (key, variant)) without rowid;
    create index if not exists answers_by_use on answers (used_at, size);
    pragma user_version = 1;
    """

  private static func open(_ path: String) -> SQLiteDatabase? {
    Places.makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    for _ in 0..<2 {
      do {
        let database = try SQLiteDatabase(path: path, busyTimeout: .milliseconds(250))
        let version = try database.first("pragma user_version") { row throws(SQLiteError) in try row.int(0) } ?? 0
        if version == 1 { return database }
        if version == 0 {
          try database.run(script: schema)
          unsafe chmod(path, 0o600)
          return database
        }
        delete(path)
      } catch SQLiteError.corrupt {
        delete(path)
      } catch { return nil }
    }
    return nil
  }

  private static func delete(_ path: String) {
    for suffix in ["", "-wal", "-shm"] { unsafe unlink(path + suffix) }
  }

  @discardableResult
  private func use<Result: Sendable>(_ body: (SQLiteDatabase) throws -> Result) -> Result? {
    state.withLock { state in
      guard let database = state.database else { return nil }
      do { return try body(database) } catch SQLiteError.corrupt {
        state.database = nil
        Self.delete(path)
        state.database = Self.open(path)
        return nil
      } catch { return nil }
    }
  }

  /// Frees an eighth more than it must, so that it happens once in many stores.
  private func evict(_ database: SQLiteDatabase) throws(SQLiteError) {
    let total = try database.first("select coalesce(sum(size), 0) from answers") { row throws(SQLiteError) in
      try row.int(0)
    }
    guard var excess = total, excess > bytesMax else { return }
    excess -= bytesMax - bytesMax / 8
    let oldest = try database.query("select key, variant, size from answers order by used_at, answered_at limit 4096") {
      row throws(SQLiteError) in (try row.string(0), try row.string(1), try row.int(2))
    }
    for (key, variant, size) in oldest where excess > 0 {
      try database.execute("delete from answers where key = ? and variant = ?", .text(key), .text(variant))
      excess -= size
    }
  }

  private static func read(_ row: borrowing SQLiteRow, key: String) throws(SQLiteError) -> StoredResponse? {
    guard let headers = try? JSONDecoder().decode(HeaderFields.self, from: try row.bytes(2)) else { return nil }
    return StoredResponse(
      key: key, variant: try row.string(0), status: try row.int(1), headers: headers, body: try row.bytes(3),
      requestTime: Int64(try row.int(4)), responseTime: Int64(try row.int(5)))
  }
}
