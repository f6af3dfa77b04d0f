// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import EventLoop
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Postgres

/// A cluster in a directory of its own, removed afterwards.
private func withClusterDirectory<Success: Sendable>(
  _ name: String, _ body: @escaping @Sendable (ClusterPlan, EventLoop) async throws -> Success
) async throws -> Success {
  let loops = LoopGroup(count: 1, name: "cluster")
  let directory = "/tmp/postgres-cluster-\(getpid())-\(name)"
  Files.remove(tree: directory)
  defer {
    loops.shutDown()
    Files.remove(tree: directory)
  }
  var plan = ClusterPlan(directory: directory)
  plan.settings = ["shared_buffers": "16MB", "max_connections": "20"]
  let settled = plan
  return try await Task(executorPreference: loops.loops[0]) { try await body(settled, loops.loops[0]) }.value
}

@Suite(.timeLimit(.minutes(1)), .serialized)
struct ClusterTests {
  @Test func `a cluster is made, durable, and its data outlive a stop`() async throws {
    try await withClusterDirectory("stop") { plan, loop in
      let first = try await PrivateCluster.start(plan, on: loop)
      let database = Database(first.info, loops: [loop])
      let settings = try await database.first(
        """
        select current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'),
          current_setting('data_checksums'), current_setting('shared_buffers'), session_user
        """
      ) { row in
        [
          try row.next(String.self), try row.next(String.self), try row.next(String.self),
          try row.next(String.self), try row.next(String.self), try row.next(String.self),
        ]
      }
      #expect(settings == ["on", "on", "on", "on", "16MB", "owner"])
      try await database.execute("create table kept as select 42::int8 as n")

      let error = await #expect(throws: ClusterError.self) { try await PrivateCluster.start(plan, on: loop) }
      var holder: Int32?
      if case .held(_, let pid) = error { holder = pid }
      #expect(holder == getpid())

      await database.close()
      await first.stop()
      try await again(plan, loop, expecting: [42])
    }
  }

  @Test func `a cluster that another process runs is found, used and left alone`() async throws {
    try await withClusterDirectory("neighbour") { plan, loop in
      guard case .own(let first) = try await PrivateCluster.reach(plan, on: loop) else {
        Issue.record("nobody else runs it")
        return
      }
      guard case .neighbours(let neighbour) = try await PrivateCluster.reach(plan, on: loop) else {
        Issue.record("it is run already")
        return
      }
      #expect(neighbour.holder == getpid())
      let database = Database(neighbour.info, loops: [loop])
      try await database.execute("create table kept as select 5::int8 as n")
      await database.close()
      #expect(await neighbour.answers())
      await first.stop()
      #expect(await neighbour.answers() == false)
      try await again(plan, loop, expecting: [5])
    }
  }

  @Test func `one that is held but does not answer is not waited for without end`() async throws {
    try await withClusterDirectory("silent") { plan, loop in
      try Files.makeDirectory(plan.directory, mode: 0o711, owner: nil)
      let lock = try DirectoryLock(plan.lockPath, guarding: plan.directory)
      var plan = plan
      plan.neighbourLimit = .milliseconds(100)
      let patient = plan
      let error = await #expect(throws: ClusterError.self) {
        if case .own(let cluster) = try await PrivateCluster.reach(patient, on: loop) { await cluster.stop() }
      }
      #expect("\(error.map { "\($0)" } ?? "")".contains("process \(getpid()) runs"))
      lock.release()
    }
  }

  @Test func `another user's directory is named with its owner`() async throws {
    try await withClusterDirectory("foreign") { plan, _ in
      try Files.makeDirectory(plan.directory, mode: 0o711, owner: nil)
      let files = try ClusterFiles(plan)
      try files.checkOwner()
      try files.checkOwner(for: 0)
      let error = #expect(throws: ClusterError.self) { try files.checkOwner(for: geteuid() + 1) }
      let name = unsafe getpwuid(geteuid()).map { unsafe String(cString: $0.pointee.pw_name) }
      #expect("\(error.map { "\($0)" } ?? "")".contains("belongs to user \(name ?? "?")"))
    }
  }

  @Test func `half-made data are made again`() async throws {
    try await withClusterDirectory("half") { plan, loop in
      try Files.makeDirectory(plan.directory, mode: 0o711, owner: nil)
      try Files.makeDirectory(plan.directory + "/data.new", mode: 0o700, owner: nil)
      try Files.write("15\n", to: plan.directory + "/data.new/PG_VERSION", owner: nil)
      let cluster = try await PrivateCluster.start(plan, on: loop)
      let isLeft = Files.exists(plan.directory + "/data.new")
      #expect(!isLeft)
      await cluster.stop()
    }
  }

  @Test func `when the server is killed it serves again with everything committed`() async throws {
    let (events, continuation) = AsyncStream.makeStream(of: ClusterEvent.self)
    try await withClusterDirectory("killed") { plan, loop in
      var plan = plan
      plan.onEvent = { continuation.yield($0) }
      let cluster = try await PrivateCluster.start(plan, on: loop)
      var configuration = PoolConfiguration()
      configuration.waitLimit = .seconds(30)
      let database = Database(cluster.info, loops: [loop], configuration: configuration)
      try await database.execute("create table kept (n int8)")
      for number in 1...50 { try await database.execute("insert into kept values (\(number))") }
      let before = cluster.serverPid
      kill(before, SIGKILL)
      for await event in events {
        if case .ready(let pid) = event, pid != before { break }
      }
      // A connection that has not noticed its server's death may fail once.
      var sum = -1
      while sum < 0 {
        do {
          sum = try await database.values("select sum(n) from kept", as: Int.self)[0]
        } catch let error as PostgresError where error.isConnectionLoss { continue }
      }
      #expect(sum == 1275)
      #expect(cluster.restarts == 1)
      await database.close()
      await cluster.stop()
    }
  }

  @Test func `a server left by a killed owner is waited for`() async throws {
    try await withClusterDirectory("orphan") { plan, loop in
      let cluster = try await PrivateCluster.start(plan, on: loop)
      await cluster.stop()
      // What a killed owner leaves: its server, still at work on the data, told to shut down by the kernel.
      let files = try ClusterFiles(plan)
      let orphan = try files.startServer()
      while !cluster.info.ping() { try await loop.sleep(for: .milliseconds(10)) }
      let database = Database(cluster.info, loops: [loop])
      try await database.execute("create table kept as select 7::int8 as n")
      await database.close()
      loop.schedule(after: .milliseconds(300)) { orphan.send(SIGINT) }
      async let end = orphan.wait(on: loop)
      try await again(plan, loop, expecting: [7])
      #expect(await end == .code(0))
    }
  }

  @Test func `after its owner was killed the next owner serves everything committed`() async throws {
    try await withClusterDirectory("owner") { plan, loop in
      let directory = plan.directory
      await #expect(processExitsWith: .signal(SIGKILL)) { [directory = directory as String] in
        let loops = LoopGroup(count: 1, name: "owner")
        let cluster = try await PrivateCluster.start(ClusterPlan(directory: directory), on: loops.loops[0])
        let database = Database(cluster.info, loops: loops.loops)
        try await database.execute("create table kept as select 11::int8 as n")
        kill(getpid(), SIGKILL)
      }
      try await again(plan, loop, expecting: [11])
    }
  }

  @Test func `a server that cannot start says why`() async throws {
    try await withClusterDirectory("wrong") { plan, loop in
      var plan = plan
      plan.settings["shared_buffers"] = "many"
      let wrong = plan
      let error = await #expect(throws: ClusterError.self) { try await PrivateCluster.start(wrong, on: loop) }
      #expect("\(error.map { "\($0)" } ?? "")".contains("shared_buffers"))
      plan.settings["shared_buffers"] = "16MB"
      try await PrivateCluster.start(plan, on: loop).stop()
    }
  }

  @Test(arguments: [
    ("2026-11-", 0, "the disk that holds"), ("FATAL: no", 1 << 30, "did not start: FATAL: no"),
    ("", 1 << 30, "did not start"),
  ]) func `a server that ended at its start says why, a full disk above all`(
    log: String, freeBytes: Int, reason: String
  ) async throws {
    try await withClusterDirectory("failure") { plan, loop in
      let files = try ClusterFiles(plan)
      let info = ConnectionInfo(socketDirectory: files.socketDirectory, user: "owner", database: "postgres")
      let failure = ClusterLaunch(files: files, info: info, loop: loop).failure(log, freeBytes: freeBytes)
      #expect("\(failure)".contains(reason))
    }
  }

  @Test func `a place that PostgreSQL's user cannot reach is named`() async throws {
    guard SystemUser.mayChange else { return }
    try await withClusterDirectory("closed") { plan, loop in
      try Files.makeDirectory(plan.directory, mode: 0o700, owner: nil)
      let inner = ClusterPlan(directory: plan.directory + "/inner")
      let error = await #expect(throws: ClusterError.self) { try await PrivateCluster.start(inner, on: loop) }
      var place: String?
      if case .notSearchable(let directory, _) = error { place = directory }
      #expect(place == plan.directory)
    }
  }

  @Test func `a path too long for a socket gets a short one`() async throws {
    let long = "/tmp/" + String(repeating: "long-", count: 30)
    let folder = ClusterFiles.socketDirectory(for: long)
    #expect(folder.utf8.count < 60)
    #expect(folder == ClusterFiles.socketDirectory(for: long))
    #expect(ClusterFiles.socketDirectory(for: "/srv/x") == "/srv/x/run")
  }

  private func again(_ plan: ClusterPlan, _ loop: EventLoop, expecting numbers: [Int]) async throws {
    let cluster = try await PrivateCluster.start(plan, on: loop)
    let database = Database(cluster.info, loops: [loop])
    let found = try await database.values("select n from kept", as: Int.self)
    #expect(found == numbers)
    await database.close()
    await cluster.stop()
  }
}
