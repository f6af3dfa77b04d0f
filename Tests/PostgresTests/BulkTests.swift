// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Postgres
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct BulkTests {
  @Test func `a hundred thousand rows go in and come out`() async throws {
    try await withTestDatabase { database, _ in
      try await database.execute("create table things (id int8, title text, data bytea, price float8, gone bool)")
      let number = Mutex(0)
      let count = try await database.copyIn("copy things from stdin") { row in
        let id = number.withLock { number in
          number += 1
          return number
        }
        if id > 100_000 { return false }
        row.add(id)
        row.add(id % 10 == 0 ? nil : "tab\there \\ and\nline \(id)")
        row.add([UInt8(truncatingIfNeeded: id), 0])
        row.add(Double(id) / 3)
        row.add(id % 2 == 0)
        return true
      }
      #expect(count == 100_000)
      let check = try await database.first(
        """
        select count(*), count(title), sum(get_byte(data, 0)), count(*) filter (where gone),
          bool_and(price = id / 3.0::float8), max(title) filter (where id = 7) from things
        """
      ) { row in
        (
          try row.next(Int.self), try row.next(Int.self), try row.next(Int.self), try row.next(Int.self),
          try row.next(Bool.self), try row.next(String.self)
        )
      }
      let bytes = (1...100_000).reduce(0) { $0 + $1 % 256 }
      #expect(check?.0 == 100_000)
      #expect(check?.1 == 90_000)
      #expect(check?.2 == bytes)
      #expect(check?.3 == 50_000)
      #expect(check?.4 == true)
      #expect(check?.5 == "tab\there \\ and\nline 7")
      let received = Mutex((lines: 0, bytes: 0))
      let rows = try await database.copyOut("copy things to stdout (format csv)") { chunk in
        received.withLock { received in
          received.lines += chunk.count { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
          received.bytes += chunk.count
        }
      }
      #expect(rows == 100_000)
      // Ninety thousand titles hold one line feed more.
      #expect(received.withLock { $0.lines } == 190_000)
      #expect(try await database.values("select count(*) from things", as: Int.self) == [100_000])
    }
  }

  @Test func `bad rows are refused as one, the pool serves on`() async throws {
    try await withTestDatabase(loops: 1) { database, _ in
      try await database.execute("create table things (id int8)")
      let chunks = AsyncStream<[UInt8]> { continuation in
        for _ in 0..<1000 { continuation.yield(Array("1\nnonsense\n".utf8)) }
        continuation.finish()
      }
      let error = await #expect(throws: PostgresError.self) {
        try await database.copyIn("copy things from stdin", chunks)
      }
      #expect(error?.sqlState == "22P02")
      await #expect(throws: PostgresError.self) { try await database.copyIn("copy nothing from stdin", chunks) }
      #expect(try await database.values("select count(*) from things", as: Int.self) == [0])
    }
  }

  private struct Enough: Error {}

  @Test func `a receiver or sender that gives up harms nobody else`() async throws {
    try await withTestDatabase(loops: 1) { database, _ in
      await #expect(throws: Enough.self) {
        try await database.copyOut("copy (select generate_series(1, 1000000)) to stdout") { _ in throw Enough() }
      }
      try await database.execute("create table things (id int8)")
      await #expect(throws: Enough.self) {
        try await database.copyIn("copy things from stdin") { row in
          row.add(1)
          throw Enough()
        }
      }
      #expect(try await database.values("select count(*) from things", as: Int.self) == [0])
      try await database.transaction { transaction in
        try await transaction.copyIn(
          "copy things from stdin",
          AsyncStream {
            $0.yield([49, 10]); $0.finish()
          })
      }
      #expect(try await database.values("select count(*) from things", as: Int.self) == [1])
    }
  }

  @Test func `copy as a plain statement is refused, the connection stays usable`() async throws {
    try await withTestDatabase(loops: 1) { database, _ in
      await #expect(throws: PostgresError.self) { try await database.execute("copy (select 1) to stdout") }
      let one = try await database.values("select 1", as: Int.self)
      #expect(one == [1])
    }
  }
}

@Suite(.timeLimit(.minutes(1)))
struct ListenerTests {
  @Test func `listening goes on after the connection was lost`() async throws {
    try await withTestDatabase { database, _ in
      var heard = database.listen(["news", "odd \"name\""]).makeAsyncIterator()
      #expect(await heard.next() == .listening)
      try await database.execute("select pg_notify(\("news"), \("one"))")
      #expect(await heard.next() == .received(channel: "news", payload: "one"))
      try await database.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'"
      )
      #expect(await heard.next() == .reconnected)
      try await database.execute("select pg_notify(\("odd \"name\""), \("two"))")
      #expect(await heard.next() == .received(channel: "odd \"name\"", payload: "two"))
    }
  }
}
