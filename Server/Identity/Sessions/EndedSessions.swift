// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Market
import Postgres
import Synchronization

/// The sessions that ended while tokens of theirs may still be in date. Every server keeps the list: told at once by the
/// database, and asking again every thirty seconds in case a notice was lost. It tells those who answer a session for
/// longer than a moment.
final class EndedSessions: Sendable {
  private struct State {
    var ended: Set<OpenSession.ID> = []
    var watchers: [OpenSession.ID: [Int: @Sendable () -> Void]] = [:]
    var lastWatcher = 0

    func calls(for ids: some Sequence<OpenSession.ID>) -> [@Sendable () -> Void] {
      ids.flatMap { watchers[$0].map { Array($0.values) } ?? [] }
    }
  }

  private let state = Mutex(State())

  func contains(_ id: OpenSession.ID) -> Bool { state.withLock { $0.ended.contains(id) } }

  func add(_ id: OpenSession.ID) {
    let calls = state.withLock { state in
      state.ended.insert(id)
      return state.calls(for: [id])
    }
    for call in calls { call() }
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
    let calls = state.withLock { state in
      state.ended = Set(ids)
      return state.calls(for: state.watchers.keys.filter(state.ended.contains))
    }
    for call in calls { call() }
  }

  // MARK: Those who wait

  /// One who is told of a session's end.
  struct Watcher: Sendable {
    fileprivate let session: OpenSession.ID
    fileprivate let number: Int
  }

  /// Calls when the session ends, perhaps more than once. What had ended before is not told: whoever watches asks
  /// `contains` afterwards.
  func watch(_ session: OpenSession.ID, _ call: @escaping @Sendable () -> Void) -> Watcher {
    state.withLock { state in
      state.lastWatcher += 1
      state.watchers[session, default: [:]][state.lastWatcher] = call
      return Watcher(session: session, number: state.lastWatcher)
    }
  }

  func dismiss(_ watcher: Watcher) {
    state.withLock { state in
      state.watchers[watcher.session]?[watcher.number] = nil
      if state.watchers[watcher.session]?.isEmpty == true { state.watchers[watcher.session] = nil }
    }
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
