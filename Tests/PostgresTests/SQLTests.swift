// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Postgres
import TestSupport
import Testing

struct SQLTests {
  @Test func `interpolated values are numbered, nested and joined ones anew`() {
    let inner: SQL = "a = \(1) and b = \("x")"
    let sql: SQL = "select \(unescaped: "t") from t where c = \(true) and (\(inner)) and d = \(2.5)"
    #expect(sql.text == "select t from t where c = $1 and (a = $2 and b = $3) and d = $4")
    let joined = inner + " or " + inner
    #expect(joined.text == "a = $1 and b = $2 or a = $3 and b = $4")
  }

  @Test func `twelve parameters in one nest keep their places`() async throws {
    var list: SQL = "\(0)"
    for number in 1..<12 { list += ", \(number)" }
    let sql: SQL = "select array[\("a")]::text[], array[\(list)], \("z")::text"
    try await withTestDatabase { database, _ in
      let row = try await database.first(sql) { row in
        (try row.next([String].self), try row.next([Int].self), try row.next(String.self))
      }
      #expect(row?.0 == ["a"])
      #expect(row?.1 == Array(0..<12))
      #expect(row?.2 == "z")
    }
  }

  @Test func `an error never shows bound values`() async throws {
    try await withTestDatabase { database, _ in
      let secret = "hunter2-\(Int.random(in: 0...Int.max))"
      try await database.execute("create table users (name text constraint name_once unique)")
      try await database.execute("insert into users values (\(secret))")
      let error = await #expect(throws: PostgresError.self) {
        try await database.execute("insert into users values (\(secret))")
      }
      #expect(error?.isUniqueViolation == true)
      #expect(error?.constraint == "name_once")
      #expect(error?.table == "users")
      #expect(error?.detail != nil)
      #expect(error.map { "\($0)".contains(secret) } == false)
    }
  }

  @Test(
    arguments: [
      "'; drop table victims; --", "' or '1'='1", "\\'; drop table victims; --", "$1", "$$; drop table victims; $$",
      "1); drop table victims; --", "\u{201D}", "%' --", "x' union select 'y", "\\", "''", "/*", "E'\\x27'",
    ])
  func `nothing a user writes becomes SQL`(hostile: String) async throws {
    try await withTestDatabase(loops: 1) { database, _ in
      try await database.execute("create table victims (name text)")
      try await database.execute("insert into victims values (\("innocent"))")
      #expect(try await database.execute("update victims set name = \(hostile) where name = \(hostile)") == 0)
      try await database.execute("insert into victims values (\(hostile))")
      #expect(try await database.values("select name from victims where name = \(hostile)") == [hostile])
      #expect(try await database.values("select name from victims where name = any(\([hostile, "q"]))") == [hostile])
      #expect(try await database.values("select count(*) from victims", as: Int.self) == [2])
    }
  }

  @Test func `a zero byte is refused instead of cutting the text`() async throws {
    try await withTestDatabase(loops: 1) { database, _ in
      let error = await #expect(throws: PostgresError.self) { try await database.execute("select \("a\u{0}b")") }
      #expect(error?.sqlState == "22021")
      await #expect(throws: PostgresError.self) { try await database.execute("select \(unescaped: "1\u{0}2")") }
      await #expect(throws: PostgresError.self) { try await database.execute("select \(["a\u{0}b"])") }
    }
  }
}
