// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(1)))
struct SharedReadTests {
  /// One connection on one loop, so that reads of one turn meet on it.
  private static func onOneConnection(
    sharedMax: Int = 8, statementLimit: Duration = .seconds(30),
    _ body: @escaping @Sendable (Database) async throws -> Void
  ) async throws {
    var configuration = PoolConfiguration()
    configuration.connectionsMax = 1
    configuration.sharedMax = sharedMax
    configuration.statementLimit = statementLimit
    try await withTestDatabase(loops: 1, configuration: configuration) { database, _ in
      try await body(database)
    }
  }

  /// Runs operations as tasks that all begin in the same turn of the loop.
  private static func together<Success: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Success
  ) async -> [Result<Success, any Error>] {
    await withTaskGroup(of: (Int, Result<Success, any Error>).self) { group in
      for number in 0..<count {
        group.addTask {
          do { return (number, .success(try await body(number))) } catch { return (number, .failure(error)) }
        }
      }
      var results: [Int: Result<Success, any Error>] = [:]
      for await (number, result) in group { results[number] = result }
      return (0..<count).compactMap { results[$0] }
    }
  }

  private static func state(_ result: Result<some Any, any Error>) -> String {
    switch result {
    case .success(let value): "\(value)"
    case .failure(let error as PostgresError): error.sqlState
    case .failure(let error): "\(error)"
    }
  }

  @Test func `reads of one turn share a transaction, up to the limit`() async throws {
    try await Self.onOneConnection(sharedMax: 4) { database in
      @Sendable func begin(_ number: Int) async throws -> String {
        // The time at which the transaction began.
        try await database.reads.values("select now()::text || \(number) * 0", as: String.self)[0]
      }
      _ = try await begin(0)  // prepares it
      let begins = try await Self.together(16, begin).map { try $0.get() }
      #expect(Set(begins).count == 4)
      let apart = try await Self.together(16) { number in
        try await database.values("select now()::text || \(number) * 0", as: String.self)[0]
      }.map { try $0.get() }
      #expect(Set(apart).count == 16)
    }
  }

  @Test func `a read that fails fails alone`() async throws {
    try await withTestDatabase { database, loops in
      for round in 0..<20 {
        let outcomes = await withTaskGroup(of: (Int, String).self) { group in
          for number in 0..<100 {
            group.addTask(executorPreference: loops.next()) {
              let result: Result<Int, any Error>
              do {
                let rows = try await database.reads.values("select 1000 / \(number - round)", as: Int.self)
                result = .success(rows[0])
              } catch { result = .failure(error) }
              return (number, Self.state(result))
            }
          }
          return await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
        }
        for (number, outcome) in outcomes {
          #expect(outcome == (number == round ? "22012" : "\(1000 / (number - round))"), "number \(number)")
        }
      }
    }
  }

  @Test func `even a change that passes for a read beside one that fails is made once`() async throws {
    try await Self.onOneConnection { database in
      try await database.execute("create table log (number int8)")
      // The statements are known to the connection, so that they share.
      _ = try await database.reads.execute("insert into log values (\(100))")
      _ = try await database.reads.values("select 1 / \(1)", as: Int.self)
      let results = await Self.together(6) { number in
        if number == 3 { return try await database.reads.values("select 1 / \(0)", as: Int.self)[0] }
        return try await database.reads.execute("insert into log values (\(number))")
      }
      #expect(results.map(Self.state) == ["1", "1", "1", "22012", "1", "1"])
      let numbers = try await database.values("select number from log order by number", as: Int.self)
      #expect(numbers == [0, 1, 2, 4, 5, 100])
    }
  }

  @Test func `reads beside a transaction see it when it is over`() async throws {
    try await withTestDatabase(loops: 1) { database, _ in
      try await database.execute("create table log (number int8)")
      @Sendable func count(_: Int = 0) async throws -> Int {
        try await database.reads.values("select count(*) from log", as: Int.self)[0]
      }
      for round in 1...20 {
        try await database.transaction { transaction in
          try await transaction.execute("insert into log values (1)")
          #expect(await Self.together(10, count).map(Self.state) == Array(repeating: "\(round - 1)", count: 10))
          #expect(try await transaction.values("select count(*) from log", as: Int.self) == [round])
        }
        #expect(await Self.together(10, count).map(Self.state) == Array(repeating: "\(round)", count: 10))
      }
    }
  }

  @Test func `writes between reads keep their place`() async throws {
    try await Self.onOneConnection { database in
      try await database.execute("create table log (number int8)")
      try await database.execute("insert into log values (\(0))")
      let seen = await Self.together(30) { number in
        if number % 3 == 2 { return try await database.execute("insert into log values (\(number))") }
        return try await database.reads.values("select count(*) from log", as: Int.self)[0]
      }
      for (number, result) in seen.enumerated() {
        #expect(Self.state(result) == (number % 3 == 2 ? "1" : "\(1 + number / 3)"), "number \(number)")
      }
    }
  }

  @Test func `a read that takes too long is ended alone`() async throws {
    try await Self.onOneConnection(statementLimit: .milliseconds(100)) { database in
      @Sendable func sleep(_ seconds: Double) async throws -> Int {
        try await database.reads.execute("select pg_sleep(\(seconds))")
      }
      _ = try await sleep(0)
      let results = await Self.together(6) { number in try await sleep(number == 2 ? 50 : 0) }
      #expect(results.map(Self.state) == ["1", "1", "57014", "1", "1", "1"])
    }
  }

  @Test func `a cancelled read ends on the server, its neighbours come through`() async throws {
    try await Self.onOneConnection { database in
      let watcher = Database(database.info, loops: database.pools.map(\.loop))
      @Sendable func sleep(_ seconds: Double) async throws -> Int {
        try await database.reads.execute("select pg_sleep(\(seconds))")
      }
      _ = try await sleep(0)
      let running: SQL =
        "select count(*)::int8 from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'"
      let tasks = (0..<12).map { number in Task { try await sleep(number == 5 ? 50 : 0) } }
      while try await watcher.values(running, as: Int.self) != [1] {}
      tasks[5].cancel()
      for (number, task) in tasks.enumerated() {
        let result = await task.result
        #expect(number == 5 ? Self.state(result) == "CancellationError()" : Self.state(result) == "1", "\(number)")
      }
      while try await watcher.values(running, as: Int.self) != [0] {}
      #expect(try await sleep(0) == 1)
      await watcher.close()
    }
  }

  @Test func `reads that are cancelled before the turn ends are over at once, the others come through`() async throws {
    try await Self.onOneConnection { database in
      @Sendable func read(_ number: Int) async throws -> Int {
        try await database.reads.values("select \(number)", as: Int.self)[0]
      }
      _ = try await read(0)
      for _ in 0..<20 {
        let tasks = (0..<10).map { number in Task { try await read(number) } }
        for number in stride(from: 0, to: 10, by: 2) { tasks[number].cancel() }
        for (number, task) in tasks.enumerated() {
          let state = Self.state(await task.result)
          #expect(state == "\(number)" || (number % 2 == 0 && state == "CancellationError()"), "\(number): \(state)")
        }
      }
    }
  }

  @Test func `a killed session fails the reads that were on it, and no others`() async throws {
    try await Self.onOneConnection { database in
      let other = Database(database.info, loops: database.pools.map(\.loop))
      @Sendable func sleep(_ seconds: Double) async throws -> Int {
        try await database.reads.execute("select pg_sleep(\(seconds))")
      }
      _ = try await sleep(0)
      async let results = Self.together(5) { number in try await sleep(number == 2 ? 50 : 0) }
      let victims: SQL = """
        select count(pg_terminate_backend(pid))::int8 from pg_stat_activity
        where query like 'select pg_sleep%' and state = 'active'
        """
      while try await other.values(victims, as: Int.self) != [1] {}
      for result in await results {
        let error = #expect(throws: PostgresError.self) { try result.get() }
        #expect(error?.isConnectionLoss == true)
      }
      #expect(await Self.together(20, { _ in try await sleep(0) }).allSatisfy { Self.state($0) == "1" })
      await other.close()
    }
  }

  @Test func `plans that a changed table made stale are made again unseen`() async throws {
    try await Self.onOneConnection { database in
      try await database.execute("create table things (a int8)")
      try await database.execute("insert into things values (1)")
      @Sendable func count(_: Int) async throws -> Int {
        try await database.reads.rows(of: "select * from things").count
      }
      #expect(await Self.together(20, count).map(Self.state) == Array(repeating: "1", count: 20))
      try await database.execute("alter table things add column b text")
      #expect(await Self.together(20, count).map(Self.state) == Array(repeating: "1", count: 20))
    }
  }

  @Test func `a read that does not parse fails each time with its own reason, beside good ones`() async throws {
    try await Self.onOneConnection { database in
      let results = await Self.together(30) { number in
        number % 3 == 0
          ? try await database.reads.values("select nonsense \(number)", as: Int.self)[0]
          : try await database.reads.values("select \(number)", as: Int.self)[0]
      }
      #expect(results.map(Self.state) == (0..<30).map { $0 % 3 == 0 ? "42601" : "\($0)" })
    }
  }
}
