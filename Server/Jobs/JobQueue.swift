// SPDX-License-Identifier: GPL-3.0-or-later
import Postgres

/// Which jobs somebody takes.
enum JobLane: Sendable, CaseIterable { case all, urgent }

/// The table of jobs as a queue. A taken job stays in the table with a later `run_at`: its lease.
struct JobQueue: Sendable {
  let database: Database

  struct Taken: Sendable {
    var id: Int
    var kind: String
    var payload: String
    /// This attempt's number, from 1.
    var attempt: Int
  }

  /// Takes the job that has waited longest, urgent ones first. Rows that others hold are passed over, not waited for.
  func take(_ lane: JobLane = .all) async throws -> Taken? {
    let ofLane: SQL = lane == .urgent ? "and is_urgent" : ""
    return try await database.first(
      """
      update jobs
      set attempts = attempts + 1, run_at = now() + \(JobRetry.leaseSeconds) * interval '1 second'
      where id = (
        select id from jobs
        where dead_at is null and run_at <= now() \(ofLane)
        order by is_urgent desc, run_at, id
        for update skip locked
        limit 1)
      returning id, kind, payload, attempts
      """
    ) { row in
      Taken(
        id: try row.next(Int.self), kind: try row.next(String.self), payload: try row.next(String.self),
        attempt: try row.next(Int.self))
    }
  }

  func finish(_ job: Taken) async throws {
    try await database.execute("delete from jobs where id = \(job.id) and attempts = \(job.attempt)")
  }

  /// Gives the job back as if it had not been taken.
  func giveBack(_ job: Taken) async throws {
    try await database.execute(
      "update jobs set attempts = attempts - 1, run_at = now() where id = \(job.id) and attempts = \(job.attempt)")
    try await database.execute("select pg_notify('jobs', '')")
  }

  /// Gives the job back for later, or buries it when it has failed too often.
  func fail(_ job: Taken, _ reason: String, spread: Double) async throws {
    let isDead = job.attempt >= JobRetry.attemptsMax
    let delay = JobRetry.delaySeconds(afterAttempt: job.attempt, spread: spread)
    try await database.execute(
      """
      update jobs
      set last_error = \(reason), run_at = now() + \(delay) * interval '1 second',
        dead_at = case when \(isDead) then now() end
      where id = \(job.id) and attempts = \(job.attempt)
      """)
  }

  /// Milliseconds until the next job or schedule is due; nil when nothing waits.
  func nextDueMilliseconds(_ lane: JobLane = .all) async throws -> Int? {
    let others: SQL =
      lane == .urgent ? "and is_urgent" : "union all select min(greatest(next_at, leased_until)) from schedules"
    return try await database.first(
      """
      select (extract(epoch from min(at) - now()) * 1000)::bigint
      from (
        select min(run_at) as at from jobs where dead_at is null \(others)) due
      """
    ) { row in try row.next(Int?.self) } ?? nil
  }

  struct Depth: Sendable {
    var waiting = 0
    var dead = 0
  }

  func depth() async throws -> Depth {
    try await database.first(
      "select count(*) filter (where dead_at is null), count(*) filter (where dead_at is not null) from jobs"
    ) { row in Depth(waiting: try row.next(Int.self), dead: try row.next(Int.self)) } ?? Depth()
  }
}
