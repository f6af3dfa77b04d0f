// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(1)))
struct LookupTests {
  private static let words = Migration(
    number: 1, name: "words",
    sql: """
      create table words (id text primary key, number int8);
      insert into words values ('a', 1), ('b', 2), ('c', null);
      """)

  private static func lookup(_ database: Database, keysMax: Int = 32) -> Lookup {
    Lookup(database, keysMax: keysMax) { keys in "select id, number from words where id = any (\(keys))" }
  }

  private static func number(_ row: inout RowReader) throws -> Int { try row.next() }

  @Test func `each key gets its row, or nothing, in one statement`() async throws {
    try await withTestDatabase(migrations: [Self.words], loops: 1) { database, _ in
      let lookup = Self.lookup(database)
      let before = database.statistics.statements
      async let first = lookup.first("a", Self.number)
      async let second = lookup.first("b", Self.number)
      async let again = lookup.first("a", Self.number)
      async let none = lookup.first("x", Self.number)
      async let longer = lookup.first("aa", Self.number)
      async let empty = lookup.first("", Self.number)
      let found = try await [first, second, again, none, longer, empty]
      #expect(found == [1, 2, 1, nil, nil, nil])
      #expect(database.statistics.statements == before + 1)
    }
  }

  @Test func `a row that does not fit is the failure of who asked for it`() async throws {
    try await withTestDatabase(migrations: [Self.words], loops: 1) { database, _ in
      let lookup = Self.lookup(database)
      let bad = Task { try await lookup.first("c", Self.number) }
      let good = try await lookup.first("a", Self.number)
      #expect(good == 1)
      let error = await #expect(throws: PostgresError.self) { _ = try await bad.value }
      #expect(error?.column == "number")
    }
  }

  @Test func `a key that the server refuses fails alone`() async throws {
    try await withTestDatabase(migrations: [Self.words], loops: 1) { database, _ in
      let lookup = Self.lookup(database)
      let bad = Task { try await lookup.first("a\u{0}", Self.number) }
      async let other = lookup.first("b", Self.number)
      let found = try await [lookup.first("a", Self.number), other]
      #expect(found == [1, 2])
      let error = await #expect(throws: PostgresError.self) { _ = try await bad.value }
      #expect(error?.sqlState == "22021")
    }
  }

  @Test func `thousands of keys on every loop each find their row`() async throws {
    try await withTestDatabase(migrations: [Self.words]) { database, loops in
      try await database.execute("insert into words select 'key ' || n, n from generate_series(1, 3000) n")
      let lookup = Self.lookup(database)
      let before = database.statistics.statements
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...4000 {
          group.addTask(executorPreference: loops.next()) {
            let found = try await lookup.first("key \(number)", Self.number)
            #expect(found == (number > 3000 ? nil : number))
          }
        }
        try await group.waitForAll()
      }
      #expect(database.statistics.statements - before < 2000)
    }
  }

  @Test func `no more keys travel together than allowed`() async throws {
    try await withTestDatabase(migrations: [Self.words], loops: 1) { database, _ in
      let lookup = Self.lookup(database, keysMax: 4)
      let before = database.statistics.statements
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<10 { group.addTask { _ = try? await lookup.first("a", Self.number) } }
      }
      #expect(database.statistics.statements == before + 3)
    }
  }

  @Test func `the statement is soon planned once for all`() async throws {
    var configuration = PoolConfiguration()
    configuration.connectionsMax = 1
    try await withTestDatabase(migrations: [Self.words], loops: 1, configuration: configuration) { database, _ in
      try await database.execute("insert into words select 'key ' || n, n from generate_series(1, 3000) n")
      try await database.execute("analyze words")
      let lookup = Self.lookup(database)
      for number in 1...30 {
        let found = try await lookup.first("key \(number)", Self.number)
        #expect(found == number)
      }
      let plans = try await database.first(
        "select generic_plans, custom_plans from pg_prepared_statements where statement like 'select id, number%'"
      ) { row in (try row.next(Int.self), try row.next(Int.self)) }
      // PostgreSQL plans the first five runs of a statement anew (manual, plan_cache_mode).
      #expect(plans ?? (0, 0) == (25, 5))
    }
  }

  @Test func `who is cancelled leaves at once, the others get their rows`() async throws {
    try await withTestDatabase(migrations: [Self.words], loops: 1) { database, _ in
      // Not behind what it watches.
      let watcher = Database(database.info, loops: database.pools.map(\.loop))
      let locked = Lookup(database) { keys in
        "select id, number from words, (select pg_advisory_xact_lock(7)) lock where id = any (\(keys))"
      }
      let waiting: SQL = "select exists (select from pg_locks where locktype = 'advisory' and not granted)"
      let stayer = try await database.transaction { transaction in
        try await transaction.lock(7)
        let leaver = Task { try await locked.first("a", Self.number) }
        let stayer = Task { try await locked.first("b", Self.number) }
        while try await watcher.values(waiting, as: Bool.self) != [true] {}
        leaver.cancel()
        await #expect(throws: CancellationError.self) { _ = try await leaver.value }
        return stayer
      }
      let found = try await stayer.value
      #expect(found == 2)
      await watcher.close()
    }
  }

  @Test func `a statement that nobody waits for any more ends on the server`() async throws {
    try await withTestDatabase(migrations: [Self.words], loops: 1) { database, _ in
      // Not behind what it watches.
      let watcher = Database(database.info, loops: database.pools.map(\.loop))
      let slow = Lookup(database) { keys in
        "select id, number from words, pg_sleep(50) where id = any (\(keys))"
      }
      let tasks = ["a", "b"].map { key in Task { try await slow.first(key, Self.number) } }
      let running: SQL =
        "select exists (select from pg_stat_activity where query like 'select id, number%pg_sleep(50)%' and state = 'active')"
      while try await watcher.values(running, as: Bool.self) != [true] {}
      for task in tasks { task.cancel() }
      for task in tasks { await #expect(throws: CancellationError.self) { _ = try await task.value } }
      while try await watcher.values(running, as: Bool.self) != [false] {}
      await watcher.close()
    }
  }

  @Test func `a lost connection fails all who were on it`() async throws {
    try await withTestDatabase(migrations: [Self.words], loops: 1) { database, _ in
      // Not behind what it watches.
      let watcher = Database(database.info, loops: database.pools.map(\.loop))
      let slow = Lookup(database) { keys in
        "select id, number from words, pg_sleep(50) where id = any (\(keys))"
      }
      let tasks = ["a", "b"].map { key in Task { try await slow.first(key, Self.number) } }
      let victims: SQL = """
        select count(pg_terminate_backend(pid))::int8 from pg_stat_activity
        where query like 'select id, number%pg_sleep(50)%' and state = 'active'
        """
      while try await watcher.values(victims, as: Int.self) != [1] {}
      for task in tasks {
        let error = await #expect(throws: PostgresError.self) { _ = try await task.value }
        #expect(error?.isConnectionLoss == true)
      }
      await watcher.close()
    }
  }
}
