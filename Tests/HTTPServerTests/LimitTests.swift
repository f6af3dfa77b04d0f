// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import HTTPServer
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LimitTests {
  @Test func `a handler that takes too long is cancelled and answered with 503`() async throws {
    var configuration = HTTPServerConfiguration()
    configuration.requestDeadline = .milliseconds(100)
    let cancelled = Event()
    try await withServer(
      configuration,
      handler: { request in
        if request.path == "/quick" { return await echo(request) }
        do { try await sleepOnLoop(.seconds(600)) } catch { cancelled.signal() }
        return HTTPResponse(status: 200)
      }
    ) { server, port in
      let client = try RawClient(port: port)
      try client.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\nGET /quick HTTP/1.1\r\nHost: h\r\n\r\n")
      let response = try client.readResponse()
      #expect(response.status == 503)
      #expect(response["Content-Type"] == "application/problem+json")
      #expect(cancelled.wait())
      #expect(try client.readResponse().text == "GET /quick -")
      #expect(server.statistics.deadlinesMissed == 1)
    }
  }

  @Test func `the handler of a client that is gone is cancelled`() async throws {
    let started = Event()
    let cancelled = Event()
    try await withServer(handler: { _ in
      started.signal()
      do { try await sleepOnLoop(.seconds(600)) } catch { cancelled.signal() }
      return HTTPResponse(status: 200)
    }) { _, port in
      do {
        let client = try RawClient(port: port)
        try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(started.wait())
      }
      #expect(cancelled.wait())
    }
  }

  @Test(arguments: [
    "", "GET / HT", "GET / HTTP/1.1\r\nHost: h\r\nA: b", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc",
  ])
  func `a client that stops in the middle is cut off`(start: String) async throws {
    var configuration = HTTPServerConfiguration()
    configuration.headerTimeout = .milliseconds(150)
    configuration.bodyTimeout = .milliseconds(150)
    try await withServer(configuration) { server, port in
      let client = try RawClient(port: port)
      try client.send(start)
      #expect(client.isClosedByServer())
      #expect(server.statistics.slowClientsCut >= 1)
    }
  }

  @Test(arguments: [
    "", "\r\n", "GET", "GET / HTTP/1.1\r\nHost", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
  ])
  func `a request that its client will not finish ends its connection`(start: String) async throws {
    var configuration = HTTPServerConfiguration()
    configuration.headerTimeout = .seconds(600)
    configuration.bodyTimeout = .seconds(600)
    try await withServer(configuration) { server, port in
      let client = try RawClient(port: port)
      try client.send(start)
      client.endSending()
      #expect(client.isClosedByServer())
      #expect(server.statistics.slowClientsCut == 0)
    }
  }

  @Test func `one byte at a time does not keep a connection`() async throws {
    var configuration = HTTPServerConfiguration()
    configuration.headerTimeout = .milliseconds(200)
    try await withServer(configuration, loops: 1) { server, port in
      let client = try RawClient(port: port)
      let other = try RawClient(port: port)
      try client.send("GET / HTTP/1.1\r\nA: ")
      while server.statistics.slowClientsCut == 0 {
        try? client.send("x")
        // One byte for each turn of the loop: when this is answered, the byte has been read.
        for _ in 0..<10 {
          try other.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
          #expect(try other.readResponse().status == 200)
        }
      }
      #expect(client.isClosedByServer())
    }
  }

  @Test func `an idle connection is closed, an active one is not`() async throws {
    var configuration = HTTPServerConfiguration()
    configuration.idleTimeout = .milliseconds(300)
    try await withServer(configuration) { _, port in
      let client = try RawClient(port: port)
      try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      _ = try client.readResponse()
      #expect(client.isClosedByServer())
    }
  }

  @Test func `one address gets so many connections and no more`() async throws {
    var configuration = HTTPServerConfiguration()
    configuration.connectionsPerAddressMax = 3
    try await withServer(configuration) { server, port in
      var clients: [RawClient] = []
      for _ in 0..<3 {
        let client = try RawClient(port: port)
        try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try client.readResponse().status == 200)
        clients.append(client)
      }
      let refused = try RawClient(port: port)
      #expect(refused.isClosedByServer())
      #expect(server.statistics.connectionsRefused == 1)
      clients.removeLast()
      var status = 0
      for _ in 0..<200 where status != 200 {
        let client = try RawClient(port: port)
        try? client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        status = (try? client.readResponse().status) ?? 0
      }
      #expect(status == 200)
    }
  }

  @Test func `draining finishes what runs, ends event streams and closes idle connections`() async throws {
    let running = Event()
    let mayEnd = Event()
    // One loop: each begins its drain on its own, and the end of the idle connection is to tell of the others'.
    let group = LoopGroup(count: 1)
    let server = HTTPServer(loops: group.loops) { request in
      if request.path == "/events" {
        return .events { events in
          try await events.send(ServerSentEvent(data: "x"))
          try await sleepOnLoop(.seconds(600))
        }
      }
      if request.path == "/slow" {
        running.signal()
        _ = await onThread { mayEnd.wait(seconds: 30) }
      }
      return await echo(request)
    }
    let port = try server.start()
    let isDrained = Event()
    async let clients: Void = onThread {
      let idle = try RawClient(port: port)
      try idle.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      _ = try idle.readResponse()
      let events = try RawClient(port: port)
      try events.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n")
      _ = try events.readUntil("data: x")
      let slow = try RawClient(port: port)
      try slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
      try #require(running.wait())
      Task {
        await server.drain(within: .seconds(20))
        isDrained.signal()
      }
      // The request ends only after the drain has begun, which the idle connection's end tells.
      #expect(idle.isClosedByServer())
      mayEnd.signal()
      let response = try slow.readResponse()
      #expect(response.text == "GET /slow -")
      #expect(response["Connection"]?.lowercased() == "close")
      #expect(String(decoding: try events.readToEnd(), as: UTF8.self).hasSuffix("0\r\n\r\n"))
      #expect(isDrained.wait(seconds: 30))
      #expect(throws: RawClient.Failure.self) { try RawClient(port: port) }
    }
    try await clients
    group.shutDown()
  }

  @Test func `draining is bounded by its time`() async throws {
    let running = Event()
    let mayEnd = Event()
    let hasEnded = Event()
    let group = LoopGroup(count: 1)
    let server = HTTPServer(loops: group.loops) { _ in
      running.signal()
      // Not cancellable, as work in a library may be.
      _ = await onThread { mayEnd.wait(seconds: 60) }
      hasEnded.signal()
      return HTTPResponse(status: 200)
    }
    let port = try server.start()
    let client = try await onThread {
      let client = try RawClient(port: port)
      try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      try #require(running.wait())
      return client
    }
    // Returns although the handler has not: it may end only afterwards.
    await server.drain(within: .milliseconds(100))
    #expect(await onThread { client.isClosedByServer() })
    mayEnd.signal()
    #expect(await onThread { hasEnded.wait() })
    group.shutDown()
  }

  @Test func `a port that is taken is a clear error`() async throws {
    try await withServer { _, port in
      var configuration = HTTPServerConfiguration()
      configuration.port = port
      let group = LoopGroup(count: 1)
      let second = HTTPServer(configuration: configuration, loops: group.loops, handler: echo)
      do {
        _ = try second.start()
        Issue.record("the second server started")
      } catch let failure as HTTPServerFailure {
        guard case .listen(_, port, EADDRINUSE, _) = failure else { throw failure }
      }
      group.shutDown()
    }
  }

  @Test(arguments: ["::1", "::"]) func `IPv6 is served`(address: String) async throws {
    var configuration = HTTPServerConfiguration()
    configuration.address = address
    try await withServer(
      configuration, handler: { HTTPResponse(contentType: "text/plain", Array($0.remoteAddress.utf8)) }
    ) { _, port in
      #expect(port > 0)
      for isIPv6 in address == "::" ? [true, false] : [true] {
        let client = try RawClient(port: port, isIPv6: isIPv6)
        try client.send("GET /six HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try client.readResponse().text == (isIPv6 ? "::1" : "127.0.0.1"))
      }
    }
  }
}
