// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
public import Postgres
import Synchronization

/// The PostgreSQL of this test process: started by the first test that needs it, gone with the process.
public enum TestCluster {
  private static let loops = LoopGroup(count: 1, name: "test-cluster")
  private static let starting = Task(executorPreference: loops.loops[0]) { try await start() }

  public static func shared() async throws -> PrivateCluster { try await starting.value }

  private static func start() async throws -> PrivateCluster {
    let directory = "/tmp/postgres-test-\(getpid())"
    removeAbandoned()
    var plan = ClusterPlan(directory: directory)
    // These data are thrown away: speed before durability.
    plan.settings = [
      "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "300",
      "shared_buffers": "64MB", "max_prepared_transactions": "0",
    ]
    let cluster = try await PrivateCluster.start(plan, on: loops.loops[0])
    running.withLock { $0 = cluster }
    atexit(endTestCluster)
    return cluster
  }

  fileprivate static let running = Mutex<PrivateCluster?>(nil)

  /// Removes what test processes that were killed have left.
  private static func removeAbandoned() {
    for name in Files.names(in: "/tmp") where name.hasPrefix("postgres-test-") {
      let isAlive = Int32(name.dropFirst("postgres-test-".count)).map { kill($0, 0) == 0 || errno == EPERM } ?? true
      if !isAlive { Files.remove(tree: "/tmp/" + name) }
    }
  }
}

private func endTestCluster() {
  guard let cluster = TestCluster.running.withLock({ $0 }) else { return }
  cluster.abandon()
  Files.remove(tree: cluster.plan.directory)
}
