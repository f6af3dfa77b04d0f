// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Market
import Postgres

@testable import soukd

extension TestMarket {
  /// Has the index answer, with what is for sale now.
  func buildIndex() async throws {
    try await index.rebuild()
    index.change { $0.isReady = true }
  }

  /// Keeps the index up while the body runs, as a server does.
  func withIndexKept(_ body: @escaping @Sendable () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await self.index.run(on: self.loops.loops[0]) }
      try await self.wait(until: { self.index.status.isReady })
      try await body()
      group.cancelAll()
    }
  }

  /// Waits until something holds; the suite's limit ends what never does.
  func wait(until holds: @Sendable () async throws -> Bool) async throws {
    while try await !holds() { try await loops.loops[0].sleep(for: .milliseconds(5)) }
  }
}
