// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import HTTPServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct BodyTests {
  @Test func `a length over the limit is refused before the body is sent`() async throws {
    try await withServer(bodyPolicy: { _ in .buffer(bytesMax: 10) }) { _, port in
      let client = try RawClient(port: port)
      try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n")
      let response = try client.readResponse()
      #expect(response.status == 413)
      #expect(response["Content-Type"] == "application/problem+json")
      // What is sent all the same is dropped, and the connection ends with it.
      try client.send("01234567890")
      #expect(client.isClosedByServer())
    }
  }

  @Test func `a body of exactly the limit is taken`() async throws {
    try await withServer(bodyPolicy: { _ in .buffer(bytesMax: 10) }) { _, port in
      let client = try RawClient(port: port)
      try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n0123456789")
      #expect(try client.readResponse().text == "0123456789")
      try client.send(
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n6\r\n456789\r\n0\r\n\r\n")
      #expect(try client.readResponse().text == "0123456789")
    }
  }

  @Test func `chunks are counted, and cut off at the limit`() async throws {
    try await withServer(bodyPolicy: { _ in .buffer(bytesMax: 10) }) { _, port in
      let client = try RawClient(port: port)
      try client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n7\r\n4567890\r\n")
      #expect(try client.readResponse().status == 413)
      #expect(client.isClosedByServer())
    }
  }

  @Test func `a body that is not wanted is refused by the policy's own answer`() async throws {
    let calls = Tally()
    try await withServer(
      bodyPolicy: { head in
        head.path == "/none" ? .none : .refuse(.problem(415, code: "wrong_type", title: "Send JSON"))
      },
      handler: { request in
        calls.add()
        return await echo(request)
      },
      { _, port in
        for (path, status) in [("/none", 413), ("/refuse", 415)] {
          let client = try RawClient(port: port)
          try client.send("POST \(path) HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nabc")
          #expect(try client.readResponse().status == status)
          client.endSending()
          #expect(client.isClosedByServer())
        }
      })
    #expect(calls.value == 0)
  }

  @Test func `a client that asks first is told to go on, or not`() async throws {
    try await withServer(bodyPolicy: { _ in .buffer(bytesMax: 10) }) { _, port in
      let client = try RawClient(port: port)
      try client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
      #expect(try client.readResponse().status == 100)
      try client.send("abc")
      #expect(try client.readResponse().text == "abc")
      try client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 30\r\n\r\n")
      #expect(try client.readResponse().status == 413)
    }
  }

  @Test func `a spooled body is a file that goes away with the request`() async throws {
    let directory = try TemporaryDirectory()
    let names = Mutex<[String]>([])
    let content = [UInt8](repeating: 7, count: 300_000)
    try await withServer(
      bodyPolicy: { _ in .spool(directory: directory.path, bytesMax: 400_000) },
      handler: { request in
        guard case .file(let file) = request.body else { return HTTPResponse(status: 500) }
        names.withLock { $0 = directory.names }
        return HTTPResponse(contentType: "text/plain", Array("\(file.sizeBytes)".utf8))
      },
      { _, port in
        let client = try RawClient(port: port)
        try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(content.count)\r\n\r\n")
        try client.send(content)
        #expect(try client.readResponse().text == "\(content.count)")
        #expect(names.withLock { $0.count } == 1)
        let other = try RawClient(port: port)
        try other.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
        try? other.send("7a120\r\n")
        try? other.send([UInt8](repeating: 1, count: 500_000))
        #expect(try other.readResponse().status == 413)
        #expect(other.isClosedByServer())
      })
    #expect(directory.names.isEmpty)
  }

  @Test func `a moved file stays`() async throws {
    let directory = try TemporaryDirectory()
    try await withServer(
      bodyPolicy: { _ in .spool(directory: directory.path, bytesMax: 100) },
      handler: { request in
        guard case .file(let file) = request.body else { return HTTPResponse(status: 500) }
        do { try file.move(to: directory.path + "/kept") } catch { return HTTPResponse(status: 500) }
        return HTTPResponse(status: 204)
      },
      { _, port in
        let client = try RawClient(port: port)
        try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc")
        #expect(try client.readResponse().status == 204)
      })
    #expect(directory.names == ["kept"])
  }

  @Test func `a directory that is not there is a 503, not a crash`() async throws {
    try await withServer(bodyPolicy: { _ in .spool(directory: "/nowhere/at/all", bytesMax: 100) }) { _, port in
      let client = try RawClient(port: port)
      try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc")
      #expect(try client.readResponse().status == 503)
    }
  }

  @Test func `200 clients at once get back exactly what they sent`() async throws {
    let content = Content.bytes(600_000)
    try await withServer(bodyPolicy: { _ in .buffer(bytesMax: 1 << 20) }) { server, port in
      let pool = (0..<20).map { _ in WorkThread() }
      let wrong = Tally()
      for client in 0..<200 {
        pool[client % pool.count].add {
          var random = LinearRandom(state: UInt64(client))
          do {
            let connection = try RawClient(port: port)
            for _ in 0..<4 {
              let size = [0, 1, 1000, 17_000, 70_000, 300_000][Int(random.next() % 6)]
              let start = Int(random.next() >> 33) % (content.count - size)
              let body = Array(content[start..<start + size])
              try connection.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(size)\r\n\r\n")
              try connection.send(body)
              let response = try connection.readResponse()
              if size > 0, !Content.isSame(response.body, body) { wrong.add() }
              if response.status != 200 { wrong.add() }
            }
          } catch {
            wrong.add()
          }
        }
      }
      for thread in pool { thread.run() }
      for thread in pool { thread.join() }
      #expect(wrong.value == 0)
      #expect(server.statistics.requests == 800)
    }
  }
}

/// A thread that does what it was given, one after the other.
final class WorkThread: Sendable {
  private let work = Mutex<[@Sendable () -> Void]>([])
  private let thread = Mutex<pthread_t?>(nil)

  func add(_ job: @escaping @Sendable () -> Void) { work.withLock { $0.append(job) } }

  func run() {
    var handle = pthread_t()
    unsafe pthread_create(&handle, nil, workThreadMain, Unmanaged.passRetained(self).toOpaque())
    thread.withLock { $0 = handle }
  }

  func join() {
    if let handle = thread.withLock({ $0 }) { pthread_join(handle, nil) }
  }

  fileprivate func runAll() {
    for job in work.withLock({ $0 }) { job() }
  }
}

private func workThreadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context = unsafe context else { return nil }
  unsafe Unmanaged<WorkThread>.fromOpaque(context).takeRetainedValue().runAll()
  return nil
}
