// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import TestSupport
import Testing

@testable import HTTPClient

@Suite(.timeLimit(.minutes(1)))
struct `Another attempt` {
  @Test(
    arguments: [
      // method, key, status, failing attempts, attempts in all, final status
      ("GET", nil, 503, 2, 3, 200), ("GET", nil, 503, 3, 3, 503), ("GET", nil, 500, 1, 1, 500),
      ("GET", nil, 502, 1, 2, 200), ("GET", nil, 504, 1, 2, 200), ("GET", nil, 429, 1, 2, 200),
      ("PUT", nil, 503, 1, 2, 200), ("DELETE", nil, 503, 1, 2, 200), ("HEAD", nil, 503, 1, 2, 200),
      ("POST", nil, 503, 1, 1, 503), ("POST", "k1", 503, 1, 2, 200), ("PATCH", nil, 503, 1, 1, 503),
    ] as [(String, String?, Int, Int, Int, Int)])
  func `is made where it does no harm, and not too often`(
    _ method: String, _ key: String?, _ status: Int, _ failing: Int, _ attempts: Int, _ final: Int
  ) async throws {
    let bench = try await Bench()
    var request = ClientRequest(method, bench.peer.url("flaky?times=\(failing)&status=\(status)"))
    request.headers["Idempotency-Key"] = key
    request.retry.firstPauseMax = .milliseconds(2)
    #expect(try await bench.client.send(request).status == final)
    #expect(try await bench.count("flaky") == attempts)
  }

  @Test func `is made after broken connections, with the whole body again`() async throws {
    let bench = try await Bench()
    var request = ClientRequest("PUT", bench.peer.url("reset"), body: .bytes([1, 2, 3]))
    request.retry.firstPauseMax = .milliseconds(2)
    #expect(await failure { try await bench.client.send(request) }?.kind == .interrupted)
    #expect(try await bench.count("reset") == 3)
    request.method = "POST"
    #expect(await failure { try await bench.client.send(request) }?.kind == .interrupted)
    #expect(try await bench.count("reset") == 4)
  }

  @Test func `waits as long as the server asks`() async throws {
    let bench = try await Bench()
    let start = ContinuousClock.now
    let answer = try await bench.client.send(ClientRequest("GET", bench.peer.url("flaky?times=1&after=1")))
    #expect(answer.text == "attempt 2")
    #expect(ContinuousClock.now - start >= .seconds(1))
  }

  @Test(arguments: ["31", "9999999"])
  func `is not made when the server asks for too long a pause`(_ after: String) async throws {
    let bench = try await Bench()
    let request = ClientRequest("GET", bench.peer.url("flaky?times=1&status=429&after=\(after)"))
    #expect(try await bench.client.send(request).status == 429)
    #expect(try await bench.count("flaky") == 1)
  }

  @Test(
    arguments: [
      // seconds asked for, seconds left, pause
      (29, 25, nil), (29, 29, nil), (29, 30, 29), (0, 1, 0), (0, 0, nil), (29, nil, 29), (31, nil, nil),
    ] as [(Int, Int?, Int?)])
  func `is not waited for beyond the deadline`(_ asked: Int, _ left: Int?, _ pause: Int?) {
    let decided = RetryPolicy().pause(
      after: .answer(status: 503, retryAfter: .seconds(asked)), attempt: 1, isIdempotent: true, chance: 0,
      timeLeft: left.map { .seconds($0) })
    #expect(decided == pause.map { .seconds($0) })
  }

  @Test func `beyond the deadline is not made`() async throws {
    let bench = try await Bench()
    var request = ClientRequest("GET", bench.peer.url("flaky?times=1&after=29"))
    request.totalTimeout = .seconds(25)
    #expect(try await bench.client.send(request).status == 503)
    #expect(try await bench.count("flaky") == 1)
  }

  @Test func `that is being waited for ends with its task`() async throws {
    let bench = try await Bench()
    let task = Task { try await bench.client.send(ClientRequest("GET", bench.peer.url("flaky?times=1&after=20"))) }
    while try await bench.count("flaky") == 0 {}
    task.cancel()
    #expect(await failure { try await task.value }?.kind == .aborted)
  }
}
