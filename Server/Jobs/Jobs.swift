// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Postgres

// The map of background work:
//   Job        a piece of work as a value; its kind and payload are a row
//   Jobs       writes jobs, in the transaction that needs them done: the outbox
//   JobQueue   takes, finishes, postpones and buries rows; any number of workers on any number of machines
//   Schedule   work that recurs; one server at a time holds its lease
//   Worker     runs both until its task is cancelled

/// A piece of work that is done at least once after the transaction that asked for it has committed.
/// Running it twice does no harm.
protocol Job: Codable, Sendable {
  static var kind: String { get }
  /// Somebody waits for it: it goes before others, and has a lane of its own while a long one runs.
  static var isUrgent: Bool { get }
}

extension Job {
  static var isUrgent: Bool { false }
}

/// Writes jobs.
enum Jobs {
  static func add(_ job: some Job, afterSeconds: Int = 0, in runner: some SQLRunner) async throws {
    let payload = String(decoding: try JSONEncoder().encode(job), as: UTF8.self)
    try await runner.execute(
      """
      insert into jobs (kind, is_urgent, payload, run_at)
      values (\(type(of: job).kind), \(type(of: job).isUrgent), \(payload), now() + \(afterSeconds) * interval '1 second')
      """)
  }
}

/// How often a job is tried, and how long after each failure.
struct JobRetry: Sendable {
  static let attemptsMax = 12
  /// A worker that takes longer than this is taken for dead, and its job is given to another.
  static let leaseSeconds = 300

  /// 2, 4, 8 … seconds up to an hour, spread so that many do not come back at once. `spread` is from 0 to 1.
  static func delaySeconds(afterAttempt attempt: Int, spread: Double) -> Int {
    let base = min(3600, 1 << min(attempt, 12))
    return base / 2 + Int(Double(base) / 2 * spread) + 1
  }
}
