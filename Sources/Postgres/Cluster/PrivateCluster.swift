internal import CPostgres
// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
public import EventLoop
import Glibc
import Synchronization

/// A PostgreSQL of this process's own: made in a data directory when there is none, started, watched, started again
/// when it dies, and stopped. It ends when this process does, however that happens.
public final class PrivateCluster: Sendable {
  public let plan: ClusterPlan
  private let files: ClusterFiles
  private let loop: EventLoop
  private let lock: DirectoryLock
  private let state: Mutex<State>

  private struct State {
    var server: ChildProcess
    var isStopping = false
    var restarts = 0
    var supervision: Task<Void, Never>?
  }

  /// Makes the cluster if there is none, and returns when it accepts connections.
  public static func start(_ plan: ClusterPlan, on loop: EventLoop) async throws -> PrivateCluster {
    let files = try ClusterFiles(plan)
    try files.checkOwner()
    // What somebody else uses is left as it is.
    let early =
      Files.exists(plan.lockPath) ? try DirectoryLock(plan.lockPath, guarding: plan.directory) : nil
    try files.prepareDirectory()
    let lock = try early ?? DirectoryLock(plan.lockPath, guarding: plan.directory)
    if !files.isMade {
      try await files.makeData(on: loop)
      plan.onEvent(.made)
    }
    try files.writeAccessRules()
    try files.prepareSocketDirectory()
    let launch = ClusterLaunch(files: files, info: info(plan, files), loop: loop)
    let server = try await launch.run(until: { false })
    plan.onEvent(.ready(pid: server.pid))
    let cluster = PrivateCluster(plan, files, loop, lock, server)
    cluster.supervise(launch)
    return cluster
  }

  private init(
    _ plan: ClusterPlan, _ files: ClusterFiles, _ loop: EventLoop, _ lock: DirectoryLock, _ server: ChildProcess
  ) {
    self.plan = plan
    self.files = files
    self.loop = loop
    self.lock = lock
    state = Mutex(State(server: server))
  }

  private static func info(_ plan: ClusterPlan, _ files: ClusterFiles) -> ConnectionInfo {
    ConnectionInfo(socketDirectory: files.socketDirectory, user: plan.role, database: plan.database)
  }

  /// How to connect.
  public var info: ConnectionInfo { PrivateCluster.info(plan, files) }
  public var socketDirectory: String { files.socketDirectory }
  /// The folder of pg_dump, psql and the like.
  public var binaries: String { files.binaries }
  public var serverPid: Int32 { state.withLock { $0.server.pid } }
  public var restarts: Int { state.withLock { $0.restarts } }

  // MARK: Supervising

  private func supervise(_ launch: ClusterLaunch) {
    let task = Task(executorPreference: loop) { await self.watch(launch) }
    state.withLock { $0.supervision = task }
  }

  private var isStopping: Bool { state.withLock { $0.isStopping } }

  private func watch(_ launch: ClusterLaunch) async {
    while true {
      let exit = await state.withLock { $0.server }.wait(on: loop)
      if isStopping { return }
      plan.onEvent(.died("\(exit)"))
      guard let server = await restart(launch) else { return }
      let mustStop = state.withLock { state in
        state.server = server
        state.restarts += 1
        return state.isStopping
      }
      plan.onEvent(.ready(pid: server.pid))
      if mustStop { server.send(SIGINT) }
    }
  }

  /// Tries until PostgreSQL runs again or is not wanted any more.
  private func restart(_ launch: ClusterLaunch) async -> ChildProcess? {
    var backoff = Backoff(first: .milliseconds(50), longest: .seconds(10))
    while !isStopping {
      do {
        return try await launch.run(until: { self.isStopping })
      } catch {
        if isStopping { return nil }
        plan.onEvent(.restartFailed("\(error)"))
        try? await loop.sleep(for: backoff.next())
      }
    }
    return nil
  }

  // MARK: Stopping

  /// Shuts PostgreSQL down: open transactions are rolled back, what is committed is kept.
  public func stop() async {
    let (server, supervision) = state.withLock { state in
      state.isStopping = true
      return (state.server, state.supervision)
    }
    guard let supervision else { return }
    server.send(SIGINT)
    let stopped: Void? = try? await loop.withDeadline(plan.stopLimit) { await supervision.value }
    if stopped == nil {
      server.send(SIGQUIT)  // at once, with recovery at the next start
      await supervision.value
    }
    state.withLock { $0.supervision = nil }
    lock.release()
    plan.onEvent(.stopped)
  }

  /// Ends PostgreSQL at once and waits for it, blocking; for the last moment of a process.
  package func abandon() {
    let server = state.withLock { state in
      state.isStopping = true
      return state.server
    }
    server.send(SIGQUIT)
    _ = server.reap()
  }
}
