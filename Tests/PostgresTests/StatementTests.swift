// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(1)))
struct StatementTests {
  @Test func `five hundred at once are answered in their own right, errors among them`() async throws {
    try await withTestDatabase { database, loops in
      let outcomes = try await withThrowingTaskGroup(of: (Int, String).self) { group in
        for number in 0..<500 {
          group.addTask(executorPreference: loops.next()) {
            do {
              // Every seventh divides by zero, every eleventh does not even parse.
              if number % 11 == 0 {
                try await database.execute("select nonsense \(number)")
                return (number, "no error")
              }
              let value = try await database.first("select \(number) / \(number % 7)") { row in try row.next(Int.self) }
              return (number, value.map(String.init) ?? "nothing")
            } catch let error as PostgresError {
              return (number, error.sqlState)
            }
          }
        }
        return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
      }
      #expect(outcomes.count == 500)
      for (number, outcome) in outcomes {
        let expected = number % 11 == 0 ? "42601" : number % 7 == 0 ? "22012" : String(number / (number % 7))
        #expect(outcome == expected, "number \(number)")
      }
      #expect(database.statistics.statements >= 500)
    }
  }

  @Test func `statements of one task on one connection keep their order`() async throws {
    var configuration = PoolConfiguration()
    configuration.connectionsMax = 1
    try await withTestDatabase(loops: 1, configuration: configuration) { database, _ in
      try await database.execute("create table log (id int8 generated always as identity, number int8)")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<200 {
          group.addTask { try await database.execute("insert into log (number) values (\(number))") }
        }
        try await group.waitForAll()
      }
      let numbers = try await database.values("select number from log order by id", as: Int.self)
      #expect(numbers.sorted() == Array(0..<200))
    }
  }

  @Test func `more texts than the cache holds are still answered, and the server keeps no more`() async throws {
    var configuration = PoolConfiguration()
    configuration.connectionsMax = 1
    configuration.preparedMax = 8
    try await withTestDatabase(loops: 1, configuration: configuration) { database, _ in
      for round in 0..<3 {
        for number in 0..<40 {
          let value = try await database.first("select \(round) as \(unescaped: "c\(number)")") { row in
            try row.next(Int.self)
          }
          #expect(value == round)
        }
      }
      let kept = try await database.values("select count(*) from pg_prepared_statements", as: Int.self)
      #expect(kept[0] <= 8)
    }
  }

  @Test func `the same text is prepared once`() async throws {
    var configuration = PoolConfiguration()
    configuration.connectionsMax = 1
    try await withTestDatabase(loops: 1, configuration: configuration) { database, _ in
      for number in 0..<50 { try await database.execute("select 'here', \(number)") }
      let prepared = try await database.values(
        "select generic_plans + custom_plans from pg_prepared_statements where statement like 'select ''here''%'",
        as: Int.self)
      #expect(prepared == [50])
    }
  }

  @Test func `a plan that a changed table made stale is made again unseen`() async throws {
    try await withTestDatabase(loops: 1) { database, _ in
      try await database.execute("create table things (a int8)")
      try await database.execute("insert into things values (1)")
      @Sendable func columns() async throws -> Int { try await database.rows(of: "select * from things").count }
      for _ in 0..<20 { _ = try await columns() }
      try await database.execute("alter table things add column b text")
      for _ in 0..<20 { #expect(try await columns() == 1) }
      try await database.transaction { transaction in
        let rows = try await transaction.rows(of: "select * from things")
        #expect(rows.count == 1)
      }
    }
  }

  @Test func `a statement that runs too long is ended by the server`() async throws {
    var configuration = PoolConfiguration()
    configuration.statementLimit = .milliseconds(50)
    try await withTestDatabase(loops: 1, configuration: configuration) { database, _ in
      let error = await #expect(throws: PostgresError.self) { try await database.execute("select pg_sleep(20)") }
      #expect(error?.sqlState == "57014")
    }
  }
}

struct StatementCacheTests {
  @Test func `the least recently used statement gives way`() {
    var cache = StatementCache(capacity: 2)
    func key(_ text: String) -> StatementCache.Key { StatementCache.Key(text: text, types: []) }
    #expect(cache.add(key("a")).evicted == nil)
    _ = cache.find(key("b"))
    #expect(cache.add(key("b")).evicted == nil)
    let a = cache.find(key("a"))
    _ = cache.find(key("c"))
    #expect(cache.add(key("c")).evicted == "s2")
    #expect(cache.find(key("a")) == a)
    #expect(cache.find(key("b")) == nil)
    #expect(cache.find(StatementCache.Key(text: "a", types: [20])) == nil)
  }
}
