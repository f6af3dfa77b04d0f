// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct PoolTests {
  /// Waits until a condition in the database holds.
  private static func until(_ database: Database, _ sql: SQL) async throws {
    while try await database.first(sql, { row in try row.next(Bool.self) }) != true {
      try await database.transaction { _ in }
    }
  }

  /// Waits for a connection again and again until one has failed, and says why.
  private static func failure(of database: Database) async throws -> PostgresError {
    while true {
      let error = await #expect(throws: PoolExhausted.self) { try await database.execute("select 1") }
      if let failure = try #require(error).lastFailure { return failure }
    }
  }

  private static func sleeping(_ seconds: Int) -> SQL { "select pg_sleep(\(Double(seconds)))" }

  @Test func `a full pool says so in time`() async throws {
    var configuration = PoolConfiguration()
    configuration.connectionsMax = 2
    configuration.waitLimit = .milliseconds(100)
    try await withTestDatabase(loops: 1, configuration: configuration) { database, _ in
      // Both connections stand before anybody waits for one.
      while database.statistics.open < 2 {
        do {
          try await database.transaction { holder in
            try await holder.execute("select 0")
            try await database.execute("select 0")
          }
        } catch is PoolExhausted {}
      }
      try await database.transaction { holder in
        try await holder.execute("select 1")
        // One connection always stays for single statements.
        #expect(try await database.values("select 2", as: Int.self) == [2])
        let error = await #expect(throws: PoolExhausted.self) {
          try await database.transaction { try await $0.execute("select 1") }
        }
        #expect(error != nil)
      }
      try await database.transaction { try await $0.execute("select 1") }
    }
  }

  @Test func `what never had a connection cannot have taken effect`() async throws {
    let loops = LoopGroup(count: 1, name: "away")
    var configuration = PoolConfiguration()
    configuration.waitLimit = .milliseconds(100)
    let settled = configuration
    let failure = await Task(executorPreference: loops.loops[0]) { () -> PostgresError? in
      let database = Database("host=/nowhere/at/all", loops: loops.loops, configuration: settled)
      let error = await #expect(throws: PoolExhausted.self) { try await database.execute("select 1") }
      await database.close()
      return error?.lastFailure
    }.value
    #expect(failure?.isConnectionLoss == true && failure?.mayHaveExecuted == false)
    #expect(failure?.description.contains("may have taken effect") == false)
    loops.shutDown()
  }

  @Test func `the line of those who wait has an end`() async throws {
    var configuration = PoolConfiguration()
    configuration.connectionsMax = 1
    configuration.waitingMax = 3
    try await withTestDatabase(loops: 1, configuration: configuration) { database, _ in
      try await database.transaction { holder in
        try await holder.execute("select 1")
        try await withThrowingTaskGroup(of: Bool.self) { group in
          for _ in 0..<8 {
            group.addTask {
              do { try await database.execute("select 1") } catch is PoolExhausted { return false }
              return true
            }
          }
          // Those too many are refused at once; the others wait until the holder is cancelled or done.
          var refused = 0
          for _ in 0..<5 where try await group.next() == false { refused += 1 }
          #expect(refused == 5)
          #expect(database.statistics.waiting == 3)
          group.cancelAll()
          while let _ = try? await group.next() {}
        }
      }
      #expect(database.statistics.waiting == 0)
    }
  }

  @Test func `a cancelled statement ends on the server, its connection serves on`() async throws {
    var configuration = PoolConfiguration()
    configuration.connectionsMax = 1
    try await withTestDatabase(loops: 2, configuration: configuration) { database, loops in
      let task = Task(executorPreference: loops.loops[1]) { try await database.execute(Self.sleeping(50)) }
      try await Self.until(
        database,
        "select exists (select from pg_stat_activity where query like 'select pg_sleep%' and state = 'active')")
      // On the same connection behind it: it may be hit by the request, and must come through.
      let neighbours = (0..<20).map { number in
        Task(executorPreference: loops.loops[1]) { try await database.values("select \(number)", as: Int.self) }
      }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      for (number, neighbour) in neighbours.enumerated() { #expect(try await neighbour.value == [number]) }
      try await Self.until(
        database,
        "select not exists (select from pg_stat_activity where query like 'select pg_sleep%' and state = 'active')")
    }
  }

  @Test func `a cancelled transaction is rolled back`() async throws {
    try await withTestDatabase { database, _ in
      try await database.execute("create table log (number int8)")
      let task = Task {
        try await database.transaction { transaction in
          try await transaction.execute("insert into log values (1)")
          try await transaction.execute(Self.sleeping(50))
        }
      }
      try await Self.until(
        database,
        "select exists (select from pg_stat_activity where query like 'select pg_sleep%' and state = 'active')")
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(try await database.values("select count(*) from log", as: Int.self) == [0])
    }
  }

  @Test func `killed sessions fail what ran on them, the pool connects again`() async throws {
    try await withTestDatabase { database, loops in
      let running = (0..<6).map { _ in
        Task(executorPreference: loops.next()) { try await database.execute(Self.sleeping(50)) }
      }
      let other = Database(database.info, loops: [loops.loops[0]])
      try await Self.until(
        other, "select count(*) >= 2 from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'")
      try await other.execute(
        """
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()
        """)
      for task in running {
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.isConnectionLoss == true)
      }
      for number in 0..<50 { #expect(try await database.values("select \(number)", as: Int.self) == [number]) }
      #expect(database.isHealthy)
      await other.close()
    }
  }

  @Test func `where nobody answers, waiting ends with the reason`() async throws {
    let loops = LoopGroup(count: 1)
    defer { loops.shutDown() }
    var configuration = PoolConfiguration()
    configuration.waitLimit = .milliseconds(200)
    let nowhere = ConnectionInfo(socketDirectory: "/tmp/no-such-directory", user: "nobody", database: "nothing")
    let database = Database(nowhere, loops: loops.loops, configuration: configuration)
    let failure = try await Self.failure(of: database)
    #expect(failure.message.contains("no-such-directory"))
    #expect(!database.isHealthy)
    await database.close()
  }

  @Test func `a URL is understood, names are looked up off the loop`() async throws {
    let loops = LoopGroup(count: 1)
    defer { loops.shutDown() }
    var configuration = PoolConfiguration()
    configuration.waitLimit = .milliseconds(500)
    // Port 1 of this machine refuses.
    let database = Database(url: "postgresql://x@localhost:1/y", loops: loops.loops, configuration: configuration)
    let failure = try await Self.failure(of: database)
    #expect(failure.message.contains("localhost"))
    await database.close()
  }
}
