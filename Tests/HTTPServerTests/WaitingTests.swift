// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Testing

@testable import HTTPServer

/// Closed until somebody opens it.
private final class Gate: Sendable {
  private let state = Mutex((isOpen: false, waiting: [CheckedContinuation<Void, Never>]()))

  func pass() async {
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
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}

/// One loop that answers other requests while some wait at a gate.
@Suite(.timeLimit(.minutes(1)))
struct WaitingTests {
  /// Calls the closure while a request waits, then sees that the request is answered.
  private func whileOneWaits(
    bodyPolicy: @escaping HTTPBodyPolicy = { _ in .buffer(bytesMax: 1 << 26) }, handler: @escaping HTTPHandler = echo,
    _ body: @escaping @Sendable (UInt16) throws -> Void
  ) async throws {
    let gate = Gate()
    let isWaiting = Event()
    try await withServer(
      loops: 1, bodyPolicy: bodyPolicy,
      handler: { request in
        guard request.path == "/wait" else { return await handler(request) }
        isWaiting.signal()
        await gate.pass()
        return await echo(request)
      },
      { _, port in
        let waiting = try RawClient(port: port)
        try waiting.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(isWaiting.wait())
        try body(port)
        gate.open()
        #expect(try waiting.readResponse().text == "GET /wait -")
      })
  }

  @Test func `more requests than are asked for in each run wait at once, and each is answered`() async throws {
    let gate = Gate()
    let waiting = Tally()
    let all = Event()
    try await withServer(
      loops: 1,
      handler: { request in
        waiting.add()
        if waiting.value == 200 { all.signal() }
        await gate.pass()
        return await echo(request)
      },
      { _, port in
        let clients = try (0..<200).map { number in
          let client = try RawClient(port: port)
          try client.send("GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\nGET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n")
          return client
        }
        #expect(all.wait())
        gate.open()
        for (number, client) in clients.enumerated() {
          #expect(try client.readResponse().text == "GET /\(number) -")
          #expect(try client.readResponse().text == "GET /\(number) -")
        }
      })
  }

  @Test(arguments: [0, 1, 8192, 8193, 100_000, 12_000_000])
  func `answers of every size arrive while another request waits`(sizeBytes: Int) async throws {
    let bytes = (0..<sizeBytes).map { UInt8(truncatingIfNeeded: $0 >> 8) }
    let directory = try TemporaryDirectory()
    directory.write("some", bytes)
    try await whileOneWaits(handler: { request in
      switch request.path {
      case "/file": return HTTPResponse(body: .file(path: directory.path + "/some"))
      case "/later":
        await Task.yield()
        return HTTPResponse(contentType: "application/octet-stream", bytes)
      default: return HTTPResponse(contentType: "application/octet-stream", bytes)
      }
    }) { port in
      let client = try RawClient(port: port)
      for path in ["/now", "/later", "/file", "/now"] {
        try client.send("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n")
        let isWhole = try client.readResponse().body == bytes
        #expect(isWhole, "\(path)")
      }
    }
  }

  @Test func `bodies are taken while another request waits`() async throws {
    let bytes = (0..<12_000_000).map { UInt8(truncatingIfNeeded: $0 >> 8) }
    try await whileOneWaits { port in
      let client = try RawClient(port: port)
      try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(bytes.count)\r\n\r\n")
      try client.send(bytes)
      let isWhole = try client.readResponse().body == bytes
      #expect(isWhole)
    }
  }

  @Test func `a long head and pipelined requests are taken while another request waits`() async throws {
    try await whileOneWaits { port in
      let client = try RawClient(port: port)
      let fields = (0..<70).map { "A\($0): \(String(repeating: "b", count: 100))\r\n" }.joined()
      let request = "GET /long HTTP/1.1\r\nHost: h\r\n\(fields)\r\n"
      try client.send(String(repeating: request, count: 20))
      for _ in 0..<20 { #expect(try client.readResponse().text == "GET /long -") }
    }
  }
}

struct DaemonWorkTests {
  /// What is known, and whether the daemon must run when the library says no and when it says yes.
  struct Case: Sendable {
    var polled = 0
    var moving = 0
    var news = false
    var unfinished = false
    var mustRun: (no: Bool, yes: Bool)
  }

  @Test(arguments: [
    // With nobody waiting unsuspended the library knows.
    Case(mustRun: (false, true)),
    Case(unfinished: true, mustRun: (false, true)),
    Case(moving: 2, mustRun: (false, true)),
    // But it does not know of answers.
    Case(news: true, mustRun: (true, true)),
    // While it is asked for answers it says yes all the time.
    Case(polled: 1, mustRun: (false, false)),
    Case(polled: 1, unfinished: true, mustRun: (true, true)),
    Case(polled: 1, news: true, mustRun: (true, true)),
    // What moves in pieces cannot do without its word.
    Case(polled: 1, moving: 1, mustRun: (false, true)),
  ])
  func `a daemon runs when it has something to do`(_ wanted: Case) {
    var work = DaemonWork()
    work.polledCount = wanted.polled
    work.movingCount = wanted.moving
    if wanted.news { work.noteNews() }
    if wanted.unfinished { work.noteUnfinished() }
    #expect(work.mustRun(libraryAsks: false) == wanted.mustRun.no)
    #expect(work.mustRun(libraryAsks: true) == wanted.mustRun.yes)
    work.begin()
    #expect(work.mustRun(libraryAsks: false) == false)
  }

  @Test func `requests wait unsuspended while they are few and nothing moves`() {
    var work = DaemonWork()
    #expect(work.mayPoll)
    work.polledCount = 63
    #expect(work.mayPoll)
    work.polledCount = 64
    #expect(!work.mayPoll)
    work = DaemonWork()
    work.movingCount = 1
    #expect(!work.mayPoll)
  }
}
