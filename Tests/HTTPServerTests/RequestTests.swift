// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RequestTests {
  @Test(arguments: [false, true], [1, 3])
  func `a client that has ended its sending gets its answers, and then the end`(waits: Bool, count: Int) async throws {
    var configuration = HTTPServerConfiguration()
    configuration.idleTimeout = .seconds(600)
    try await withServer(
      configuration,
      handler: { request in
        if waits { try? await sleepOnLoop(.milliseconds(5)) }
        return await echo(request)
      }
    ) { _, port in
      let client = try RawClient(port: port)
      let requests = (1...count).map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }
      try client.send(requests.joined())
      client.endSending()
      for number in 1...count { #expect(try client.readResponse().text == "GET /\(number) -") }
      #expect(client.isClosedByServer())
    }
  }

  @Test func `many requests use one connection`() async throws {
    try await withServer { server, port in
      let client = try RawClient(port: port)
      for number in 0..<50 {
        try client.send("GET /a%2Fb?n=\(number)%20x HTTP/1.1\r\nHost: h\r\n\r\n")
        let response = try client.readResponse()
        #expect(response.status == 200)
        #expect(response.text == "GET /a%2Fb n=\(number)%20x")
      }
      let statistics = server.statistics
      #expect(statistics.connectionsAccepted == 1)
      #expect(statistics.requests == 50)
      #expect(statistics.connectionsOpen == 1)
    }
  }

  @Test(arguments: [false, true]) func `pipelined requests are answered in order`(waits: Bool) async throws {
    try await withServer(handler: { request in
      if waits { try? await sleepOnLoop(.milliseconds(request.path.count % 3)) }
      return await echo(request)
    }) { _, port in
      let client = try RawClient(port: port)
      var all = ""
      for number in 0..<100 {
        all +=
          number % 10 == 7
          ? "POST /\(number) HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nbody\(number % 10)"
          : "GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n"
      }
      try client.send(all)
      for number in 0..<100 {
        let text = try client.readResponse().text
        #expect(text == (number % 10 == 7 ? "body7" : "GET /\(number) -"))
      }
    }
  }

  @Test func `requests run on the loop of their connection, also after waiting`() async throws {
    try await withServer(handler: { _ in
      let before = EventLoop.current
      await Task.yield()
      let isSame = before != nil && before === EventLoop.current
      return HTTPResponse(contentType: "text/plain", Array("\(isSame)".utf8))
    }) { _, port in
      let client = try RawClient(port: port)
      try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try client.readResponse().text == "true")
    }
  }

  @Test func `HEAD gets the headers of GET and no body`() async throws {
    try await withServer { _, port in
      let client = try RawClient(port: port)
      try client.send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\nGET /y HTTP/1.1\r\nHost: h\r\n\r\n")
      let head = try client.readResponse(isHead: true)
      #expect(head.status == 200)
      #expect(head["Content-Length"] == "\("GET /x -".utf8.count)")
      #expect(head["Content-Type"] == "text/plain")
      #expect(try client.readResponse().text == "GET /y -")
    }
  }

  @Test func `headers are found without regard to case, and repeated ones are kept`() async throws {
    try await withServer(handler: { request in
      let text = [request.headers["x-ONE"] ?? "", request.headers.values(for: "X-Two").joined(separator: "+")]
      return HTTPResponse(contentType: "text/plain", Array(text.joined(separator: "|").utf8))
    }) { _, port in
      let client = try RawClient(port: port)
      try client.send("GET / HTTP/1.1\r\nHost: h\r\nX-One:  a b \r\nx-two: 1\r\nX-TWO: 2\r\n\r\n")
      #expect(try client.readResponse().text == "a b|1+2")
    }
  }

  @Test func `an absolute target means its path`() async throws {
    try await withServer { _, port in
      let client = try RawClient(port: port)
      try client.send("GET http://example.com/p?q HTTP/1.1\r\nHost: example.com\r\n\r\n")
      #expect(try client.readResponse().text == "GET /p q")
    }
  }

  @Test func `an HTTP 1_0 client is answered and its connection closed`() async throws {
    try await withServer { _, port in
      let client = try RawClient(port: port)
      try client.send("GET /old HTTP/1.0\r\n\r\n")
      #expect(try client.readResponse().text == "GET /old -")
      #expect(client.isClosedByServer())
    }
  }

  @Test func `the address of the client is known`() async throws {
    try await withServer(handler: { request in
      HTTPResponse(contentType: "text/plain", Array("\(request.remoteAddress) \(request.isTLS)".utf8))
    }) { _, port in
      let client = try RawClient(port: port)
      try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try client.readResponse().text == "127.0.0.1 false")
    }
  }

  @Test(arguments: [
    ("X-A", "b\r\nX-Evil: 1"), ("X-A", "b\nX-Evil: 1"), ("X-A", "b\rc"), ("X-A", "b\0c"), ("X-A", "\u{7f}"),
    ("X A", "b"), ("X-A:", "b"), ("", "b"), ("X-A\r\nX-Evil", "b"), ("X-\u{e9}", "b"),
  ])
  func `a header that could break out of its line becomes a 500`(name: String, value: String) async throws {
    try await withServer(handler: { request in
      var response = await echo(request)
      if request.path == "/bad" { response.headers.add(name, value) }
      return response
    }) { _, port in
      let client = try RawClient(port: port)
      try client.send("GET /bad HTTP/1.1\r\nHost: h\r\n\r\nGET /good HTTP/1.1\r\nHost: h\r\n\r\n")
      let response = try client.readResponse()
      #expect(response.status == 500)
      #expect(response["Content-Type"] == "application/problem+json")
      #expect(response["X-Evil"] == nil)
      #expect(try client.readResponse().text == "GET /good -")
    }
  }
}
