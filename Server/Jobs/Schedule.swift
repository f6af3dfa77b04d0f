// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Work that recurs. Schedules are enabled by being listed.
struct Schedule: Sendable {
  var name: String
  var everySeconds: Int
  var run: @Sendable () async throws -> Void
}

/// The table of schedules: when each is due, who holds it, and how the last run went.
struct ScheduleBook: Sendable {
  let database: Database

  /// Writes down schedules that are new and forgets those that the program no longer has.
  func enter(_ schedules: [Schedule]) async throws {
    for schedule in schedules {
      try await database.execute(
        """
        insert into schedules (name, every)
        values (\(schedule.name), \(schedule.everySeconds) * interval '1 second')
        on conflict (name) do update set every = excluded.every where schedules.every <> excluded.every
        """)
    }
    try await database.execute("delete from schedules where not (name = any (\(schedules.map(\.name))))")
  }

  struct Lease: Sendable, Equatable {
    var name: String
    /// When it was taken: who took it later has another one.
    var startedAt: Timestamp
  }

  /// Leases one schedule that is due. A server that dies loses its lease after five minutes.
  func lease() async throws -> Lease? {
    try await database.first(
      """
      update schedules
      set leased_until = now() + interval '5 minutes', last_started_at = now()
      where name = (
        select name from schedules
        where next_at <= now() and (leased_until is null or leased_until < now())
        order by next_at
        for update skip locked
        limit 1)
      returning name, last_started_at
      """
    ) { row in Lease(name: try row.next(String.self), startedAt: try row.nextTimestamp()) }
  }

  /// Writes down how it went, unless the lease was lost meanwhile.
  func finish(_ lease: Lease, failure: String?) async throws {
    try await database.execute(
      """
      update schedules
      set leased_until = null, next_at = now() + every, last_finished_at = now(), last_error = \(failure)
      where name = \(lease.name) and last_started_at = \(moment: lease.startedAt.microseconds)
      """)
  }

  struct Health: Sendable {
    var name: String
    var secondsSinceFinished: Int?
    var lastError: String?
  }

  func health() async throws -> [Health] {
    try await database.query(
      "select name, extract(epoch from now() - last_finished_at)::bigint, last_error from schedules order by name"
    ) { row in
      Health(
        name: try row.next(String.self), secondsSinceFinished: try row.next(Int?.self),
        lastError: try row.next(String?.self))
    }
  }
}
