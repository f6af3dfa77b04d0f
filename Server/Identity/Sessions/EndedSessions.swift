// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Market
import Postgres
import Synchronization

/// The sessions that ended while tokens of theirs may still be in date. Every server keeps the list: told at once by the
/// database, and asking again every thirty seconds in case a notice was lost. It tells those who answer a session for
/// longer than a moment.
final class EndedSessions: Sendable {
  private let ended = Mutex<Set<OpenSession.ID>>([])
  /// For those who answer a session for longer than a moment.
  let bells = EndBells<OpenSession.ID>()

  func contains(_ id: OpenSession.ID) -> Bool { ended.withLock { $0.contains(id) } }

  func add(_ id: OpenSession.ID) {
    ended.withLock { _ = $0.insert(id) }
    bells.ring(for: id)
  }

  /// Reads the list anew. What ended longer ago than a token lives is forgotten.
  func reload(_ database: Database) async throws {
    // Owner: everybody; what is read are names of sessions that are over.
    let ids = try await database.query(
      """
      select id
      from sessions
      where ended_at > now() - \(AccessTokens.lifetimeSeconds + 60) * interval '1 second'
      """
    ) { row in try row.nextID() as OpenSession.ID }
    let now = Set(ids)
    ended.withLock { $0 = now }
    bells.ring(where: now.contains)
  }

  // MARK: Keeping the list

  /// Keeps the list until the task is cancelled. While the database is away the list stays as it is.
  func run(_ database: Database, on loop: EventLoop) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await notice in database.listen(["ended_sessions"]) {
          if case .received(_, let text) = notice, let id = OpenSession.ID(text) {
            self.add(id)
          } else {
            try? await self.reload(database)
          }
        }
      }
      group.addTask {
        while !Task.isCancelled {
          do { try await loop.sleep(for: .seconds(30)) } catch { return }
          try? await self.reload(database)
        }
      }
    }
  }
}
