// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import HTTPServer
import TestSupport
import Testing

/// A request that is refused while its client still sends.
struct EarlyRefusal: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: String
  var status: Int
  var testDescription: String { name }
}

/// The server hangs up first: what the client still sends must not cost it the answer.
@Suite(.timeLimit(.minutes(1)))
struct LingeringTests {
  private static let start = "POST / HTTP/1.1\r\nHost: h\r\n"

  static let refusals: [EarlyRefusal] = [
    .init(
      name: "a head larger than memory", bytes: start + "A: " + String(repeating: "x", count: 60_000), status: 431),
    .init(name: "a target larger than memory", bytes: "GET /" + String(repeating: "x", count: 60_000), status: 414),
    .init(name: "a line that is no header", bytes: start + "nonsense\r\n\r\n", status: 400),
    .init(
      name: "a method that is no token", bytes: "G{T / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n", status: 400),
    .init(name: "an announced body over the limit", bytes: start + "Content-Length: 50000000\r\n\r\n", status: 413),
    .init(
      name: "the same, and the client asked first",
      bytes: start + "Expect: 100-continue\r\nContent-Length: 50000000\r\n\r\n", status: 413),
    .init(
      name: "chunks over the limit", bytes: start + "Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n7\r\n4567890\r\n",
      status: 413),
    .init(
      name: "a chunk without a size", bytes: start + "Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\nzz\r\n",
      status: 400
    ),
  ]

  @Test(arguments: refusals) func `what a client goes on sending does not cost it the refusal`(
    _ refusal: EarlyRefusal
  ) async throws {
    try await withServer(bodyPolicy: { _ in .buffer(bytesMax: 10) }) { server, port in
      let client = try RawClient(port: port)
      try client.send(refusal.bytes)
      // Much more than the server's and the client's buffers hold: somebody must read it.
      let more = [UInt8](repeating: 0x61, count: 1 << 20)
      for _ in 0..<16 { try client.send(more) }
      let response = try client.readResponse()
      #expect(response.status == refusal.status, "\(response.text)")
      #expect(response["Connection"]?.lowercased() == "close")
      try client.send(more)
      client.endSending()
      #expect(client.isEndedByServer())
      #expect(eventually { server.statistics.connectionsLingering == 0 && server.statistics.connectionsOpen == 0 })
    }
  }

  @Test func `a client that sends without end is cut`() async throws {
    var configuration = HTTPServerConfiguration()
    configuration.linger.bytesMax = 4 << 20
    try await withServer(configuration, bodyPolicy: { _ in .none }) { server, port in
      let client = try RawClient(port: port)
      try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9000000000\r\n\r\n")
      #expect(try client.readResponse().status == 413)
      let piece = [UInt8](repeating: 0, count: 1 << 20)
      var sent = 0
      while sent < 1000, (try? client.send(piece)) != nil { sent += 1 }
      #expect(sent < 1000)
      #expect(eventually { server.statistics.connectionsLingering == 0 })
    }
  }

  @Test func `a client that says nothing more, and does not hang up either, is not waited for`() async throws {
    var configuration = HTTPServerConfiguration()
    configuration.linger.quiet = .milliseconds(100)
    try await withServer(configuration, bodyPolicy: { _ in .none }) { server, port in
      let client = try RawClient(port: port)
      try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 90000\r\n\r\n")
      #expect(try client.readResponse().status == 413)
      #expect(client.isEndedByServer())
      #expect(eventually { server.statistics.connectionsLingering == 0 })
    }
  }

  @Test func `one byte after the other does not keep a refused connection`() async throws {
    var configuration = HTTPServerConfiguration()
    configuration.linger.total = .milliseconds(200)
    try await withServer(configuration, bodyPolicy: { _ in .none }) { _, port in
      let client = try RawClient(port: port)
      try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 90000\r\n\r\n")
      #expect(try client.readResponse().status == 413)
      #expect(
        eventually {
          usleep(2_000)
          return (try? client.send("x")) == nil
        })
    }
  }

  @Test func `of too many that linger the oldest goes`() async throws {
    var configuration = HTTPServerConfiguration()
    configuration.linger.countMax = 3
    try await withServer(configuration, loops: 1, bodyPolicy: { _ in .none }) { server, port in
      var clients: [RawClient] = []
      for _ in 0..<5 {
        let client = try RawClient(port: port)
        try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 90000\r\n\r\n")
        #expect(try client.readResponse().status == 413)
        #expect(client.isEndedByServer())
        clients.append(client)
      }
      #expect(eventually { server.statistics.connectionsLingering == 3 && server.statistics.connectionsOpen == 0 })
      for client in clients.prefix(2) { #expect(eventually { (try? client.send("x")) == nil }) }
      for client in clients.suffix(3) {
        for _ in 0..<3 { try client.send("x") }
        client.endSending()
      }
      #expect(eventually { server.statistics.connectionsLingering == 0 })
    }
  }

  @Test func `a connection that both sides agreed to end is closed at once`() async throws {
    var configuration = HTTPServerConfiguration()
    configuration.linger.quiet = .seconds(600)
    try await withServer(configuration) { server, port in
      for head in ["GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"] {
        let client = try RawClient(port: port)
        try client.send(head)
        #expect(try client.readResponse().status == 200)
        #expect(client.isEndedByServer())
        #expect(eventually { server.statistics.connectionsOpen == 0 })
        #expect(server.statistics.connectionsLingering == 0)
      }
    }
  }

  @Test func `a drain lets a refused client finish, within its time`() async throws {
    for isPatient in [true, false] {
      let group = LoopGroup(count: 1)
      let server = HTTPServer(loops: group.loops, bodyPolicy: { _ in .none }, handler: echo)
      let port = try server.start()
      let client = try await onThread {
        let client = try RawClient(port: port)
        try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 90000\r\n\r\n")
        #expect(try client.readResponse().status == 413)
        #expect(eventually { server.statistics.connectionsLingering == 1 })
        return client
      }
      async let drained: Void = server.drain(within: isPatient ? .seconds(600) : .milliseconds(50))
      if isPatient {
        try await onThread {
          try client.send([UInt8](repeating: 0, count: 90_000))
          client.endSending()
        }
      }
      await drained
      #expect(server.statistics.connectionsLingering == 0)
      group.shutDown()
    }
  }
}
