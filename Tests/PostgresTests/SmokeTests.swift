// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct StatementTests {
  @Test func `a statement is answered`() async throws {
    try await withTestDatabase { database, _ in
      let sum = try await database.first("select \(2) + \(3)") { row in try row.next(Int.self) }
      #expect(sum == 5)
    }
  }
}
