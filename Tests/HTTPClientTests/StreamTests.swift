// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct `A streamed body` {
  @Test func `arrives whole, in pieces`() async throws {
    let bench = try await Bench { $0.streamBufferBytesMax = 64 << 10 }
    let answer = try await bench.client.stream(ClientRequest("GET", bench.peer.url("big?bytes=5000000")))
    #expect(answer.status == 200)
    var count = 0
    for try await piece in answer.body {
      #expect(!piece.isEmpty)
      count += piece.count
    }
    #expect(count == 5_000_000)
  }

  @Test func `makes the server wait for a slow reader`() async throws {
    let bench = try await Bench { $0.streamBufferBytesMax = 64 << 10 }
    let answer = try await bench.client.stream(ClientRequest("GET", bench.peer.url("endless")))
    // The server's figure stops growing once the kernel's buffers are full, since nobody reads here.
    var last = -1
    var same = 0
    while same < 5 {
      let now = try await bench.count("endless-bytes")
      same = now == last ? same + 1 : 0
      last = now
      try await bench.thread.loop.sleep(for: .milliseconds(20))
    }
    #expect(last < 32 << 20)
    // Reading on makes it go on.
    var count = 0
    for try await piece in answer.body {
      count += piece.count
      if count > last { break }
    }
    #expect(count > last)
  }

  @Test func `ends the transfer when it is let go`() async throws {
    let bench = try await Bench()
    do {
      let answer = try await bench.client.stream(ClientRequest("GET", bench.peer.url("endless")))
      #expect(answer.status == 200)
    }
    #expect(try await bench.get("gone?of=endless-gone").text == "gone")
  }

  @Test func `ends for its reader when the task is cancelled`() async throws {
    let bench = try await Bench()
    let answer = try await bench.client.stream(ClientRequest("GET", bench.peer.url("events?stay=1")))
    let (pieces, first) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      for try await _ in answer.body { first.yield() }
    }
    for await _ in pieces { break }
    task.cancel()
    #expect(await failure { try await task.value }?.kind == .aborted)
  }

  @Test func `reports a break after what came before it`() async throws {
    let bench = try await Bench()
    let answer = try await bench.client.stream(ClientRequest("GET", bench.peer.url("truncated")))
    var text = ""
    let error = await failure {
      for try await piece in answer.body { text += String(decoding: piece, as: UTF8.self) }
    }
    #expect(text == "short")
    #expect(error?.kind == .interrupted)
  }

  @Test func `fails before its header when there is no answer`() async throws {
    let bench = try await Bench()
    let request = ClientRequest("GET", bench.peer.url("reset"))
    #expect(await failure { try await bench.client.stream(request) }?.kind == .interrupted)
  }
}
