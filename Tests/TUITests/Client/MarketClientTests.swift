// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import HTTPServer
import JSON
import Market
import Synchronization
import TestSupport
import Testing

@testable import souk

/// The client against servers on sockets: those that behave, and those that do not.
@Suite(.timeLimit(.minutes(1))) struct MarketClientTests {
  private static let address = ProductAddress(product: Samples.bracelet.id)
  private static let text = (try? JSONEncoder().encode(Samples.bracelet)) ?? []

  private static func product(_ headers: HTTPHeaders = [:]) -> HTTPResponse {
    var response = HTTPResponse(contentType: "application/json", text)
    for (name, value) in headers.all { response.headers.add(name, value) }
    return response
  }

  /// Why a call brought nothing.
  private func failure<Output>(_ call: () async throws(ClientFailure) -> Output) async -> ClientFailure? {
    do throws(ClientFailure) {
      _ = try await call()
      return nil
    } catch { return error }
  }

  @Test func `an answer is read, and the question says all that the contract asks for`() async throws {
    let peer = try Peer { _ in MarketClientTests.product() }
    let answer = try await peer.client.call(Catalogue.show, MarketClientTests.address)
    #expect(answer.value == Samples.bracelet)
    #expect(answer.bytes == MarketClientTests.text)
    #expect(answer.freshness == .fresh)
    let asked = try #require(peer.asked.first)
    #expect(asked.line == "GET /api/v1/products/\(Samples.bracelet.id)")
    #expect(asked.headers["authorization"] == "Bearer t")
    #expect(asked.headers["user-agent"] == "souk/\(Souk.version)")
  }

  @Test func `what has not changed is not sent again`() async throws {
    let peer = try Peer { asked in
      if asked.headers["if-none-match"] == "\"3\"" { return HTTPResponse(status: 304, headers: ["ETag": "\"3\""]) }
      return MarketClientTests.product(["ETag": "\"3\"", "Cache-Control": "private, max-age=60"])
    }
    _ = try await peer.client.call(Catalogue.show, MarketClientTests.address)
    #expect(try await peer.client.call(Catalogue.show, MarketClientTests.address).value == Samples.bracelet)
    #expect(peer.asked.count == 1)
    let again = try await peer.client.call(Catalogue.show, MarketClientTests.address, mode: .reload)
    #expect((again.value, again.freshness) == (Samples.bracelet, .fresh))
    #expect(peer.asked.map { $0.headers["if-none-match"] } == [nil, "\"3\""])
  }

  @Test func `a change goes out with its version and its key`() async throws {
    let peer = try Peer { _ in MarketClientTests.product() }
    let patch = ProductPatch(product: Samples.bracelet.id, stock: .set(6))
    _ = try await peer.client.call(Catalogue.edit, patch, CallOptions(version: 3, idempotencyKey: "k"))
    let asked = try #require(peer.asked.first)
    #expect(asked.line == "PATCH /api/v1/products/\(Samples.bracelet.id)")
    #expect(asked.body == #"{"stock":6}"#)
    #expect((asked.headers["if-match"], asked.headers["idempotency-key"]) == ("\"3\"", "k"))
  }

  @Test func `a problem is told in the server's words, field by field`() async throws {
    let peer = try Peer { _ in
      let text = """
        {"type":"about:blank","title":"Not so","status":422,"code":"invalid_input",
        "errors":[{"pointer":"/stock","code":"too_small","detail":"No fewer than none."}],"more":"than we know"}
        """
      return HTTPResponse(status: 422, contentType: "application/problem+json", Array(text.utf8))
    }
    let patch = ProductPatch(product: Samples.bracelet.id, stock: .set(-1))
    let failure = await failure { () async throws(ClientFailure) in
      try await peer.client.call(Catalogue.edit, patch)
    }
    guard case .refused(let problem) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(failure?.problemCode == .invalidInput)
    #expect(problem.errors == [FieldError("/stock", "too_small", "No fewer than none.")])
    #expect(peer.asked.count == 1)
  }

  @Test(arguments: [(404, "not_found"), (502, "status_502"), (418, "status_418")])
  func `a refusal that is no problem document is told by its status`(status: Int, code: String) async throws {
    let peer = try Peer { _ in HTTPResponse(status: status, contentType: "text/html", Array("<h1>Oh</h1>".utf8)) }
    let failure = await failure { () async throws(ClientFailure) in
      try await peer.client.call(Catalogue.show, MarketClientTests.address)
    }
    guard case .refused(let problem) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect((problem.status, problem.code) == (status, code))
  }

  @Test func `a server that says later is asked again, with the same key`() async throws {
    let count = Mutex(0)
    let peer = try Peer { _ in
      let number = count.withLock { count -> Int in
        count += 1
        return count
      }
      if number == 1 { return HTTPResponse(status: 503, headers: ["Retry-After": "0"]) }
      return MarketClientTests.product()
    }
    let patch = ProductPatch(product: Samples.bracelet.id, stock: .set(6))
    _ = try await peer.client.call(Catalogue.edit, patch, CallOptions(version: 3, idempotencyKey: "k"))
    #expect(peer.asked.map { $0.headers["idempotency-key"] } == ["k", "k"])
  }

  @Test func `an answer that takes too long is given up, and its server is called away`() async throws {
    let isOver = AsyncStream.makeStream(of: Void.self)
    let peer = try Peer { _ in
      do { try await EventLoop.current?.sleep(for: .seconds(60)) } catch { isOver.continuation.finish() }
      return MarketClientTests.product()
    }
    let failure = await failure { () async throws(ClientFailure) in
      try await peer.client.call(
        Catalogue.show, MarketClientTests.address, CallOptions(patience: .milliseconds(100)))
    }
    #expect(failure == .unreachable("no answer in time"))
    #expect(failure?.isAway == true)
    for await _ in isOver.stream {}
  }

  @Test func `an answer that comes in pieces is waited for`() async throws {
    let peer = try Peer { _ in
      let stream = HTTPStream { writer in
        for byte in MarketClientTests.text.enumerated() {
          try await writer.write([byte.element])
          if byte.offset % 64 == 0 { try await writer.loop.sleep(for: .milliseconds(1)) }
        }
      }
      return HTTPResponse(headers: ["Content-Type": "application/json"], body: .stream(stream))
    }
    #expect(try await peer.client.call(Catalogue.show, MarketClientTests.address).value == Samples.bracelet)
  }

  @Test func `a call that nobody waits for any more ends at once`() async throws {
    let (asked, isOver) = (AsyncStream.makeStream(of: Void.self), AsyncStream.makeStream(of: Void.self))
    let peer = try Peer { _ in
      asked.continuation.finish()
      do { try await EventLoop.current?.sleep(for: .seconds(60)) } catch { isOver.continuation.finish() }
      return MarketClientTests.product()
    }
    let call = Task {
      await failure { () async throws(ClientFailure) in
        try await peer.client.call(Catalogue.show, MarketClientTests.address)
      }
    }
    for await _ in asked.stream {}
    call.cancel()
    #expect(await call.value == .cancelled)
    // The server notices as well.
    for await _ in isOver.stream {}
  }

  @Test func `nobody there is a server that is away, and what was seen stays`() async throws {
    let peer = try Peer { _ in MarketClientTests.product(["Cache-Control": "private, max-age=0, stale-if-error=600"]) }
    _ = try await peer.client.call(Catalogue.show, MarketClientTests.address)
    await peer.leave()
    let answer = try await peer.client.call(Catalogue.show, MarketClientTests.address)
    #expect(answer.value == Samples.bracelet)
    guard case .offline = answer.freshness else {
      Issue.record("\(answer.freshness)")
      return
    }
    let other = ProductAddress(product: Samples.ring.id)
    #expect(
      await failure { () async throws(ClientFailure) in try await peer.client.call(Catalogue.show, other) }
        == .unreachable("no connection"))
  }

  @Test(arguments: [
    ("[1, 2", ""), ("{}", "/"), (#"{"id":5}"#, "/id"), ("\u{0}\u{1}", ""), ("<html>", ""),
  ])
  func `a body that makes no sense is told, and never taken for a product`(body: String, pointer: String) async throws {
    let peer = try Peer { _ in HTTPResponse(contentType: "application/json", Array(body.utf8)) }
    let failure = await failure { () async throws(ClientFailure) in
      try await peer.client.call(Catalogue.show, MarketClientTests.address)
    }
    guard case .unreadable(let why) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(why.hasPrefix(pointer))
    #expect(failure?.isAway == false)
  }

  @Test(arguments: [
    ("SSH-2.0-OpenSSH_9.2\r\n", false), ("HTTP/1.1 two hundred\r\n\r\n", false), ("", true),
    ("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{", true),
  ])
  func `a peer that speaks something else or hangs up is no server`(answer: String, isAway: Bool) async throws {
    let peer = try RawPeer(answer)
    let group = LoopGroup(count: 1, name: "client")
    defer { group.shutDown() }
    let directory = ScratchDirectory()
    let client = MarketClient(
      server: peer.url, token: nil, loop: group.loops[0], storage: CacheFile(path: directory.path + "/c"))
    let failure = await failure { () async throws(ClientFailure) in
      try await client.call(Catalogue.show, MarketClientTests.address)
    }
    #expect(failure?.isAway == isAway, "\(String(describing: failure))")
  }

  @Test func `an address that nobody knows is said so`() async throws {
    let group = LoopGroup(count: 1, name: "client")
    defer { group.shutDown() }
    let directory = ScratchDirectory()
    let client = MarketClient(
      server: "http://nowhere.invalid", token: nil, loop: group.loops[0],
      storage: CacheFile(path: directory.path + "/c"))
    let failure = await failure { () async throws(ClientFailure) in
      try await client.call(Catalogue.show, MarketClientTests.address)
    }
    #expect(failure == .unreachable("nobody knows its name"))
  }
}
