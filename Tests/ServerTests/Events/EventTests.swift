// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import HTTPServer
import JSON
import Market
import Postgres
import Synchronization
import Testing

@testable import soukd

/// The feed: in order, whole, and only one's own.
@Suite(.timeLimit(.minutes(2))) struct EventTests {
  private func feed(_ market: TestMarket, _ person: Account.ID, since: EventID? = nil) async throws -> [MarketEvent] {
    try await market.call(Events.feed, EventQuery(since: since, limit: 100), as: person).items
  }

  /// Reads until a condition holds: other databases of the same cluster may hold events back for a moment. The suite's
  /// limit ends what never comes to be.
  private func wait(_ market: TestMarket, until condition: () async throws -> Bool) async throws {
    while try await !condition() { try await market.loops.loops[0].sleep(for: .milliseconds(5)) }
  }

  @Test func `changes are told to the members of the shop, in order`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      _ = try await market.call(
        Catalogue.edit, ProductPatch(product: product.id, stock: .set(1)), as: market.seller, match: "*")
      _ = try await market.call(
        Shops.edit, ShopPatch(slug: TestMarket.shop, city: .set("Braga")), as: market.seller, match: "*")
      _ = try await market.call(Catalogue.archive, ProductAddress(product: product.id), as: market.seller, match: "*")
      try await wait(market) { try await feed(market, market.seller).count == 4 }
      let events = try await feed(market, market.seller)
      #expect(events.map(\.kind) == [.productCreated, .productChanged, .shopChanged, .productArchived])
      #expect(events.map(\.product) == [product.id, product.id, nil, product.id])
      #expect(Set(events.map(\.id.epoch)).count == 1)
      #expect(try await feed(market, market.seller, since: events[1].id) == Array(events[2...]))
      #expect(try await feed(market, market.rival).isEmpty)
    }
  }

  @Test func `a change that fails tells nothing`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      for json in [#"{"category":"no/such"}"#, #"{"stock":-1}"#] {
        _ = try await market.ask(.patch, "/products/\(product.id)", as: market.seller, ["If-Match": "*"], json: json)
      }
      _ = try await market.ask(.patch, "/products/\(product.id)", as: market.seller, ["If-Match": "\"9\""], json: "{}")
      #expect(try await market.database.first("select count(*) from events") { try $0.next(Int.self) } == 1)
    }
  }

  @Test func `who reads on misses nothing, whatever commits in which order`() async throws {
    try await withMarket { market in
      let shop = try await market.database.first("select id from shops where slug = \(TestMarket.shop)") { row in
        try row.nextID() as Shop.ID
      }
      let shopID = try #require(shop)
      let isOver = Mutex(false)
      let read = Task(executorPreference: market.loops.loops[0]) {
        var seen: [EventID] = []
        while true {
          let isLast = isOver.withLock { $0 }
          let events = try await EventLog.read(
            market.database, for: ShopMember(account: market.seller), after: seen.last ?? .start, limit: 7)
          seen += events.map(\.id)
          if isLast && seen.count >= 120 { return seen }
          if isLast { try await market.loops.loops[0].sleep(for: .milliseconds(10)) }
        }
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<6 {
          let loop = market.loops.loops[writer % 2]
          group.addTask(executorPreference: loop) {
            for _ in 0..<10 {
              try await market.database.transaction { transaction in
                for _ in 0..<2 {
                  try await EventLog.append(.shopChanged, shop: shopID, in: transaction)
                  try await loop.sleep(for: .milliseconds(Int.random(in: 0...12)))
                }
              }
            }
          }
        }
        try await group.waitForAll()
      }
      isOver.withLock { $0 = true }
      let seen = try await read.value
      #expect(seen.count == 120 && Set(seen).count == 120)
      let all = try await market.database.query("select epoch, transaction, number from events order by 2, 3") { row in
        EventID(
          epoch: try row.next(String.self), transaction: try row.next(Int64.self), number: try row.next(Int64.self))
      }
      #expect(seen == all)
    }
  }

  @Test func `an event behind a long transaction rings when that one ends, and the bell then rests`() async throws {
    try await withMarket { market in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask(executorPreference: market.loops.loops[1]) {
          await market.bell.run(market.database, on: market.loops.loops[1])
        }
        try await market.wait(
          until: "exists (select 1 from pg_stat_activity where datname = current_database() and query ilike 'listen%')")
        let (held, letGo) = AsyncStream.makeStream(of: Void.self)
        let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
        let old = Task {
          try await market.database.transaction { transaction in
            try await transaction.execute("select pg_current_xact_id()")
            isReady.yield()
            for await _ in held { break }
          }
        }
        for await _ in ready { break }
        var rings = market.bell.rings().makeAsyncIterator()
        _ = try await market.addProduct("A-1")
        await rings.next()
        try await market.loops.loops[0].sleep(for: .milliseconds(300))
        #expect(try await feed(market, market.seller).isEmpty)
        letGo.yield()
        try await old.value
        while try await feed(market, market.seller).isEmpty { await rings.next() }
        // Nothing is left to be read: nothing is asked either.
        try await market.wait(until: "true")
        try await wait(market) {
          let before = market.database.statistics.statements
          try await market.loops.loops[0].sleep(for: .milliseconds(600))
          return market.database.statistics.statements == before
        }
        group.cancelAll()
      }
    }
  }

  @Test func `a stream tells what happens, and goes on where it was`() async throws {
    try await withMarket { market in
      try await market.served { served in
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask(executorPreference: market.loops.loops[1]) {
            await market.bell.run(market.database, on: market.loops.loops[1])
          }
          var skus = 0
          var seen: [String] = []
          var last = EventID.start.description
          for round in 0..<3 {
            // What happened while nobody listened comes first.
            for _ in 0..<3 {
              _ = try await market.addProduct("A-\(skus)")
              skus += 1
            }
            var request = ClientRequest("GET", served.url + "/api/v1/events")
            request.headers["Authorization"] = "Bearer \(market.token(market.seller))"
            var stream = ServerSentEvents(client: served.client, request: request, lastEventID: last)
              .makeAsyncIterator()
            var heard = 0
            while heard < 5, let update = try await stream.next() {
              guard case .event(let event) = update else { continue }
              #expect(event.event == "product.created")
              let told = try JSONDecoder().decode(MarketEvent.self, from: Array(event.data.utf8))
              #expect(told.id.description == event.id)
              seen.append(try #require(told.product?.text))
              last = event.id
              heard += 1
              if heard == 3 {
                for _ in 0..<2 {
                  _ = try await market.addProduct("A-\(skus)")
                  skus += 1
                }
              }
            }
            #expect(heard == 5, "\(round)")
          }
          group.cancelAll()
          let all = try await market.database.query("select product from events order by transaction, number") { row in
            try row.next(String.self)
          }
          #expect(seen == all)
        }
      }
    }
  }

  @Test func `a stream is for the signed in, and begins now when no place is named`() async throws {
    try await withMarket { market in
      let accept = ["Accept": "text/event-stream"]
      #expect(try await market.ask(.get, "/events", accept).status == 401)
      let stream = try await market.ask(.get, "/events", as: market.seller, accept)
      #expect(stream.status == 200 && stream.headers["Content-Type"] == "text/event-stream")
      #expect(stream.headers["Cache-Control"] == "no-store" && !stream.headers.contains("ETag"))
      _ = try await market.addProduct("A-1")
      try await wait(market) { try await EventLog.end(market.database).number > 0 }
      let end = try await EventLog.end(market.database)
      #expect(try await feed(market, market.seller, since: end).isEmpty)
    }
  }
}
