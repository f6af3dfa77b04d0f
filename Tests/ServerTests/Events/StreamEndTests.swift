// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import JSON
import Market
import Postgres
import Testing

@testable import soukd

/// An open stream ends by itself with what it was opened with: its session, or its access token.
@Suite(.timeLimit(.minutes(1))) struct StreamEndTests {
  private func open(_ served: ServedMarket, _ token: String, at place: String = "") async throws -> OpenStream {
    var request = ClientRequest("GET", served.url + "/api/v1/events")
    request.headers = ["Authorization": "Bearer \(token)", "Accept": "text/event-stream"]
    if !place.isEmpty { request.headers["Last-Event-ID"] = place }
    request.totalTimeout = nil
    let answer = try await served.client.stream(request)
    try #require(answer.status == 200)
    return OpenStream(body: answer.body.makeAsyncIterator())
  }

  /// A stream as a client reads it.
  private struct OpenStream {
    var body: ByteStream.Iterator
    var parser = ServerSentEventParser()
    var place: String { parser.lastEventID }

    /// The next event; nil when the stream has ended whole.
    mutating func event() async throws -> ServerSentEvent? {
      while let bytes = try await body.next() {
        if let event = try parser.parse(bytes).first { return event }
      }
      return nil
    }

    /// Reads until the stream says where it stands.
    mutating func begin() async throws {
      while place.isEmpty, let bytes = try await body.next() { #expect(try parser.parse(bytes).isEmpty) }
    }
  }

  /// Runs what a server runs beside its requests.
  private func withServer(
    _ market: TestMarket, _ body: (ServedMarket) async throws -> Void
  ) async throws {
    let loop = market.loops.loops[1]
    let bell = Task(executorPreference: loop) { await market.bell.run(market.database, on: loop) }
    let identity = Task(executorPreference: loop) { await market.identity.run(on: loop) }
    let result: Result<Void, any Error>
    do { result = .success(try await market.served(body)) } catch { result = .failure(error) }
    bell.cancel()
    identity.cancel()
    await bell.value
    await identity.value
    try result.get()
  }

  private func join(_ account: Account.ID, _ market: TestMarket) async throws {
    try await market.database.execute(
      "insert into shop_members (shop, account, role) select id, \(account.text), 'staff' from shops where slug = \(TestMarket.shop)"
    )
  }

  @Test func `of two streams the one whose session is ended closes, the other goes on`() async throws {
    try await withMarket { market in
      let (first, second) = (
        try await market.signIn("ines@example.org", device: "one"),
        try await market.signIn("ines@example.org", device: "two")
      )
      try await join(first.account.id, market)
      try await withServer(market) { served in
        var ending = try await open(served, first.accessToken, at: EventID.start.description)
        var staying = try await open(served, second.accessToken, at: EventID.start.description)
        let one = try await market.addProduct("A-1")
        for stream in [try await ending.event(), try await staying.event()] {
          #expect(stream?.data.contains(one.id.text) == true)
        }
        _ = try await market.call(
          Identity.revokeSession, SessionChoice(session: first.session), token: second.accessToken)
        #expect(try await ending.event() == nil)
        let two = try await market.addProduct("A-2")
        #expect(try await staying.event()?.data.contains(two.id.text) == true)
        let again = try await served.ask("GET", "/events", ["Authorization": "Bearer \(first.accessToken)"])
        #expect(again.status == 401)
      }
    }
  }

  @Test func `a stream ends with its access token, and goes on behind its place with the next`() async throws {
    let clock = StandingClock()
    try await withMarket(now: { clock.now }) { market in
      let session = try await market.signIn("ines@example.org")
      // Less than a second is left of it, however long the stream takes to open.
      clock.pass(seconds: AccessTokens.lifetimeSeconds - 1)
      try await join(session.account.id, market)
      try await withServer(market) { served in
        var old = try await open(served, session.accessToken)
        try await old.begin()
        clock.pass(seconds: 1)
        #expect(try await old.event() == nil)
        // What happens between two streams is not lost, though the first has told nothing.
        let product = try await market.addProduct("A-1")
        let next = try await market.call(Identity.refresh, Refreshment(refreshToken: session.refreshToken))
        var new = try await open(served, next.accessToken, at: old.place)
        #expect(try await new.event()?.data.contains(product.id.text) == true)
      }
    }
  }

  @Test func `a server that missed the notice ends the stream when it asks again`() async throws {
    try await withMarket { market in
      let session = try await market.signIn("ines@example.org")
      try await market.served { served in
        var stream = try await open(served, session.accessToken)
        try await stream.begin()
        _ = try await market.call(Identity.signOut, Nothing(), token: session.accessToken)
        try await market.identity.ended.reload(market.database)
        #expect(try await stream.event() == nil)
      }
    }
  }
}
