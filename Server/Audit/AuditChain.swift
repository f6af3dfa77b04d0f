// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Postgres

/// Checks the audit log: every entry anew, apart from the database's own functions.
enum AuditChain {
  struct Outcome: Sendable {
    var entries = 0
    /// The first entry that is not what it was.
    var fault: Int64?

    /// Said of a log that is whole.
    var words: String { "The audit log is whole: \(entries == 1 ? "1 entry" : "\(entries) entries")." }
  }

  static func verify(_ database: Database) async throws -> Outcome {
    var outcome = Outcome()
    var previous = SHA256.hash("souk audit log")
    while true {
      let entries = try await database.query(
        """
        select number, at_microseconds, actor, action, subject, detail, previous, hash
        from audit_log
        where number > \(Int64(outcome.entries))
        order by number
        limit 2000
        """, AuditChain.read)
      if entries.isEmpty { return outcome }
      for entry in entries {
        guard entry.number == Int64(outcome.entries) + 1, entry.previous == previous,
          entry.hash == SHA256.hash(previous + entry.text)
        else {
          outcome.fault = Int64(outcome.entries) + 1
          return outcome
        }
        previous = entry.hash
        outcome.entries += 1
      }
    }
  }

  private struct Entry: Sendable {
    var number: Int64
    var fields: [String]
    var previous: [UInt8]
    var hash: [UInt8]

    /// What is hashed: every field with its length before it.
    var text: [UInt8] { Array(fields.map { "\($0.utf8.count):\($0)" }.joined(separator: ",").utf8) }
  }

  private static func read(_ row: inout RowReader) throws -> Entry {
    let number = try row.next(Int64.self)
    let moment = try row.next(Int64.self)
    let words = [
      try row.next(String.self), try row.next(String.self), try row.next(String.self), try row.next(String.self),
    ]
    return Entry(
      number: number, fields: [String(number), String(moment)] + words, previous: try row.next([UInt8].self),
      hash: try row.next([UInt8].self))
  }
}

struct AuditFault: Error, CustomStringConvertible {
  var entry: Int64
  var description: String {
    "the audit log was altered: entry \(entry) is missing or is not what was written. Compare it with a backup."
  }
}
