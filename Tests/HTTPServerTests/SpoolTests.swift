// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import HTTPServer
import Synchronization
import TestSupport
import Testing

/// Large bodies that the offload pool writes.
@Suite(.timeLimit(.minutes(1)))
struct SpoolTests {
  @Test(arguments: [1, 65_535, 65_536, 65_537, 131_072, 3_000_000], [false, true])
  func `a body of any size is written whole and in order`(sizeBytes: Int, isChunked: Bool) async throws {
    let directory = try TemporaryDirectory()
    let pool = OffloadPool(threadCount: 2)
    var configuration = HTTPServerConfiguration()
    configuration.offload = pool
    let body = Content.bytes(sizeBytes)
    try await withServer(
      configuration, bodyPolicy: { _ in .spool(directory: directory.path, bytesMax: 3_000_000) }
    ) { _, port in
      let client = try RawClient(port: port)
      for _ in 0..<2 {
        if isChunked {
          try client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
          try client.send("\(String(sizeBytes, radix: 16))\r\n")
          try client.send(body)
          try client.send("\r\n0\r\n\r\n")
        } else {
          try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(sizeBytes)\r\n\r\n")
          try client.send(body)
        }
        let isSame = Content.isSame(try client.readResponse().body, body)
        #expect(isSame)
      }
    }
    // The pool's threads may be the last that hold a file.
    pool.shutDown()
    #expect(directory.names.isEmpty)
  }

  @Test func `a slow disk holds back its own client only, and memory stays small`() async throws {
    let directory = try TemporaryDirectory()
    let pool = OffloadPool(threadCount: 1)
    let disk = Event()
    let isHeld = Event()
    // The pool's only thread is busy, as with a disk that does not answer.
    try #require(
      pool.start {
        isHeld.signal()
        _ = disk.wait(seconds: 50)
      })
    var configuration = HTTPServerConfiguration()
    configuration.offload = pool
    configuration.bodyTimeout = .milliseconds(200)
    let body = Content.bytes(20_000_000)
    try await withServer(
      configuration, loops: 1, bodyPolicy: { _ in .spool(directory: directory.path, bytesMax: 1 << 30) },
      handler: { request in
        guard case .file(let file) = request.body else { return await echo(request) }
        return HTTPResponse(body: .file(path: file.path))
      },
      { server, port in
        try #require(isHeld.wait())
        let client = try RawClient(port: port)
        let sender = WorkThread()
        sender.add {
          try? client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.count)\r\n\r\n")
          try? client.send(body)
        }
        sender.run()
        // Two pieces fill the writer; then nothing more is taken.
        while server.statistics.bodyBytesReceived < 2 * 65_536 { sched_yield() }
        let other = try RawClient(port: port)
        for number in 0..<100 {
          try other.send("GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n")
          #expect(try other.readResponse().text == "GET /\(number) -")
        }
        #expect(server.statistics.bodyBytesReceived < 3 * 65_536)
        // One that began later and is slow by itself is cut when the time for a body is over. The first one's time is
        // over then too, but for the wait, which is not the client's.
        let slow = try RawClient(port: port)
        try slow.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc")
        #expect(slow.isClosedByServer())
        #expect(server.statistics.slowClientsCut == 1)
        disk.signal()
        let isSame = Content.isSame(try client.readResponse().body, body)
        #expect(isSame)
        sender.join()
      })
    // The pool's threads may be the last that hold a file.
    pool.shutDown()
    #expect(directory.names.isEmpty)
  }

  @Test func `when the pool is full the body is refused, and nothing is left`() async throws {
    let directory = try TemporaryDirectory()
    let pool = OffloadPool(threadCount: 1, waitingMax: 1)
    let mayEnd = Event()
    let isHeld = Event()
    try #require(
      pool.start {
        isHeld.signal()
        _ = mayEnd.wait(seconds: 50)
      })
    try await onThread { try #require(isHeld.wait()) }
    try #require(pool.start {})
    var configuration = HTTPServerConfiguration()
    configuration.offload = pool
    try await withServer(
      configuration, bodyPolicy: { _ in .spool(directory: directory.path, bytesMax: 1 << 20) }
    ) { _, port in
      let client = try RawClient(port: port)
      try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 200000\r\n\r\n")
      try client.send([UInt8](repeating: 1, count: 200_000))
      #expect(try client.readResponse().status == 503)
      try client.send("GET /on HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try client.readResponse().text == "GET /on -")
    }
    mayEnd.signal()
    pool.shutDown()
    #expect(directory.names.isEmpty)
  }

  @Test func `a drain does not wait for a disk longer than allowed`() async throws {
    let directory = try TemporaryDirectory()
    let pool = OffloadPool(threadCount: 1)
    let disk = Event()
    try #require(pool.start { _ = disk.wait(seconds: 50) })
    var configuration = HTTPServerConfiguration()
    configuration.offload = pool
    let group = LoopGroup(count: 1)
    let server = HTTPServer(
      configuration: configuration, loops: group.loops,
      bodyPolicy: { _ in .spool(directory: directory.path, bytesMax: 1 << 20) }, handler: echo)
    let port = try server.start()
    let client = try await onThread {
      let client = try RawClient(port: port)
      try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n")
      try client.send([UInt8](repeating: 1, count: 1000))
      while server.statistics.bodyBytesReceived < 1000 { sched_yield() }
      return client
    }
    await server.drain(within: .milliseconds(50))
    #expect(await onThread { client.isClosedByServer() })
    disk.signal()
    pool.shutDown()
    group.shutDown()
  }
}
