// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import JSON
import Observability
import Postgres
import Synchronization

/// Runs jobs and schedules until its task is cancelled. Woken by the database; asleep otherwise.
final class Worker: Sendable {
  private let queue: JobQueue
  private let book: ScheduleBook
  private let schedules: [Schedule]
  private let handlers: [String: @Sendable ([UInt8]) async throws -> Void]
  private let log: Logger
  private let loop: EventLoop
  private let alarm = Alarm()

  init(_ database: Database, handlers: JobHandlers, schedules: [Schedule], log: Logger, loop: EventLoop) {
    queue = JobQueue(database: database)
    book = ScheduleBook(database: database)
    self.handlers = handlers.byKind
    self.schedules = schedules
    self.log = log
    self.loop = loop
  }

  func run(_ database: Database) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for await _ in database.listen(["jobs"]) { self.alarm.ring() } }
      group.addTask { await self.work() }
    }
  }

  /// Does everything that is due, then sleeps until something is.
  private func work() async {
    var isEntered = false
    while !Task.isCancelled {
      do {
        if !isEntered { try await book.enter(schedules) }
        isEntered = true
        while try await step() { if Task.isCancelled { return } }
        let due = try await queue.nextDueMilliseconds()
        await alarm.wait(atMost: .milliseconds(min(max(due ?? 30_000, 10), 30_000)), on: loop)
      } catch is CancellationError {
        return
      } catch {
        log.warning("workers wait for the database", ["reason": .string(String(describing: error))])
        await alarm.wait(atMost: .seconds(2), on: loop)
      }
    }
  }

  /// Runs one job and one schedule; false when nothing was due.
  func step() async throws -> Bool {
    let job = try await queue.take()
    if let job { try await run(job) }
    let name = try await book.lease()
    if let name { try await runSchedule(name) }
    return job != nil || name != nil
  }

  private func run(_ job: JobQueue.Taken) async throws {
    do {
      guard let handler = handlers[job.kind] else { throw UnknownJob(kind: job.kind) }
      try await handler(Array(job.payload.utf8))
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      let reason = String(describing: error)
      log.warning("a job failed", ["kind": .string(job.kind), "attempt": .int(job.attempt), "reason": .string(reason)])
      try await queue.fail(job, reason, spread: Double.random(in: 0...1))
      return
    }
    try await queue.finish(job)
  }

  private func runSchedule(_ name: String) async throws {
    var failure: String?
    do { try await schedules.first { $0.name == name }?.run() } catch is CancellationError {
      throw CancellationError()
    } catch {
      failure = String(describing: error)
      log.warning("a schedule failed", ["schedule": .string(name), "reason": .string(failure ?? "")])
    }
    try await book.finish(name, failure: failure)
  }
}

struct UnknownJob: Error, CustomStringConvertible {
  var kind: String
  var description: String { "this server knows no job of kind \(kind)" }
}

/// What does the jobs of each kind.
struct JobHandlers: Sendable {
  private(set) var byKind: [String: @Sendable ([UInt8]) async throws -> Void] = [:]

  mutating func add<Work: Job>(_ type: Work.Type, _ handle: @escaping @Sendable (Work) async throws -> Void) {
    byKind[Work.kind] = { payload in
      var decoder = JSONDecoder()
      decoder.unknownKeys = .ignore
      try await handle(try decoder.decode(Work.self, from: payload))
    }
  }
}

/// Wakes one sleeper; a ring while nobody sleeps is kept for the next.
final class Alarm: Sendable {
  private struct State {
    var isRung = false
    var sleeper: AsyncStream<Void>.Continuation?
  }

  private let state = Mutex(State())

  func ring() {
    state.withLock { state in
      state.isRung = true
      state.sleeper?.finish()
    }
  }

  func wait(atMost limit: Duration, on loop: EventLoop) async {
    // Each wait has a stream of its own: to cancel the reader of a stream ends it for good.
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    let isRung = state.withLock { state in
      if !state.isRung { state.sleeper = continuation }
      return state.isRung
    }
    if !isRung {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { for await _ in stream {} }
        group.addTask { try? await loop.sleep(for: limit) }
        await group.next()
        group.cancelAll()
      }
    }
    state.withLock { $0 = State() }
  }
}
