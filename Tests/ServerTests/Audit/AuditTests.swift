// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres
import Testing

@testable import soukd

/// The chain of the audit log.
struct AuditTests {
  private func fill(_ market: TestMarket, _ count: Int) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<count {
        group.addTask {
          try await market.database.transaction { transaction in
            try await AuditLog.append(
              .sessionEnded, by: market.buyer, subject: "s\(number)",
              .object([("why", .string("a \"quote\", ü and \(number)"))]), in: transaction)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `entries written in parallel make one whole chain`() async throws {
    try await withMarket { market in
      try await fill(market, 40)
      let outcome = try await AuditChain.verify(market.database)
      #expect(outcome.entries == 40 && outcome.fault == nil)
    }
  }

  @Test(arguments: [(0, "0 entries"), (1, "1 entry"), (2, "2 entries")])
  func `a log that is whole says how long it is`(entries: Int, words: String) {
    #expect(AuditChain.Outcome(entries: entries).words == "The audit log is whole: \(words).")
  }

  @Test func `entries cannot be changed or removed`() async throws {
    try await withMarket { market in
      try await fill(market, 3)
      for statement: SQL in ["update audit_log set actor = 'x'", "delete from audit_log", "truncate audit_log"] {
        await #expect(throws: PostgresError.self) { try await market.database.execute(statement) }
      }
      #expect(try await AuditChain.verify(market.database).entries == 3)
    }
  }

  /// By whoever owns the database and turns the trigger off.
  @Test(arguments: [
    ("update audit_log set subject = 'x' where number = 5", 5),
    ("update audit_log set at_microseconds = 1 where number = 7", 7),
    ("delete from audit_log where number = 4", 4), ("update audit_log set hash = sha256('x') where number = 10", 10),
    ("update audit_log set detail = detail || ' ' where number = 1", 1),
    ("update audit_log a set number = 11 - number where number in (5, 6)", 5),
  ])
  func `any alteration is found`(statement: String, fault: Int) async throws {
    try await withMarket { market in
      try await fill(market, 10)
      try await market.database.execute("alter table audit_log disable trigger user")
      try await market.database.execute("alter table audit_log drop constraint audit_log_pkey")
      try await market.database.execute(SQL(unescaped: statement))
      #expect(try await AuditChain.verify(market.database).fault == Int64(fault))
    }
  }

  @Test func `what is rolled back leaves no gap`() async throws {
    struct Stop: Error {}
    try await withMarket { market in
      try await fill(market, 2)
      await #expect(throws: Stop.self) {
        try await market.database.transaction { transaction in
          try await AuditLog.append(.sessionEnded, by: market.buyer, subject: "gone", in: transaction)
          throw Stop()
        }
      }
      try await fill(market, 2)
      let outcome = try await AuditChain.verify(market.database)
      #expect(outcome.entries == 4 && outcome.fault == nil)
    }
  }
}
