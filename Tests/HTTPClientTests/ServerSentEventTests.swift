// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct `Server-sent events` {
  static let table: [(String, [ServerSentEvent])] = [
    ("data: one\n\n", [.init(data: "one")]),
    ("data:one\r\rdata: two\r\r", [.init(data: "one"), .init(data: "two")]),
    ("data: a\r\ndata:  b\r\n\r\n", [.init(data: "a\n b")]),
    ("data\n\n", [.init(data: "")]),
    ("data\ndata\n\n", [.init(data: "\n")]),
    (": only a comment\n\n", []),
    ("event: x\n\ndata: y\n\n", [.init(data: "y")]),
    (
      "event: tick\nid: 7\ndata: y\n\ndata: z\n\n",
      [.init(id: "7", event: "tick", data: "y"), .init(id: "7", data: "z")]
    ),
    ("id: 7\ndata: y\n\nid\ndata: z\n\n", [.init(id: "7", data: "y"), .init(data: "z")]),
    ("id: a\0b\ndata: y\n\n", [.init(data: "y")]),
    ("\u{FEFF}data: mark\n\n", [.init(data: "mark")]),
    ("unknown: x\nretry: 12x\ndata: äöü 🛒\n\n", [.init(data: "äöü 🛒")]),
    ("data: unfinished\n", []),
    ("data: a:b:c\n\n", [.init(data: "a:b:c")]),
  ]

  @Test(arguments: table)
  func `are the same wherever the bytes are cut`(_ text: String, _ expected: [ServerSentEvent]) throws {
    let bytes = Array(text.utf8)
    for first in 0...bytes.count {
      for second in first...bytes.count {
        var parser = ServerSentEventParser()
        var events = try parser.parse(bytes[..<first])
        events += try parser.parse(bytes[first..<second])
        events += try parser.parse(bytes[second...])
        #expect(events == expected)
      }
    }
  }

  @Test func `that are written are read back, for random events, line ends and cuts`() throws {
    var random = SystemRandomNumberGenerator()
    let pieces = ["a", ":", " ", "ü", "data", "🛒", "", "0"]
    for _ in 0..<2000 {
      let words = {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
      }
      let events = (0..<3).map { number in
        ServerSentEvent(
          id: "\(number)", event: "e" + words().joined(),
          data: (0...Int.random(in: 0...2)).map { _ in words().joined() }.joined(separator: "\n"))
      }
      var text = ""
      for event in events {
        let end = { ["\n", "\r", "\r\n"].randomElement(using: &random) ?? "\n" }
        // A lone CR before an LF would be one line end, so one event keeps one kind.
        let lineEnd = end()
        text += "id: \(event.id)\(lineEnd)event: \(event.event)\(lineEnd)"
        for line in event.data.split(separator: "\n", omittingEmptySubsequences: false) {
          text += "data: \(line)\(lineEnd)"
        }
        text += lineEnd + (lineEnd == "\r" ? ":\r" : "")
      }
      var parser = ServerSentEventParser()
      var read: [ServerSentEvent] = []
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...rest.count, using: &random)
        read += try parser.parse(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
      #expect(read == events)
    }
  }

  @Test func `never stop the parser, whatever arrives`() {
    let alphabet = Array("data:id event retry\r\n\0\u{FEFF}1".utf8) + [0xff, 0xc3]
    for _ in 0..<5000 {
      var parser = ServerSentEventParser(eventBytesMax: 64)
      let bytes = (0..<Int.random(in: 0...200)).map { _ in alphabet.randomElement() ?? 0 }
      guard let events = try? parser.parse(bytes) else { continue }
      for event in events {
        #expect(event.data.utf8.count <= 64 * 3)  // a broken byte becomes a sign of three
        #expect(!event.id.contains("\0"))
      }
    }
  }

  @Test func `have a largest size`() throws {
    var parser = ServerSentEventParser(eventBytesMax: 100)
    let error = #expect(throws: HTTPClientError.self) {
      for _ in 0..<30 { _ = try parser.parse(Array("data: 0123456789\n".utf8)) }
    }
    #expect(error?.kind == .tooLarge)
  }

  @Test func `tell how long to wait before coming back`() throws {
    var parser = ServerSentEventParser()
    _ = try parser.parse(Array("retry: 250\n".utf8))
    #expect(parser.retryMilliseconds == 250)
    _ = try parser.parse(Array("retry: soon\n".utf8))
    #expect(parser.retryMilliseconds == 250)
  }

  @Test func `go on after the last event when the connection breaks, and end with 204`() async throws {
    let bench = try await Bench()
    let events = ServerSentEvents(client: bench.client, request: ClientRequest("GET", bench.peer.url("events?end=6")))
    var seen: [String] = []
    var opened = 0
    for try await update in events {
      switch update {
      case .opened: opened += 1
      case .event(let event):
        #expect(event.event == "tick")
        #expect(event.data == "line \(event.id)\nmore")
        seen.append(event.id)
      case .lost(_, let pause): #expect(pause <= .milliseconds(10))
      }
    }
    #expect(seen == ["1", "2", "3", "4", "5", "6"])
    #expect(opened == 3)
  }

  @Test func `are given up when the server refuses`() async throws {
    let bench = try await Bench()
    for (path, kind) in [("nothing", HTTPClientError.Kind.refused), ("hello", .badAnswer)] {
      let events = ServerSentEvents(client: bench.client, request: ClientRequest("GET", bench.peer.url(path)))
      #expect(await failure { for try await _ in events {} }?.kind == kind)
    }
  }

  @Test func `end the connection when nobody listens any more`() async throws {
    let bench = try await Bench()
    for try await update in ServerSentEvents(
      client: bench.client, request: ClientRequest("GET", bench.peer.url("events?stay=1")))
    {
      if case .event = update { break }
    }
    #expect(try await bench.get("gone?of=events-gone").text == "gone")
  }
}
