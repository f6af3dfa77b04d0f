internal import CPostgres
// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import EventLoop
import Glibc

/// One start of PostgreSQL, from the fork until it accepts connections.
struct ClusterLaunch: Sendable {
  let files: ClusterFiles
  let info: ConnectionInfo
  let loop: EventLoop

  private enum Failure: Error {
    /// Another server still uses the data, or its traces do.
    case dataInUse(log: String)
  }

  /// Starts the server. While the one before it is still going down, tries again for a while.
  func run(until isUnwanted: @Sendable () -> Bool) async throws -> ChildProcess {
    let deadline = ContinuousClock.now + files.plan.takeoverLimit
    var backoff = Backoff(first: .milliseconds(50), longest: .milliseconds(500))
    while true {
      do {
        return try await runOnce(isUnwanted)
      } catch Failure.dataInUse(let log) {
        if ContinuousClock.now > deadline || isUnwanted() { throw ClusterError.notStarted(log: log) }
        try await loop.sleep(for: backoff.next())
      }
    }
  }

  private func runOnce(_ isUnwanted: @Sendable () -> Bool) async throws -> ChildProcess {
    let logStart = Files.size(of: files.plan.logPath)
    let server = try files.startServer()
    let deadline = ContinuousClock.now + files.plan.startLimit
    var pause = Duration.milliseconds(5)
    while true {
      if server.reapIfEnded() != nil {
        let log = Files.tail(of: files.plan.logPath, from: logStart)
        throw failure(log, freeBytes: Files.freeBytes(at: files.plan.directory))
      }
      if await answers() { return server }
      if ContinuousClock.now > deadline || isUnwanted() {
        server.send(SIGQUIT)
        _ = await server.wait(on: loop)
        throw ClusterError.tooSlow(files.plan.startLimit)
      }
      try await loop.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(200))  // each try is a line in the log while it recovers
    }
  }

  /// Messages of CreateLockFile in miscinit.c and of sysv_shmem.c.
  func failure(_ log: String, freeBytes: Int) -> any Error {
    // A full disk has no room for the log either, and what is left of it says nothing.
    if freeBytes < 1 << 20 { return ClusterError.diskFull(directory: files.plan.directory) }
    let log = log.trimmedLine
    let isInUse = log.contains("postmaster.pid") || log.contains("shared memory block")
    return isInUse ? Failure.dataInUse(log: log) : ClusterError.notStarted(log: log)
  }

  private func answers() async -> Bool {
    let info = info
    return (try? await BlockingCalls.pool.run { info.ping() }) ?? false
  }
}

extension ConnectionInfo {
  /// Whether a server accepts connections there. Blocks.
  func ping() -> Bool {
    let pairs = keywords + [("connect_timeout", "2")]
    let names = TextPointers(pairs.map(\.name))
    let values = TextPointers(pairs.map(\.value))
    return unsafe names.withPointer { names in
      unsafe values.withPointer { values in unsafe PQpingParams(names, values, 1) == PQPING_OK }
    }
  }
}
