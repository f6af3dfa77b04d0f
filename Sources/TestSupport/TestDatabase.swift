// SPDX-License-Identifier: GPL-3.0-or-later
public import EventLoop
public import Postgres
import Synchronization

/// Gives a test a database of its own, migrated, and loops; both are gone afterwards. The closure runs on the first
/// of the loops.
public func withTestDatabase<Success: Sendable>(
  migrations: [Migration] = [], loops count: Int = 2, configuration: PoolConfiguration = PoolConfiguration(),
  _ body: @escaping @Sendable (Database, LoopGroup) async throws -> Success
) async throws -> Success {
  let cluster = try await TestCluster.shared()
  let loops = LoopGroup(count: count, name: "test")
  defer { loops.shutDown() }
  return try await Task(executorPreference: loops.loops[0]) {
    let name = try await TestTemplates.shared.makeDatabase(migrations, in: cluster)
    let database = Database(cluster.info.with(database: name), loops: loops.loops, configuration: configuration)
    let result: Result<Success, any Error>
    do { result = .success(try await body(database, loops)) } catch { result = .failure(error) }
    await database.close()
    try await TestTemplates.shared.dropDatabase(name)
    return try result.get()
  }.value
}

/// Migrates each set of migrations once, into a template of which the tests get copies.
private final class TestTemplates: Sendable {
  static let shared = TestTemplates()
  private let loops = LoopGroup(count: 1, name: "test-templates")
  private let state = Mutex(State())

  private struct State {
    var templates: [[Migration]: Task<String, any Error>] = [:]
    var made = 0
    var administration: Database?
  }

  func makeDatabase(_ migrations: [Migration], in cluster: PrivateCluster) async throws -> String {
    let template = migrations.isEmpty ? "template1" : try await self.template(migrations, cluster).value
    return try await create(from: template, cluster)
  }

  func dropDatabase(_ name: String) async throws {
    let database = state.withLock { $0.administration }
    try await database?.execute("drop database \(unescaped: name) with (force)")
  }

  private func template(_ migrations: [Migration], _ cluster: PrivateCluster) -> Task<String, any Error> {
    state.withLock { state in
      if let task = state.templates[migrations] { return task }
      let task = Task(executorPreference: loops.loops[0]) {
        let name = try await self.create(from: "template1", cluster)
        let database = Database(cluster.info.with(database: name), loops: self.loops.loops)
        try await Migrator(database).run(migrations)
        await database.close()
        return name
      }
      state.templates[migrations] = task
      return task
    }
  }

  private func create(from template: String, _ cluster: PrivateCluster) async throws -> String {
    let (database, name) = state.withLock { state in
      state.made += 1
      let database = state.administration ?? Database(cluster.info, loops: loops.loops)
      state.administration = database
      return (database, "test_\(state.made)")
    }
    // Sessions that have just been closed may linger on the template for a moment.
    for _ in 0..<100 {
      do {
        try await database.execute("create database \(unescaped: name) template \(unescaped: template)")
        return name
      } catch let error as PostgresError where error.sqlState == "55006" {
        try await loops.loops[0].sleep(for: .milliseconds(20))
      }
    }
    try await database.execute("create database \(unescaped: name) template \(unescaped: template)")
    return name
  }
}
