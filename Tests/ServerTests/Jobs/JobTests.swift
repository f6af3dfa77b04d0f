// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import JSON
import Market
import Observability
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import soukd

/// A piece of work that tests ask for.
private struct Errand: Job {
  static let kind = "test.errand"
  var number: Int
}

/// Work that somebody waits for.
private struct UrgentErrand: Job {
  static let kind = "test.urgent_errand"
  static let isUrgent = true
}

/// What was done, how often, and how many at once.
private final class Diary: Sendable {
  private struct State {
    var done: [Int] = []
    var running: Set<Int> = []
    var doubled: [Int] = []
  }
  private let state = Mutex(State())
  var done: [Int] { state.withLock { $0.done } }
  var doubled: [Int] { state.withLock { $0.doubled } }
  func begin(_ number: Int) { state.withLock { if !$0.running.insert(number).inserted { $0.doubled.append(number) } } }
  func end(_ number: Int) {
    state.withLock { state in
      state.running.remove(number)
      state.done.append(number)
    }
  }
}

private struct Mishap: Error {}

@Suite(.timeLimit(.minutes(2))) struct JobTests {
  private func worker(
    _ database: Database, _ loop: EventLoop, schedules: [Schedule] = [],
    _ handle: @escaping @Sendable (Errand) async throws -> Void
  ) -> Worker {
    var handlers = JobHandlers()
    handlers.add(Errand.self, handle)
    // Whoever is not woken sleeps longer than any test may take.
    return Worker(
      database, handlers: handlers, schedules: schedules, log: Logger(level: .error), loop: loop,
      restMilliseconds: 600_000)
  }

  /// Waits until a condition holds; the suite's limit ends what never does.
  private func wait(_ loop: EventLoop, until condition: () async throws -> Bool) async throws {
    while try await !condition() { try await loop.sleep(for: .milliseconds(5)) }
  }

  @Test func `what is urgent waits neither in line nor for a long job`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, loops in
      let loop = loops.loops[0]
      let begun = Mutex(false)
      let isDone = Mutex(false)
      var handlers = JobHandlers()
      // Each ordinary job lasts until the urgent one is done.
      handlers.add(Errand.self) { _ in
        begun.withLock { $0 = true }
        try await self.wait(loop) { isDone.withLock { $0 } }
      }
      handlers.add(UrgentErrand.self) { _ in isDone.withLock { $0 = true } }
      for number in 0..<3 { try await Jobs.add(Errand(number: number), in: database) }
      let worker = Worker(database, handlers: handlers, schedules: [], log: Logger(level: .error), loop: loop)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await worker.run(database) }
        try await self.wait(loop) { begun.withLock { $0 } }
        try await Jobs.add(UrgentErrand(), in: database)
        try await self.wait(loop) {
          try await database.first("select count(*) from jobs") { row in try row.next(Int.self) } == 0
        }
        group.cancelAll()
      }
      #expect(isDone.withLock { $0 })
    }
  }

  @Test func `many workers do every job once, and none at the same time`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, loops in
      let diary = Diary()
      for number in 0..<60 { try await Jobs.add(Errand(number: number), in: database) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<4 {
          let loop = loops.loops[index % 2]
          let worker = worker(database, loop) { errand in
            diary.begin(errand.number)
            try await loop.sleep(for: .milliseconds(2))
            diary.end(errand.number)
          }
          group.addTask(executorPreference: loop) { await worker.run(database) }
        }
        try await wait(loops.loops[0]) { try await JobQueue(database: database).depth().waiting == 0 }
        group.cancelAll()
      }
      #expect(diary.done.sorted() == Array(0..<60))
      #expect(diary.doubled.isEmpty)
    }
  }

  @Test func `a job exists when its transaction commits, and not when it does not`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, _ in
      await #expect(throws: Mishap.self) {
        try await database.transaction { transaction in
          try await Jobs.add(Errand(number: 1), in: transaction)
          throw Mishap()
        }
      }
      #expect(try await JobQueue(database: database).take() == nil)
      try await database.transaction { try await Jobs.add(Errand(number: 2), in: $0) }
      let taken = try #require(try await JobQueue(database: database).take())
      #expect(taken.payload == #"{"number":2}"# && taken.attempt == 1)
    }
  }

  @Test func `a failed job comes back later and later, and is buried in the end`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, loops in
      let queue = JobQueue(database: database)
      try await Jobs.add(Errand(number: 1), in: database)
      let worker = worker(database, loops.loops[0]) { _ in throw Mishap() }
      var delays: [Int] = []
      for attempt in 1...JobRetry.attemptsMax {
        #expect(try await worker.step())
        #expect(try await worker.step() == false)
        let delay = try await database.first(
          "select attempts, extract(epoch from run_at - now())::int, last_error from jobs"
        ) { row in (try row.next(Int.self), try row.next(Int.self), try row.next(String.self)) }
        #expect(delay?.0 == attempt && delay?.2.contains("Mishap") == true)
        delays.append(delay?.1 ?? 0)
        try await database.execute("update jobs set run_at = now()")
      }
      for (attempt, delay) in delays.enumerated() {
        let base = min(3600, 2 << attempt)
        #expect((base / 2 - 1...base + 1).contains(delay), "\(attempt) \(delay)")
      }
      #expect(try await worker.step() == false)
      let depth = try await queue.depth()
      #expect(depth.waiting == 0 && depth.dead == 1)
    }
  }

  @Test func `a job whose worker died is taken again when its lease is over`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, _ in
      let queue = JobQueue(database: database)
      try await Jobs.add(Errand(number: 1), in: database)
      let lost = try #require(try await queue.take())
      #expect(try await queue.take() == nil)
      let lease = try await database.first("select extract(epoch from run_at - now())::int from jobs") {
        try $0.next(Int.self)
      }
      #expect((JobRetry.leaseSeconds - 5...JobRetry.leaseSeconds).contains(lease ?? 0))
      try await database.execute("update jobs set run_at = now()")
      let again = try #require(try await queue.take())
      #expect(again.id == lost.id && again.attempt == 2)
      // The first worker, if it lives after all, no longer decides about the job.
      try await queue.finish(lost)
      try await queue.fail(lost, "late", spread: 0)
      #expect(try await queue.depth().waiting == 1)
      try await queue.finish(again)
      #expect(try await queue.depth().waiting == 0)
    }
  }

  @Test func `a job whose handler was cancelled from within is a failure, and the worker goes on`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, loops in
      let diary = Diary()
      try await Jobs.add(Errand(number: 1), in: database)
      let worker = worker(database, loops.loops[0]) { errand in
        if errand.number == 1 { throw CancellationError() }
        diary.end(errand.number)
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask(executorPreference: loops.loops[0]) { await worker.run(database) }
        try await wait(loops.loops[0]) {
          try await database.first("select last_error from jobs") { try $0.next(String?.self) } ?? nil != nil
        }
        try await Jobs.add(Errand(number: 2), in: database)
        try await wait(loops.loops[0]) { diary.done == [2] }
        group.cancelAll()
      }
    }
  }

  @Test func `a worker that is stopped gives its job back at once`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, loops in
      let diary = Diary()
      let worker = worker(database, loops.loops[0]) { errand in
        diary.end(errand.number)
        try await loops.loops[0].sleep(for: .seconds(60))
      }
      try await Jobs.add(Errand(number: 1), in: database)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask(executorPreference: loops.loops[0]) { await worker.run(database) }
        try await wait(loops.loops[0]) { diary.done == [1] }
        group.cancelAll()
      }
      let taken = try #require(try await JobQueue(database: database).take())
      #expect(taken.attempt == 1)
    }
  }

  @Test func `a sleeping worker is woken by a new job, and rests when there is none`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, loops in
      let diary = Diary()
      let worker = worker(database, loops.loops[0]) { diary.end($0.number) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask(executorPreference: loops.loops[0]) { await worker.run(database) }
        try await Jobs.add(Errand(number: 0), in: database)
        try await wait(loops.loops[0]) { diary.done == [0] }
        // Timers that end before a ring, and rings before a timer, must leave the alarm whole.
        for number in 1...3 {
          try await Jobs.add(Errand(number: number), afterSeconds: number == 2 ? 1 : 0, in: database)
          try await wait(loops.loops[0]) { diary.done.count == number + 1 }
        }
        // At rest it asks nothing.
        try await wait(loops.loops[0]) {
          let before = database.statistics.statements
          try await loops.loops[0].sleep(for: .milliseconds(500))
          return database.statistics.statements == before
        }
        group.cancelAll()
      }
      #expect(diary.done == [0, 1, 2, 3])
    }
  }

  @Test func `a job of an unknown kind, or that cannot be read, fails and waits`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, loops in
      let worker = worker(database, loops.loops[0]) { _ in }
      try await database.execute("insert into jobs (kind, payload) values ('test.unheard', '{}'), ('test.errand', '{')")
      while try await worker.step() {}
      let errors = try await database.query("select last_error from jobs where attempts = 1 order by id") { row in
        try row.next(String.self)
      }
      #expect(errors.count == 2 && errors[0].contains("test.unheard"))
    }
  }

  @Test func `work in turns is leased once among many, and next due after its time`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, loops in
      let diary = Diary()
      let schedule = Schedule(name: "sweep", everySeconds: 3600) {
        diary.begin(1)
        try await loops.loops[0].sleep(for: .milliseconds(30))
        diary.end(1)
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<4 {
          let worker = worker(database, loops.loops[index % 2], schedules: [schedule]) { _ in }
          group.addTask(executorPreference: loops.loops[index % 2]) { await worker.run(database) }
        }
        try await wait(loops.loops[0]) {
          try await ScheduleBook(database: database).health().first?.secondsSinceFinished != nil
        }
        try await loops.loops[0].sleep(for: .milliseconds(100))
        group.cancelAll()
      }
      #expect(diary.done == [1] && diary.doubled.isEmpty)
      let due = try await database.first("select extract(epoch from next_at - now())::int from schedules") {
        try $0.next(Int.self)
      }
      #expect((3590...3600).contains(due ?? 0))
    }
  }

  @Test func `a lost lease of a schedule ends nothing`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, _ in
      let book = ScheduleBook(database: database)
      try await book.enter([Schedule(name: "a", everySeconds: 60) {}, Schedule(name: "b", everySeconds: 60) {}])
      try await book.enter([Schedule(name: "a", everySeconds: 90) {}])
      let first = try #require(try await book.lease())
      #expect(first.name == "a")
      #expect(try await book.lease() == nil)
      try await database.execute("update schedules set leased_until = now() - interval '1 second'")
      let second = try #require(try await book.lease())
      try await book.finish(first, failure: nil)
      #expect(try await book.lease() == nil)
      #expect(try await book.health().first?.secondsSinceFinished == nil)
      try await book.finish(second, failure: "it rained")
      #expect(try await book.health().map(\.lastError) == ["it rained"])
    }
  }

  @Test func `the house's own schedules run`() async throws {
    try await withTestDatabase(migrations: Migrations.all) { database, loops in
      try await database.execute(
        """
        insert into answered_requests (principal, key, fingerprint, status, headers, sealed_body, answered_at)
        select 'p', k, '', 200, '{}', '', now() - (k::int * interval '1 hour') from unnest(array['1', '23', '25']) k
        """)
      try await database.execute(
        """
        insert into guests (id, sealed, blind, created_at)
        values ('gst_0000000000000000', '', '', now() - interval '182 days'),
          ('gst_0000000000000001', '', '', now())
        """)
      try await fillIdentity(database)
      let worker = worker(database, loops.loops[0], schedules: Housekeeping.schedules(database)) { _ in }
      try await ScheduleBook(database: database).enter(Housekeeping.schedules(database))
      while try await worker.step() {}
      let health = try await ScheduleBook(database: database).health()
      #expect(health.count == Housekeeping.schedules(database).count)
      #expect(health.allSatisfy { $0.lastError == nil && $0.secondsSinceFinished != nil })
      let kept = try await database.query("select key from answered_requests order by key::int") {
        try $0.next(String.self)
      }
      #expect(kept == ["1", "23"])
      #expect(try await database.values("select id from guests", as: String.self) == ["gst_0000000000000001"])
      #expect(try await database.values("select id from sign_in_codes", as: String.self) == ["new"])
      #expect(try await database.values("select name from sign_in_limits", as: [UInt8].self) == [[1]])
      #expect(
        try await database.values("select device from sessions order by device", as: String.self) == [
          "ended lately", "idle", "used",
        ])
      #expect(try await database.values("select count(*) from refresh_tokens", as: Int.self) == [3])
    }
  }

  /// Codes, limits and sessions, some of which are over for long.
  private func fillIdentity(_ database: Database) async throws {
    let account = Account.ID.random()
    try await database.execute("insert into accounts (id, name, roles) values (\(account.text), 'x', '{buyer}')")
    try await database.execute(
      """
      insert into sign_in_codes (id, kind, blind, sealed_contact, hash, expires_at)
      values ('old', 'email', '', '', '', now() - interval '2 hours'), ('new', 'email', '', '', '', now())
      """)
    try await database.execute(
      "insert into sign_in_limits values ('\\x00', 0, now() - interval '25 hours'), ('\\x01', 0, now())")
    for (device, used, ended) in [
      ("used", 0, nil), ("idle", 89, nil), ("idle for long", 91, nil), ("ended lately", 29, 29), ("ended", 31, 31),
    ] as [(String, Int, Int?)] {
      let id = OpenSession.ID.random()
      try await database.execute(
        """
        insert into sessions (id, account, device, last_used_at, ended_at)
        values (\(id.text), \(account.text), \(device), now() - \(used) * interval '1 day',
          now() - \(ended)::int8 * interval '1 day')
        """)
      try await database.execute(
        "insert into refresh_tokens (hash, session) values (\(Array(id.text.utf8)), \(id.text))")
    }
  }
}
