// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// What is swept away when nobody can need it any more.
enum Housekeeping {
  static func schedules(_ database: Database) -> [Schedule] {
    [
      Schedule(name: "forget answered requests", everySeconds: 3600) {
        try await database.execute("delete from answered_requests where answered_at < now() - interval '24 hours'")
      },
      Schedule(name: "forget old events", everySeconds: 6 * 3600) {
        try await database.execute("delete from events where at < now() - interval '30 days'")
      },
      Schedule(name: "forget codes", everySeconds: 3600) {
        try await database.execute("delete from sign_in_codes where expires_at < now() - interval '1 hour'")
      },
      // The slowest bucket is full again after fifty minutes: no row says the same.
      Schedule(name: "forget limits of signing in", everySeconds: 3600) {
        try await database.execute("delete from sign_in_limits where at < now() - interval '1 day'")
      },
      // With their tokens. A month later nobody asks any more who was signed in where; the audit log has it.
      Schedule(name: "forget sessions that are over", everySeconds: 24 * 3600) {
        // Owner: nobody; they can neither be used nor seen.
        try await database.execute(
          """
          delete from sessions
          where ended_at < now() - interval '30 days'
            or last_used_at < now() - \(OpenSession.idleSecondsMax) * interval '1 second' - interval '30 days'
          """)
      },
      Schedule(name: "forget devices that asked", everySeconds: 3600) {
        try await database.execute("delete from device_grants where expires_at < now() - interval '1 hour'")
      },
      Schedule(name: "forget attempts with providers", everySeconds: 3600) {
        try await database.execute("delete from provider_attempts where expires_at < now()")
      },
      Schedule(name: "forget guests", everySeconds: 24 * 3600) { try await ForgetGuests()(database) },
      Schedule(name: "forget revoked keys", everySeconds: 24 * 3600) {
        // Owner: everybody; what is revoked belongs to nobody any more. The audit log keeps what was done.
        try await database.execute("delete from api_keys where revoked_at < now() - interval '90 days'")
      },
      Schedule(name: "forget old changes of the search", everySeconds: 6 * 3600) {
        try await SearchFeed(database: database).forget(olderThanDays: 7)
      },
      Schedule(name: "forget dead jobs", everySeconds: 24 * 3600) {
        try await database.execute("delete from jobs where dead_at < now() - interval '30 days'")
      },
    ]
  }
}
