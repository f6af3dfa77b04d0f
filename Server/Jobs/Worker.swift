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
  private let restMilliseconds: Int
  private let alarms: [JobLane: Alarm] = [.all: Alarm(), .urgent: Alarm()]

  /// `restMilliseconds`: how long it sleeps at most, in case the database's word was lost.
  init(
    _ database: Database, handlers: JobHandlers, schedules: [Schedule], log: Logger, loop: EventLoop,
    restMilliseconds: Int = 30_000
  ) {
    queue = JobQueue(database: database)
    book = ScheduleBook(database: database)
    self.handlers = handlers.byKind
    self.schedules = schedules
    self.log = log
    self.loop = loop
    self.restMilliseconds = restMilliseconds
  }

  func run(_ database: Database) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await _ in database.listen(["jobs"]) { for alarm in self.alarms.values { alarm.ring() } }
      }
      for (lane, alarm) in self.alarms { group.addTask { await self.work(lane, alarm) } }
    }
  }

  /// Does everything of a lane that is due, then sleeps until something is.
  private func work(_ lane: JobLane, _ alarm: Alarm) async {
    var isEntered = lane == .urgent
    while !Task.isCancelled {
      do {
        if !isEntered { try await book.enter(schedules) }
        isEntered = true
        while try await step(lane) { if Task.isCancelled { return } }
        let due = try await queue.nextDueMilliseconds(lane)
        let rest = min(max(due ?? restMilliseconds, 10), restMilliseconds)
        await alarm.wait(atMost: .milliseconds(rest), on: loop)
      } catch {
        if Task.isCancelled { return }
        log.warning("workers wait for the database", ["reason": .string(String(describing: error))])
        await alarm.wait(atMost: .seconds(2), on: loop)
      }
    }
  }

  /// Runs one job and, in the lane of all, one schedule; false when nothing was due.
  func step(_ lane: JobLane = .all) async throws -> Bool {
    let job = try await queue.take(lane)
    if let job { try await run(job) }
    if lane == .urgent { return job != nil }
    let lease = try await book.lease()
    if let lease { try await runSchedule(lease) }
    return job != nil || lease != nil
  }

  private func run(_ job: JobQueue.Taken) async throws {
    do {
      guard let handler = handlers[job.kind] else { throw UnknownJob(kind: job.kind) }
      try await handler(Array(job.payload.utf8))
    } catch {
      if Task.isCancelled {
        await giveBack(job)
        throw CancellationError()
      }
      let reason = String(describing: error)
      log.warning("a job failed", ["kind": .string(job.kind), "attempt": .int(job.attempt), "reason": .string(reason)])
      try await queue.fail(job, reason, spread: Double.random(in: 0...1))
      return
    }
    try await queue.finish(job)
  }

  /// A worker that is told to stop leaves its job to the others at once; the task that asks is cancelled already.
  private func giveBack(_ job: JobQueue.Taken) async {
    let queue = queue
    do { try await Task { try await queue.giveBack(job) }.value } catch {
      log.warning("a job waits for the end of its lease", ["reason": .string(String(describing: error))])
    }
  }

  private func runSchedule(_ lease: ScheduleBook.Lease) async throws {
    var failure: String?
    do { try await schedules.first { $0.name == lease.name }?.run() } catch {
      if Task.isCancelled { throw CancellationError() }
      failure = String(describing: error)
      log.warning("a schedule failed", ["schedule": .string(lease.name), "reason": .string(failure ?? "")])
    }
    try await book.finish(lease, failure: failure)
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
    var sleeper: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  func ring() {
    let sleeper = state.withLock { state in
      defer { state.sleeper = nil }
      if state.sleeper == nil { state.isRung = true }
      return state.sleeper
    }
    sleeper?.resume()
  }

  func wait(atMost limit: Duration, on loop: EventLoop) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        do { try await loop.sleep(for: limit) } catch { return }
        self.ring()
      }
      await sleep()
      group.cancelAll()
    }
  }

  private func sleep() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isRung = state.withLock { state in
          defer { state.isRung = false }
          if !state.isRung { state.sleeper = continuation }
          return state.isRung
        }
        if isRung { continuation.resume() }
      }
    } onCancel: {
      ring()
    }
  }
}
