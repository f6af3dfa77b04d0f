// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
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
}
