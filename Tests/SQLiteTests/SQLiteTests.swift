// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import SQLite
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SQLiteTests {
  /// A folder of its own for each test, gone afterwards.
  private func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    var template = Array("/tmp/sqlite-test-XXXXXX".utf8)
    template.append(0)
    let isMade = unsafe template.withUnsafeMutableBytes { bytes in
      unsafe mkdtemp(bytes.baseAddress!.assumingMemoryBound(to: CChar.self)) != nil
    }
    try #require(isMade)
    let path = String(decoding: template.dropLast(), as: UTF8.self)
    defer {
      for name in ["a", "a-wal", "a-shm"] { unsafe unlink("\(path)/\(name)") }
      unsafe rmdir(path)
    }
    return try await body(path)
  }

  @Test func `every kind of value comes back`() async throws {
    try await withFolder { folder in
      let database = try SQLiteDatabase(path: folder + "/a")
      try database.run(script: "create table t (a, b, c, d, e); create index i on t (a);")
      let text = "å\u{0}🎁"
      let changed = try database.execute(
        "insert into t values (?, ?, ?, ?, ?)", .int(.min), 0.5, .text(text), .bytes([0, 255]), nil)
      #expect(changed == 1)
      try database.execute("insert into t values (?, ?, ?, ?, ?)", .bool(true), 1, "", .bytes([]), .optional("x"))
      let rows = try database.query("select * from t order by rowid") { row throws(SQLiteError) in
        (try row.int(0), try row.double(1), try row.string(2), try row.bytes(3), try row.optionalString(4))
      }
      #expect(rows[0] == (.min, 0.5, text, [0, 255], nil))
      #expect(rows[1] == (1, 1, "", [], "x"))
      #expect(try database.first("pragma journal_mode") { row throws(SQLiteError) in try row.string(0) } == "wal")
      #expect(throws: SQLiteError.wrongType(column: 0, wanted: "text")) {
        try database.first("select 1") { row throws(SQLiteError) in try row.string(0) }
      }
    }
  }

  @Test func `a query inside a query of the same text has its own rows`() async throws {
    try await withFolder { folder in
      let database = try SQLiteDatabase(path: folder + "/a")
      let sql = "select value from (select 1 as value union select 2)"
      let pairs = try database.query(sql) { row throws(SQLiteError) in
        let inner = try database.query(sql) { row throws(SQLiteError) in try row.int(0) }
        return try row.int(0) * 10 + inner.count
      }
      #expect(pairs == [12, 22])
    }
  }

  struct Stop: Error {}

  @Test func `a transaction that throws leaves nothing behind`() async throws {
    try await withFolder { folder in
      let database = try SQLiteDatabase(path: folder + "/a")
      try database.run(script: "create table t (a unique)")
      #expect(throws: Stop.self) {
        try database.transaction {
          try database.execute("insert into t values (1)")
          throw Stop()
        }
      }
      try database.transaction { try database.execute("insert into t values (2)") }
      #expect(try database.query("select a from t") { row throws(SQLiteError) in try row.int(0) } == [2])
      #expect {
        try database.execute("insert into t values (2)")
      } throws: { error in
        // 2067 is SQLITE_CONSTRAINT_UNIQUE.
        if case SQLiteError.failed(code: 2067, _, _) = error { true } else { false }
      }
    }
  }

  @Test func `a file that is no database is corrupt`() async throws {
    try await withFolder { folder in
      let descriptor = unsafe open(folder + "/a", O_WRONLY | O_CREAT, 0o600)
      let junk = [UInt8](repeating: 0x5a, count: 8192)
      let written = unsafe pwrite(descriptor, junk, junk.count, 0)
      #expect(written == junk.count)
      close(descriptor)
      #expect { try SQLiteDatabase(path: folder + "/a") } throws: { error in
        if case SQLiteError.corrupt = error { true } else { false }
      }
    }
  }

  @Test func `a damaged page is corrupt`() async throws {
    try await withFolder { folder in
      try fill(folder + "/a")
      let descriptor = unsafe open(folder + "/a", O_WRONLY)
      let junk = [UInt8](repeating: 0x5a, count: 40_000)
      // The first page stays: the file still opens.
      let written = unsafe pwrite(descriptor, junk, junk.count, 4096)
      #expect(written == junk.count)
      close(descriptor)
      let database = try SQLiteDatabase(path: folder + "/a")
      #expect { try database.verify() } throws: { if case SQLiteError.corrupt = $0 { true } else { false } }
      #expect {
        _ = try database.query("select a from t") { row throws(SQLiteError) in try row.string(0) }
      } throws: { error in
        if case SQLiteError.corrupt = error { true } else { false }
      }
    }
  }

  private func fill(_ path: String) throws {
    let database = try SQLiteDatabase(path: path)
    try database.run(script: "create table t (a)")
    try database.transaction {
      for i in 0..<2000 {
        try database.execute("insert into t values (?)", .text("row \(i) of a table with some pages"))
      }
    }
    try database.verify()
  }

  @Test func `handles that write at once all get their turn`() async throws {
    try await withFolder { folder in
      let first = try SQLiteDatabase(path: folder + "/a", busyTimeout: .seconds(30))
      try first.run(script: "create table t (n); insert into t values (0)")
      try await withThrowingTaskGroup { group in
        for _ in 0..<4 {
          group.addTask {
            let database = try SQLiteDatabase(path: folder + "/a", busyTimeout: .seconds(30))
            for _ in 0..<100 { try database.transaction { try Self.increment(database) } }
          }
        }
        try await group.waitForAll()
      }
      #expect(try first.first("select n from t") { row throws(SQLiteError) in try row.int(0) } == 400)
    }
  }

  private static func increment(_ database: SQLiteDatabase) throws {
    let n = try database.first("select n from t") { row throws(SQLiteError) in try row.int(0) } ?? 0
    try database.execute("update t set n = ?", .int(n + 1))
  }

  @Test func `a lock that is not given up in time is busy`() async throws {
    try await withFolder { folder in
      let a = try SQLiteDatabase(path: folder + "/a")
      let b = try SQLiteDatabase(path: folder + "/a", busyTimeout: .milliseconds(20))
      try a.transaction {
        #expect(throws: SQLiteError.busy) { try b.transaction {} }
      }
      try b.transaction {}
    }
  }
}
