// SPDX-License-Identifier: GPL-3.0-or-later
public import EventLoop
import Glibc

/// A private PostgreSQL that another process runs, for short work beside it. It is there for as long as that process
/// wants it: nothing here starts, watches or stops it.
public struct NeighbourCluster: Sendable {
  public let directory: String
  /// The process that runs it.
  public let holder: Int32
  /// How to connect: as the same role, over the same socket. PostgreSQL asks the kernel who calls (peer authentication)
  /// and lets in the user that runs the other process, and root.
  public let info: ConnectionInfo

  init(_ plan: ClusterPlan, _ files: ClusterFiles, holder: Int32) {
    directory = plan.directory
    self.holder = holder
    info = ConnectionInfo(
      socketDirectory: files.runningSocketDirectory ?? files.socketDirectory, user: plan.role, database: plan.database)
  }

  /// Whether it takes connections.
  public func answers() async -> Bool {
    let info = info
    return (try? await BlockingCalls.pool.run { info.ping() }) ?? false
  }
}

/// Where a private cluster was found.
public enum ReachedCluster: Sendable {
  case own(PrivateCluster)
  case neighbours(NeighbourCluster)
}

extension PrivateCluster {
  /// Starts the cluster, or finds the one that another process runs from the same directory. One that is just starting or
  /// stopping is waited for.
  public static func reach(_ plan: ClusterPlan, on loop: EventLoop) async throws -> ReachedCluster {
    let deadline = ContinuousClock.now + plan.neighbourLimit
    var backoff = Backoff(first: .milliseconds(10), longest: .milliseconds(500))
    while true {
      do { return .own(try await start(plan, on: loop)) } catch ClusterError.held(let directory, let pid) {
        let neighbour = NeighbourCluster(plan, try ClusterFiles(plan), holder: pid)
        if await neighbour.answers() { return .neighbours(neighbour) }
        if ContinuousClock.now > deadline { throw ClusterError.silent(directory: directory, pid: pid) }
        try await loop.sleep(for: backoff.next())
      }
    }
  }
}

extension ClusterFiles {
  /// Where the server that runs on the data listens: the fifth line of its postmaster.pid (pidfile.h). Another user or
  /// another environment may have chosen another folder than this process would.
  var runningSocketDirectory: String? {
    let lines = Files.tail(of: plan.dataDirectory + "/postmaster.pid")
      .split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 5, lines[4].hasPrefix("/") else { return nil }
    return String(lines[4])
  }
}
