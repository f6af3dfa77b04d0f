// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import Market
import Synchronization
import TestSupport
import Testing

@testable import souk

/// Tokens against a real socket: one renewal for many calls, desks and processes; a spent token never comes again.
@Suite(.timeLimit(.minutes(2))) struct SessionKeeperTests {
  /// A peer, a folder for the session's file, and a loop for the clients.
  private final class Bench: Sendable {
    let peer: TokenPeer
    let folder: TemporaryFolder
    let group = LoopGroup(count: 1, name: "client")
    var places: Places { SessionKeeperTests.places(folder.path) }
    var file: SessionFile { SessionFile(path: places.sessionFile(server: peer.url)) }

    init() throws {
      peer = try TokenPeer()
      folder = try TemporaryFolder()
    }

    func desk(now: @escaping @Sendable () -> Int64 = { HTTPDate.now }) throws -> Desk {
      try Desk(server: peer.url, places: places, loop: group.loops[0], session: file.read(), now: now)
    }

    func end() async {
      await peer.stop()
      group.shutDown()
    }
  }

  private static func places(_ folder: String) -> Places { Places { $0.hasPrefix("XDG_") ? folder : nil } }

  private func withBench(left: Int64 = 900, _ body: (Bench) async throws -> Void) async throws {
    let bench = try Bench()
    try bench.file.write(bench.peer.session(left: left))
    do { try await body(bench) } catch {
      await bench.end()
      throw error
    }
    await bench.end()
  }

  @Test func `many refused calls at once make one renewal, and all succeed`() async throws {
    try await withBench { bench in
      let desk = try bench.desk()
      bench.peer.expire()
      try await withThrowingTaskGroup(of: Account.self) { group in
        for _ in 0..<24 { group.addTask { try await desk.client.call(Identity.me, Nothing(), mode: .reload).value } }
        for try await account in group { #expect(account == Samples.account) }
      }
      #expect(bench.peer.state.withLock { $0.refreshes } == 1)
      #expect(desk.session?.accessToken == "access-1")
      #expect(bench.file.read()?.refreshToken == "refresh-1")
    }
  }

  @Test func `a token is renewed before it ends, so that no call is refused`() async throws {
    try await withBench(left: 30) { bench in
      let desk = try bench.desk()
      _ = try await desk.client.call(Identity.me, Nothing())
      #expect(bench.peer.state.withLock { ($0.refreshes, $0.refusals) } == (1, 0))
    }
  }

  @Test func `desks that share a file take turns, round after round`() async throws {
    try await withBench { bench in
      let desks = try (0..<4).map { _ in try bench.desk() }
      for round in 1...8 {
        bench.peer.expire()
        try await withThrowingTaskGroup(of: Void.self) { group in
          for desk in desks {
            for _ in 0..<3 {
              group.addTask { _ = try await desk.client.call(Identity.me, Nothing(), mode: .reload) }
            }
          }
          try await group.waitForAll()
        }
        #expect(bench.peer.state.withLock { ($0.refreshes, $0.reuses) } == (round, 0))
      }
    }
  }

  @Test func `processes of one person take turns`() async throws {
    try await withBench { bench in
      let environment = [
        "XDG_CACHE_HOME": bench.folder.path, "XDG_STATE_HOME": bench.folder.path, "SOUK_SERVER": bench.peer.url,
      ]
      for round in 1...2 {
        bench.peer.expire()
        let ends = try await withThrowingTaskGroup(of: ProgramEnd.self) { group in
          for _ in 0..<5 {
            group.addTask {
              try await onThread { try runBuilt("souk", ["whoami", "--json"], environment: environment) }
            }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        for end in ends { #expect(end.code == 0, "said: \(end.errors)") }
        #expect(bench.peer.state.withLock { ($0.refreshes, $0.reuses) } == (round, 0))
      }
    }
  }

  @Test func `a caller that gives up does not break off what has spent the token`() async throws {
    try await withBench { bench in
      let desk = try bench.desk()
      bench.peer.expire()
      bench.peer.refreshGate.hold()
      let call = Task { try await desk.client.call(Identity.me, Nothing()) }
      await bench.peer.refreshGate.arrival()
      call.cancel()
      bench.peer.refreshGate.open()
      _ = try? await call.value
      #expect(try await desk.client.call(Identity.me, Nothing(), mode: .reload).value == Samples.account)
      #expect(bench.peer.state.withLock { ($0.refreshes, $0.reuses) } == (1, 0))
    }
  }

  @Test func `a session that the server has ended is over at once and for all calls`() async throws {
    try await withBench { bench in
      let desk = try bench.desk()
      let news = Mutex<[SessionNews]>([])
      desk.keeper.onNews { item in news.withLock { $0.append(item) } }
      bench.peer.state.withLock { $0.isOver = true }
      for _ in 0..<3 {
        let failure = await failure { _ = try await desk.client.call(Identity.me, Nothing()) }
        #expect(failure?.problemCode == .sessionEnded)
      }
      #expect(bench.peer.state.withLock { $0.refreshes } == 1)
      #expect(news.withLock { $0 } == [.over(.ended)])
      #expect(bench.file.read() == nil)
    }
  }

  @Test func `signing out in one window ends the others, another person's sign-in too`() async throws {
    for (filed, end) in [
      (nil, SessionEnd.signedOut), (TokenPlanTests.session(account: TokenPlanTests.other), .replaced),
    ] {
      try await withBench { bench in
        let desk = try bench.desk()
        if let filed { try bench.file.write(filed) } else { bench.file.remove() }
        bench.peer.expire()
        let failure = await failure { _ = try await desk.client.call(Identity.me, Nothing()) }
        #expect(failure == end.failure)
        #expect(bench.file.read() == filed)
        #expect(bench.peer.state.withLock { $0.refreshes } == 0)
      }
    }
  }

  @Test func `while the server is away a token that has not quite ended is used, one that has is not`() async throws {
    for (left, isGiven) in [(Int64(30), true), (-5, false)] {
      try await withBench(left: left) { bench in
        let desk = try bench.desk()
        bench.peer.state.withLock { $0.isAway = true }
        let token = try? await desk.keeper.token()
        #expect((token != nil) == isGiven)
        #expect(bench.file.read()?.refreshToken == "refresh-0")
      }
    }
  }

  @Test func `a proof is written down for every window, beside a refresh token that has moved on`() async throws {
    try await withBench { bench in
      let (one, two) = (try bench.desk(), try bench.desk())
      bench.peer.expire()
      _ = try await two.client.call(Identity.me, Nothing())
      let expiresAt = Timestamp(microseconds: (HTTPDate.now + 900) * 1_000_000)
      try await one.keeper.note(ProvenToken(accessToken: "proven", expiresAt: expiresAt, provenUntil: expiresAt))
      let filed = try #require(bench.file.read())
      #expect(filed.accessToken == "proven" && filed.refreshToken == "refresh-1" && filed.secondFactor == .proven)
      #expect(one.session == filed)
    }
  }

  @Test func `the feed of events goes on with a new token when the old one has ended, without a word`() async throws {
    try await withBench { bench in
      let desk = try bench.desk()
      let updates = HeardList<LiveUpdate>()
      let following = Task { try await desk.client.follow { updates.add($0) } }
      var openings = bench.peer.feedOpenings.stream.makeAsyncIterator()
      for round in 1...3 {
        await openings.next()
        #expect(bench.peer.state.withLock { ($0.refreshes, $0.reuses, $0.feeds) } == (round - 1, 0, round))
        bench.peer.expire()
      }
      following.cancel()
      _ = try? await following.value
      #expect(updates.all == [.opened])
    }
  }

  @Test func `a token that is about to end is renewed before the feed is asked for again`() async throws {
    try await withBench(left: 61) { bench in
      let now = Mutex(HTTPDate.now)
      let desk = try bench.desk { now.withLock { $0 } }
      let updates = HeardList<LiveUpdate>()
      let following = Task { try await desk.client.follow { updates.add($0) } }
      var openings = bench.peer.feedOpenings.stream.makeAsyncIterator()
      await openings.next()
      now.withLock { $0 += 61 }
      bench.peer.expire()
      await openings.next()
      #expect(bench.peer.state.withLock { ($0.refreshes, $0.refusals, $0.feeds) } == (1, 0, 2))
      following.cancel()
      _ = try? await following.value
      #expect(updates.all == [.opened])
    }
  }

  @Test func `a feed whose session is ended says signed out, as any call does`() async throws {
    try await withBench { bench in
      let desk = try bench.desk()
      let (updates, told) = (HeardList<LiveUpdate>(), HeardList<SessionNews>())
      desk.keeper.onNews { told.add($0) }
      let following = Task { () -> ClientFailure? in
        do throws(ClientFailure) { try await desk.client.follow { updates.add($0) } } catch { return error }
        return nil
      }
      var openings = bench.peer.feedOpenings.stream.makeAsyncIterator()
      await openings.next()
      bench.peer.revoke()
      let failure = await following.value
      #expect(failure?.problemCode == .sessionEnded && failure?.words.contains("Sign in again") == true)
      #expect(updates.all == [.opened] && told.all == [.over(.ended)])
      #expect(bench.file.read() == nil)
    }
  }

  @Test func `a lock is held by one at a time, and waited for only so long`() async throws {
    try await withBench { bench in
      let path = bench.folder.path + "/a.lock"
      let loop = bench.group.loops[0]
      let gate = HeldGate()
      gate.hold()
      let holder = Task(executorPreference: loop) { try await FileLock.hold(path, on: loop) { await gate.pass() } }
      await gate.arrival()
      await #expect(throws: FileLock.Busy.self) {
        try await FileLock.hold(path, on: loop, patience: .milliseconds(50)) {}
      }
      gate.open()
      try await holder.value
      #expect(try await FileLock.hold(path, on: loop) { 7 } == 7)
    }
  }

  @Test func `a clock that runs ahead does not make a token look old`() {
    var response = ClientResponse(status: 200)
    response.headers["Date"] = HTTPDate.format(Samples.now)
    #expect(ServerClock(response, now: Samples.now + 2) == .same)
    let ahead = ServerClock(response, now: Samples.now + 3600)
    #expect(ahead.secondsAhead == 3600)
    let session = TokenPlanTests.session().onLocalClock(ahead)
    #expect(session.holds(at: Samples.now + 3600) && !session.holds(at: Samples.now + 3600 + 840))
  }

  // MARK: Proofs

  @Test func `a call that wants a proof waits for it and goes on as the same call`() async throws {
    try await withBench { bench in
      let desk = try bench.desk()
      let asked = Mutex<[ProofDemand]>([])
      desk.gate.onDemand { demand in
        asked.withLock { $0.append(demand) }
        Task {
          let proof = try await desk.client.call(Identity.proveSecondFactor, Proof(code: "123456")).value
          try await desk.keeper.note(proof)
          desk.gate.settle(true)
        }
      }
      _ = try await desk.client.call(Identity.revokeOtherSessions, Nothing())
      #expect(asked.withLock { $0 } == [.stepUp])
      let keys = bench.peer.state.withLock { $0.keys }
      #expect(keys.count == 2 && Set(keys).count == 1 && keys[0] != "none")
      #expect(desk.session?.secondFactor == .proven)
    }
  }

  @Test func `whoever will not prove has the call refused as it was, and several wait for one question`() async throws {
    try await withBench { bench in
      let desk = try bench.desk()
      let asked = Mutex(0)
      desk.gate.onDemand { _ in asked.withLock { $0 += 1 } }
      let calls = (0..<3).map { _ in
        Task { await self.failure { _ = try await desk.client.call(Identity.revokeOtherSessions, Nothing()) } }
      }
      while desk.gate.waitingCount < 3 { await Task.yield() }
      desk.gate.settle(false)
      for call in calls { #expect(await call.value?.problemCode == .stepUpRequired) }
      #expect(asked.withLock { $0 } == 1)
      // Nobody is asked when nobody may be.
      let quiet = CallOptions(asksForProof: false)
      let failure = await failure { _ = try await desk.client.call(Identity.revokeOtherSessions, Nothing(), quiet) }
      #expect(failure?.problemCode == .stepUpRequired)
    }
  }

  private func failure(_ body: () async throws -> Void) async -> ClientFailure? {
    do {
      try await body()
      return nil
    } catch { return error as? ClientFailure }
  }
}

/// What was told, in order.
private final class HeardList<News: Sendable>: Sendable {
  private let list = Mutex<[News]>([])
  var all: [News] { list.withLock { $0 } }
  func add(_ news: News) { list.withLock { $0.append(news) } }
}
