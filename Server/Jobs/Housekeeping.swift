// SPDX-License-Identifier: GPL-3.0-or-later
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
      Schedule(name: "forget devices that asked", everySeconds: 3600) {
        try await database.execute("delete from device_grants where expires_at < now() - interval '1 hour'")
      },
      Schedule(name: "forget attempts with providers", everySeconds: 3600) {
        try await database.execute("delete from provider_attempts where expires_at < now()")
      },
      Schedule(name: "forget guests", everySeconds: 24 * 3600) { try await ForgetGuests()(database) },
      Schedule(name: "forget dead jobs", everySeconds: 24 * 3600) {
        try await database.execute("delete from jobs where dead_at < now() - interval '30 days'")
      },
    ]
  }
}
