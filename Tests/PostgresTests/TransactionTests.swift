// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Postgres
import Synchronization
import TestSupport
import Testing

private struct Refused: Error {}

/// Lets tasks meet: each waits until all have come.
private actor Meeting {
  private var missing: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []
  init(of count: Int) { missing = count }

  func arrive() async {
    missing -= 1
    if missing > 0 {
      await withCheckedContinuation { waiting.append($0) }
    } else {
      waiting.forEach { $0.resume() }
      waiting = []
    }
  }
}

private final class Count: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }

  @discardableResult
  func increment() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}

@Suite(.timeLimit(.minutes(1)))
struct TransactionTests {
  private static let accounts = Migration(
    number: 1, name: "accounts",
    sql:
      "create table accounts (id int8 primary key, balance int8 not null); insert into accounts values (1, 0), (2, 0)")

  private static func balances(_ runner: some SQLRunner) async throws -> [Int] {
    try await runner.values("select balance from accounts order by id", as: Int.self)
  }

  @Test func `a transaction whose connection is gone ends, whatever it still asks for`() async throws {
    try await withTestDatabase { database, _ in
      let failure = await #expect(throws: PostgresError.self) {
        try await database.transaction { transaction in
          let backend = try await transaction.first("select pg_backend_pid()") { row in try row.next(Int.self) } ?? 0
          try await database.execute("select pg_terminate_backend(\(unescaped: String(backend)))")
          // The first meets the loss, the next ones a closed connection, and so does the rollback.
          for _ in 0..<3 { _ = try? await transaction.execute("select 1") }
          _ = try await transaction.execute("select 1")
        }
      }
      #expect(failure != nil)
    }
  }

  @Test func `what throws leaves no trace`() async throws {
    try await withTestDatabase(migrations: [Self.accounts]) { database, _ in
      await #expect(throws: Refused.self) {
        try await database.transaction { transaction in
          try await transaction.execute("update accounts set balance = 5")
          throw Refused()
        }
      }
      #expect(try await Self.balances(database) == [0, 0])
      try await database.transaction { try await $0.execute("update accounts set balance = 5") }
      #expect(try await Self.balances(database) == [5, 5])
    }
  }

  @Test func `a swallowed failure does not pass for a commit`() async throws {
    try await withTestDatabase(migrations: [Self.accounts]) { database, _ in
      let error = await #expect(throws: PostgresError.self) {
        try await database.transaction { transaction in
          try await transaction.execute("update accounts set balance = 5")
          _ = try? await transaction.execute("select 1 / 0")
        }
      }
      #expect(error?.sqlState == "25P02")
      let balances = try await Self.balances(database)
      #expect(balances == [0, 0])
    }
  }

  @Test func `a nested one is undone alone`() async throws {
    try await withTestDatabase(migrations: [Self.accounts]) { database, _ in
      try await database.transaction { transaction in
        try await transaction.execute("update accounts set balance = 1 where id = 1")
        await #expect(throws: PostgresError.self) {
          try await transaction.nested { inner in
            try await inner.execute("update accounts set balance = 9")
            try await inner.execute("select 1 / 0")
          }
        }
        try await transaction.nested { try await $0.execute("update accounts set balance = 2 where id = 2") }
      }
      #expect(try await Self.balances(database) == [1, 2])
    }
  }

  @Test func `two that deadlock both succeed, one of them at the second try`() async throws {
    try await withTestDatabase(migrations: [Self.accounts]) { database, loops in
      let meeting = Meeting(of: 2)
      let attempts = Count()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (first, second) in [(1, 2), (2, 1)] {
          let tries = Count()
          group.addTask(executorPreference: loops.next()) {
            try await database.transaction { transaction in
              attempts.increment()
              try await transaction.execute("update accounts set balance = balance + 1 where id = \(first)")
              if tries.increment() == 1 {
                await meeting.arrive()
              }
              try await transaction.execute("update accounts set balance = balance + 1 where id = \(second)")
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(attempts.value == 3)
      #expect(try await Self.balances(database) == [2, 2])
    }
  }

  @Test func `two that cannot be put in order both succeed, one of them at the second try`() async throws {
    try await withTestDatabase(migrations: [Self.accounts]) { database, loops in
      let meeting = Meeting(of: 2)
      let attempts = Count()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for id in [1, 2] {
          let tries = Count()
          group.addTask(executorPreference: loops.next()) {
            try await database.transaction(.serializable) { transaction in
              attempts.increment()
              let sum = try await Self.balances(transaction).reduce(0, +)
              if tries.increment() == 1 {
                await meeting.arrive()
              }
              try await transaction.execute("update accounts set balance = \(sum + 1) where id = \(id)")
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(attempts.value >= 3)
      #expect(try await Self.balances(database).sorted() == [1, 2])
    }
  }

  @Test func `the number of tries has an end`() async throws {
    var configuration = PoolConfiguration()
    configuration.transactionAttemptsMax = 3
    try await withTestDatabase(loops: 1, configuration: configuration) { database, _ in
      let attempts = Count()
      let error = await #expect(throws: PostgresError.self) {
        try await database.transaction { transaction in
          attempts.increment()
          try await transaction.execute("do $$ begin raise sqlstate '40001'; end $$")
        }
      }
      #expect(error?.isTransient == true)
      #expect(attempts.value == 3)
    }
  }

  @Test func `an advisory lock keeps a second transaction out until the first ends`() async throws {
    try await withTestDatabase { database, _ in
      try await database.transaction { first in
        let isFirstLocked = try await first.tryLock(7)
        let isSecondLocked = try await database.transaction { second in try await second.tryLock(7) }
        #expect(isFirstLocked && !isSecondLocked)
      }
      let isThirdLocked = try await database.transaction { third in try await third.tryLock(7) }
      #expect(isThirdLocked)
    }
  }

  @Test func `a transaction kept too long is refused, its isolation is as asked`() async throws {
    try await withTestDatabase(loops: 1) { database, _ in
      let kept = try await database.transaction(.repeatableRead, readOnly: true) { transaction in
        let level = try await transaction.values("select current_setting('transaction_isolation')", as: String.self)
        #expect(level == ["repeatable read"])
        await #expect(throws: PostgresError.self) {
          try await transaction.nested { try await $0.execute("create table no (a int)") }
        }
        return transaction
      }
      let error = await #expect(throws: PostgresError.self) { try await kept.execute("select 1") }
      #expect(error?.sqlState == "25P01")
    }
  }
}
