// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import HTTPClient
import TestSupport
import Testing

/// Deadlines, cancelling, limits and failures.
@Suite(.timeLimit(.minutes(1)))
struct `A request ends` {
  @Test(arguments: [30, 150, 400])
  func `at its deadline and not before`(_ milliseconds: Int) async throws {
    let bench = try await Bench()
    _ = try await bench.get("hello")
    var request = ClientRequest("GET", bench.peer.url("silent"))
    request.totalTimeout = .seconds(600)
    // Beside one that has more time, and is still under way when the other has ended.
    let patient = Task { [request] in await failure { try await bench.client.send(request) } }
    while try await bench.count("silent") == 0 {}
    request.totalTimeout = .milliseconds(milliseconds)
    let start = ContinuousClock.now
    let error = await failure { try await bench.client.send(request) }
    #expect(error?.kind == .timeout)
    #expect(ContinuousClock.now - start >= .milliseconds(milliseconds))
    #expect(try await bench.get("gone?of=silent-gone").text == "gone")
    patient.cancel()
    #expect(await patient.value?.kind == .aborted)
  }

  @Test func `at once when its task is cancelled, and frees its connection`() async throws {
    let bench = try await Bench { $0.connectionsPerHostMax = 1 }
    var endless = ClientRequest("GET", bench.peer.url("silent"))
    endless.totalTimeout = nil
    let task = Task(executorPreference: bench.thread.loop) { [endless] in try await bench.client.send(endless) }
    // The peer is watched by another client: this one may have one connection only.
    let watcher = HTTPClient(loop: bench.thread.loop)
    while try await !watcher.send(ClientRequest("GET", bench.peer.url("counts"))).text.contains("silent") {}
    // The request itself would go on for ever, so it is the cancelling that ends it, and lets the next one through.
    let next = Task { try await bench.get("gone?of=silent-gone").text }
    task.cancel()
    #expect(await failure { try await task.value }?.kind == .aborted)
    #expect(try await next.value == "gone")
  }

  @Test func `when nothing arrives for too long`() async throws {
    let bench = try await Bench()
    var request = ClientRequest("GET", bench.peer.url("events?stay=1"))
    request.totalTimeout = nil
    request.idleTimeout = .seconds(1)
    let answer = try await bench.client.stream(request)
    var count = 0
    let error = await failure { for try await piece in answer.body { count += piece.count } }
    #expect(count > 0)
    #expect(error?.kind == .timeout)
    #expect(try await bench.get("gone?of=events-gone").text == "gone")
  }

  @Test func `before it starts when its task was cancelled before`() async throws {
    let bench = try await Bench()
    let task = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return try await bench.get("hello")
    }
    #expect(await failure { try await task.value }?.kind == .aborted)
    #expect(try await bench.count("hello") == 0)
  }

  @Test func `when its client goes away`() async throws {
    let bench = try await Bench()
    var client: HTTPClient? = HTTPClient(loop: bench.thread.loop)
    let answer = try #require(try await client?.stream(ClientRequest("GET", bench.peer.url("events?stay=1"))))
    client = nil
    let error = await failure { for try await _ in answer.body {} }
    #expect(error?.kind == .aborted)
  }

  @Test func `at the limit of its body`() async throws {
    let bench = try await Bench()
    var request = ClientRequest("GET", bench.peer.url("big?bytes=1000"))
    request.responseBytesMax = 1000
    #expect(try await bench.client.send(request).body.count == 1000)
    request.responseBytesMax = 999
    #expect(await failure { try await bench.client.send(request) }?.kind == .tooLarge)
    request.url = bench.peer.url("gzip")
    #expect(await failure { try await bench.client.send(request) }?.kind == .tooLarge)
    request.url = bench.peer.url("endless")
    #expect(await failure { try await bench.client.send(request) }?.kind == .tooLarge)
    #expect(try await bench.get("gone?of=endless-gone").text == "gone")
  }

  @Test func `with plain words when nobody listens`() async throws {
    let thread = TestLoop()
    var configuration = ClientConfiguration()
    configuration.proxy = .none
    let client = HTTPClient(loop: thread.loop, configuration: configuration)
    var request = ClientRequest("GET", "http://127.0.0.1:1/")
    request.retry = .never
    let error = try #require(await failure { try await client.send(request) })
    #expect(error.kind == .connect)
    #expect("\(error)".hasPrefix("no connection: Failed to connect to 127.0.0.1 port 1"))
    #expect("\(error)".contains("Connection refused") || "\(error)".contains("Couldn't connect"))
    request.url = "http://no-such-host.invalid/"
    #expect(await failure { try await client.send(request) }?.kind == .resolve)
  }

  @Test(arguments: [("truncated", HTTPClientError.Kind.interrupted), ("reset", .interrupted)])
  func `as broken when the connection breaks`(_ path: String, _ kind: HTTPClientError.Kind) async throws {
    let bench = try await Bench()
    var request = ClientRequest("GET", bench.peer.url(path))
    request.retry = .never
    #expect(await failure { try await bench.client.send(request) }?.kind == kind)
  }

  @Test func `as refused when too many wait already`() async throws {
    let bench = try await Bench { $0.transfersMax = 1 }
    let first = try await bench.client.stream(ClientRequest("GET", bench.peer.url("events?stay=1")))
    #expect(await failure { try await bench.get("hello") }?.kind == .overloaded)
    withExtendedLifetime(first) {}
  }

  @Test func `without a secure connection when the other side has none`() async throws {
    let bench = try await Bench()
    var request = ClientRequest("GET", "https://127.0.0.1:\(bench.peer.port)/")
    request.retry = .never
    request.totalTimeout = .seconds(5)
    #expect(await failure { try await bench.client.send(request) }?.kind == .tls)
  }
}
