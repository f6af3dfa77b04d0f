// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import HTTPServer
import Market
import Postgres
import Testing

@testable import soukd

/// A database that was restored from a copy begins a new feed, and says so to those who come with a place in the old.
@Suite(.timeLimit(.minutes(2))) struct EpochTests {
  private let accept = ["Accept": "text/event-stream"]

  /// What a restored database looks like: it remembers another place than where it is, and its events are from far ahead.
  private func restore(_ market: TestMarket) async throws {
    try await market.database.execute("update event_epochs set place = 'elsewhere'")
    try await market.database.execute("update events set transaction = transaction + 1000000000000")
  }

  private func feed(_ market: TestMarket, since: EventID? = nil) async throws -> [MarketEvent] {
    try await market.call(Events.feed, EventQuery(since: since, limit: 100), as: market.seller).items
  }

  private func firstEvent(_ market: TestMarket) async throws -> MarketEvent {
    var events: [MarketEvent] = []
    for _ in 0..<2000 where events.isEmpty {
      events = try await feed(market)
      if events.isEmpty { try await market.loops.loops[0].sleep(for: .milliseconds(5)) }
    }
    return try #require(events.first)
  }

  @Test func `a place in a feed that is over is gone, for pages and for streams`() async throws {
    try await withMarket { market in
      _ = try await market.addProduct("A-1")
      let old = try await firstEvent(market).id
      try await restore(market)
      try await EventLog.settle(market.database)
      let page = try await market.ask(.get, "/events?since=\(old)", as: market.seller)
      #expect(try page.status == 410 && page.problem.code == "position_gone")
      let asked = try await market.ask(.get, "/events?since=\(old)", as: market.seller, accept)
      #expect(try asked.status == 410 && asked.problem.code == "position_gone")
      for place in [old.description, "1042-7", "nonsense"] {
        let headers = accept.merging(["Last-Event-ID": place]) { first, _ in first }
        let stream = try await market.ask(.get, "/events", as: market.seller, headers)
        #expect(try stream.status == 410 && stream.problem.code == "position_gone", "\(place)")
      }
      #expect(try await market.ask(.get, "/events?since=1042-7", as: market.seller).status == 422)

      // Who names no place, or the beginning, is in the new feed, which has nothing of the old.
      let fine: [[String: String]] = [[:], ["Last-Event-ID": ""], ["Last-Event-ID": EventID.start.description]]
      for more in fine {
        let stream = try await market.ask(
          .get, "/events", as: market.seller, accept.merging(more) { first, _ in first })
        #expect(stream.status == 200)
      }
      #expect(try await feed(market, since: .start).isEmpty)
      #expect(try await EventLog.unreadableHorizon(market.database) == nil)
      _ = try await market.addProduct("A-2")
      let new = try await firstEvent(market)
      #expect(new.kind == .productCreated && new.id.epoch != old.epoch && new.id.transaction < 1_000_000_000_000)
      #expect(try await feed(market, since: new.id).isEmpty)
    }
  }

  @Test func `a stream that is open when the feed begins anew ends, and its client is told when it comes back`()
    async throws
  {
    try await withMarket { market in
      try await market.served { served in
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask(executorPreference: market.loops.loops[1]) {
            await market.bell.run(market.database, on: market.loops.loops[1])
          }
          _ = try await market.addProduct("A-1")
          var request = ClientRequest("GET", served.url + "/api/v1/events")
          request.headers["Authorization"] = "Bearer \(market.token(market.seller))"
          var stream = ServerSentEvents(
            client: served.client, request: request, lastEventID: EventID.start.description,
            firstPause: .milliseconds(1)
          ).makeAsyncIterator()
          #expect(try await stream.next() == .opened)
          guard case .event = try await stream.next() else { throw Refused(status: 0, code: "no event") }
          try await restore(market)
          // The writer notices by itself.
          _ = try await market.addProduct("A-2")
          let failure = await #expect(throws: HTTPClientError.self) { while try await stream.next() != nil {} }
          #expect(failure?.status == 410)
          group.cancelAll()
        }
      }
    }
  }

  @Test func `one epoch is made, however many notice at once, and kept while the database stays where it is`()
    async throws
  {
    try await withMarket { market in
      try await restore(market)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<8 {
          group.addTask(executorPreference: market.loops.loops[number % 2]) {
            try await EventLog.settle(market.database)
          }
        }
        try await group.waitForAll()
      }
      let epochs = try await market.database.query("select epoch from event_epochs order by number") { row in
        try row.next(String.self)
      }
      #expect(epochs.count == 2 && Set(epochs).count == 2)
      for epoch in epochs { #expect(EventID("\(epoch)-0-0") != nil) }
      #expect(try await EventLog.end(market.database).epoch == epochs.last)
    }
  }
}
