// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import HTTPServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct StreamTests {
  @Test(arguments: [false, true]) func `a stream arrives whole`(waits: Bool) async throws {
    try await withServer(handler: { _ in
      HTTPResponse(
        body: .stream(
          HTTPStream { writer in
            for number in 0..<200 {
              if waits && number % 20 == 0 { try await sleepOnLoop(.milliseconds(1)) }
              try await writer.write([UInt8](repeating: UInt8(number), count: 1000))
            }
          }))
    }) { _, port in
      let client = try RawClient(port: port)
      for _ in 0..<3 {
        try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        let response = try client.readResponse()
        #expect(response.body == (0..<200).flatMap { [UInt8](repeating: UInt8($0), count: 1000) })
      }
    }
  }

  @Test func `a producer waits for a slow client and is cancelled when it leaves`() async throws {
    let written = Tally()
    let ended = Event()
    try await withServer(handler: { _ in
      HTTPResponse(
        body: .stream(
          HTTPStream { writer in
            defer { ended.signal() }
            while true {
              try await writer.write([UInt8](repeating: 1, count: 65_536))
              written.add()
            }
          }))
    }) { _, port in
      do {
        let client = try RawClient(port: port, receiveBufferBytes: 4096)
        try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        _ = try client.readUntil("\r\n\r\n")
        #expect(written.value < 200)
      }
      #expect(ended.wait())
    }
  }

  @Test func `a producer that throws cuts the body short`() async throws {
    try await withServer(handler: { _ in
      HTTPResponse(
        body: .stream(
          HTTPStream { writer in
            try await writer.write(Array("some".utf8))
            try await sleepOnLoop(.milliseconds(20))
            throw CancellationError()
          }))
    }) { _, port in
      let client = try RawClient(port: port)
      try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      let text = String(decoding: try client.readToEnd(), as: UTF8.self)
      #expect(!text.hasSuffix("0\r\n\r\n"))
    }
  }

  @Test func `events have ids and resume, with heartbeats between them`() async throws {
    var configuration = HTTPServerConfiguration()
    configuration.headerTimeout = .milliseconds(400)
    try await withServer(
      configuration,
      handler: { request in
        let last = request.headers["Last-Event-ID"].flatMap { Int($0) } ?? 0
        return .events(heartbeat: .milliseconds(50)) { events in
          try await events.send(ServerSentEvent(id: "\(last + 1)", event: "tick", data: "one\ntwo"))
          try await sleepOnLoop(.seconds(60))
        }
      }
    ) { _, port in
      let client = try RawClient(port: port)
      try client.send("GET / HTTP/1.1\r\nHost: h\r\nLast-Event-ID: 41\r\n\r\n")
      #expect(try client.readUntil("\r\n\r\n").contains("text/event-stream"))
      #expect(try client.readUntil("\n\n").contains("id: 42\nevent: tick\ndata: one\ndata: two\n\n"))
      #expect(try client.readUntil(":\n\n").hasSuffix(":\n\n"))
      #expect(try client.readUntil(":\n\n").hasSuffix(":\n\n"))
    }
  }

  @Test(arguments: [false, true])
  func `HEAD of a stream is its head and not a byte more, and the last of its connection`(
    isPipelined: Bool
  ) async throws {
    let started = Tally()
    try await withServer(handler: { request in
      if request.path != "/events" { return await echo(request) }
      return .events { events in
        started.add()
        try await events.send(ServerSentEvent(data: "x"))
      }
    }) { _, port in
      let client = try RawClient(port: port)
      let requests = ["HEAD /one", "GET /two", "HEAD /events", "GET /three"].map {
        "\($0) HTTP/1.1\r\nHost: h\r\n\r\n"
      }
      if isPipelined { try client.send(requests.joined()) }
      var heard: [RawResponse] = []
      for request in requests.dropLast() {
        if !isPipelined { try client.send(request) }
        heard.append(try client.readResponse(isHead: request.hasPrefix("HEAD")))
      }
      #expect(heard.map(\.status) == [200, 200, 200])
      #expect(heard.map(\.text) == ["", "GET /two -", ""])
      let head = heard[2]
      #expect(head["Content-Type"] == "text/event-stream" && head["Connection"]?.lowercased() == "close")
      #expect(head["Content-Length"] == nil && head["Transfer-Encoding"] == nil)
      #expect(client.isEndedByServer())
    }
    #expect(started.value == 0)
  }

  @Test func `a client that leaves an event stream ends its producer`() async throws {
    let ended = Event()
    try await withServer(handler: { _ in
      .events { events in
        defer { ended.signal() }
        try await events.send(ServerSentEvent(data: "x"))
        try await sleepOnLoop(.seconds(600))
      }
    }) { server, port in
      do {
        let client = try RawClient(port: port)
        try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        _ = try client.readUntil("data: x")
      }
      #expect(ended.wait())
      #expect(server.statistics.clientsGone == 1)
    }
  }

  @Test func `500 event streams each get every event`() async throws {
    let gate = Broadcast()
    try allowManyFiles()
    try await withServer(handler: { request in
      .events { events in
        try await events.send(ServerSentEvent(id: "1", data: "first \(request.query ?? "")"))
        await gate.wait()
        try await events.send(ServerSentEvent(id: "2", data: "second \(request.query ?? "")"))
      }
    }) { server, port in
      var clients: [RawClient] = []
      for number in 0..<500 {
        let client = try RawClient(port: port)
        try client.send("GET /?\(number) HTTP/1.1\r\nHost: h\r\n\r\n")
        clients.append(client)
      }
      for (number, client) in clients.enumerated() { _ = try client.readUntil("data: first \(number)\n\n") }
      #expect(server.statistics.requestsRunning == 500)
      #expect(server.statistics.connectionsOpen == 500)
      gate.open()
      for (number, client) in clients.enumerated() {
        _ = try client.readUntil("data: second \(number)\n\n")
        _ = try client.readUntil("0\r\n\r\n")
      }
    }
  }

  /// A thousand sockets beside those of other tests are more than the usual 1024.
  private func allowManyFiles() throws {
    var limit = rlimit()
    let got = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    try #require(got == 0)
    limit.rlim_cur = min(limit.rlim_max, 8192)
    let set = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    try #require(set == 0 && limit.rlim_cur >= 2048)
  }
}

/// Lets everybody go on who waits for it, and who comes later.
final class Broadcast: Sendable {
  private let state = Mutex<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  func open() {
    let waiting = state.withLock { state in
      defer { state = (true, []) }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}
