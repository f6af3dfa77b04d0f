// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

extension TestMarket {
  /// A key of the seller.
  func makeKey(_ scopes: [KeyScope], shop: String? = nil, days: Int? = nil) async throws -> NewAPIKey {
    try await call(
      Keys.create, APIKeyDraft(name: "test", scopes: scopes, shop: shop, expiresInDays: days), as: seller)
  }

  func ask(_ path: String, key: String) async throws -> Heard {
    try await ask(.get, path, ["Authorization": "Bearer \(key)"])
  }
}

@Suite(.timeLimit(.minutes(3))) struct KeyTests {
  private static let stock = "/shops/\(TestMarket.shop)/products"

  @Test func `a key is shown once, and of it a hash is kept`() async throws {
    try await withMarket { market in
      let made = try await market.makeKey([.catalogueRead, .catalogueRead, .eventsRead], days: 30)
      #expect(made.secret.hasPrefix("souk_key_") && made.secret.utf8.count == 60)
      #expect(made.secret.hasPrefix(made.key.beginning) && made.key.beginning.count == 13)
      #expect(made.key.scopes == [.catalogueRead, .eventsRead] && made.key.shop == nil)
      let seconds = try #require(made.key.expiresAt).seconds(since: made.key.createdAt)
      #expect(seconds == 2_592_000)
      let list = try await market.call(Keys.list, Nothing(), as: market.seller).items
      #expect(list == [made.key])
      let secrets = try await market.database.first(
        "select count(*) from api_keys k where position(\(String(made.secret.dropFirst(20))) in k::text) > 0"
      ) { row in try row.next(Int.self) }
      #expect(secrets == 0)
      let entry = try await market.database.first(
        "select actor, subject, detail from audit_log where action = 'key.made'"
      ) { row in [try row.next(String.self), try row.next(String.self), try row.next(String.self)] }
      #expect(entry == [market.seller.text, made.key.id.text, #"{"scopes":["catalogue:read","events:read"]}"#])
    }
  }

  @Test func `a key acts for its account with what its scopes say`() async throws {
    try await withMarket { market in
      let draft = try await market.addProduct("KEY-1", status: .draft)
      let reads = try await market.makeKey([.catalogueRead]).secret
      let writes = try await market.makeKey([.catalogueWrite]).secret
      #expect(try await market.ask(Self.stock, key: reads).status == 200)
      let refused = try await market.ask(Self.stock, key: writes)
      #expect(try refused.status == 403 && refused.problem.code == "key_scope_missing")
      #expect(try refused.problem.detail == "This wants an API key with the scope catalogue:read.")
      // Drafts are seen with the scope; without it the key is nobody here.
      #expect(try await market.ask("/products/\(draft.id)", key: reads).status == 200)
      #expect(try await market.ask("/products/\(draft.id)", key: writes).status == 404)
      #expect(try await market.ask("/products?q=ring", key: writes).status == 200)
      let header = ["Authorization": "Bearer \(writes)", "If-Match": "*"]
      #expect(try await market.ask(.patch, "/products/\(draft.id)", header, json: #"{"stock":3}"#).status == 200)
      for path in ["/me", "/me/keys", "/me/sessions", "/me/profile", "/me/addresses"] {
        let heard = try await market.ask(path, key: writes)
        #expect(try heard.status == 403 && heard.problem.code == "not_for_keys", "\(path)")
      }
      let more = try await market.ask(
        .post, "/me/keys", ["Authorization": "Bearer \(writes)"], json: #"{"name":"x","scopes":["events:read"]}"#)
      #expect(more.status == 403)
    }
  }

  @Test func `a key can do no more than its account can now`() async throws {
    try await withMarket { market in
      let key = try await market.makeKey([.catalogueRead]).secret
      #expect(try await market.ask(Self.stock, key: key).status == 200)
      try await market.database.execute("delete from shop_members where account = \(market.seller.text)")
      #expect(try await market.ask(Self.stock, key: key).status == 404)
    }
  }

  @Test func `a key for one shop does not reach another of the same account`() async throws {
    try await withMarket { market in
      try await market.database.execute(
        """
        insert into shop_members (shop, account, role)
        select id, \(market.seller.text), 'owner' from shops where slug = \(TestMarket.rivalShop)
        """)
      let draft = try await market.addProduct("KEY-2", status: .draft)
      let here = try await market.makeKey(KeyScope.allCases, shop: TestMarket.shop)
      let there = try await market.makeKey(KeyScope.allCases, shop: TestMarket.rivalShop)
      let all = try await market.makeKey(KeyScope.allCases)
      #expect(here.key.shop == ShopReference(slug: TestMarket.shop, name: "Salt & Silver"))
      for (key, status) in [(here.secret, 200), (there.secret, 404), (all.secret, 200)] {
        let header = ["Authorization": "Bearer \(key)", "If-Match": "*"]
        #expect(try await market.ask(Self.stock, key: key).status == status)
        #expect(try await market.ask("/products/\(draft.id)", key: key).status == status)
        #expect(try await market.ask(.patch, "/products/\(draft.id)", header, json: #"{"stock":3}"#).status == status)
        let words = #"{"tagline":"Silver"}"#
        #expect(try await market.ask(.patch, "/shops/\(TestMarket.shop)", header, json: words).status == status)
        let body = try Wire(Catalogue.create, TestMarket.draft("NEW-\(status)")).body
        let made = try await market.ask(.post, "/products", header, json: body)
        #expect([201, 409].contains(made.status) == (status == 200))
        let events = try await market.ask("/events", key: key).decoded(Page<MarketEvent>.self).items
        #expect(events.contains { $0.shop.slug == TestMarket.shop } == (status == 200))
      }
      let shops = try await market.ask("/key", key: here.secret).decoded(KeyStanding.self).shops.map(\.slug)
      #expect(shops == [TestMarket.shop])
      #expect(try await market.ask("/key", key: all.secret).decoded(KeyStanding.self).shops.count == 2)
      let strange = try await market.ask(
        .post, "/me/keys", as: market.buyer,
        json: #"{"name":"x","scopes":["events:read"],"shop":"\#(TestMarket.shop)"}"#)
      #expect(try strange.status == 422 && strange.faults == ["/shop unknown"])
    }
  }

  @Test func `a key is asked about once, and then believed for less than a minute`() async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }) { market in
      let made = try await market.makeKey([.catalogueRead])
      let ring = market.identity.tokens.ring
      #expect(ring.read(made.secret) == .unknownKey(made.secret))
      #expect(try await market.ask(Self.stock, key: made.secret).status == 200)
      // The database says no more of it; nobody asks.
      try await market.database.execute("alter table api_keys disable trigger user")
      try await market.database.execute("update api_keys set revoked_at = now()")
      clock.turn(KeyRing.renewalSeconds - 1)
      #expect(try await market.ask(Self.stock, key: made.secret).status == 200)
      clock.turn(2)
      #expect(ring.read(made.secret) == .unknownKey(made.secret))
      // One call was told to ask; until it has, the others go on, but not for ever.
      #expect(try await market.ask(Self.stock, key: made.secret).status == 200)
      clock.turn(KeyRing.beliefSeconds - KeyRing.renewalSeconds)
      #expect(try await market.ask(Self.stock, key: made.secret).status == 401)
      #expect(ring.count == 0)
    }
  }

  @Test func `a revoked key is refused everywhere once the notice is heard`() async throws {
    try await withMarket { market in
      let made = try await market.makeKey([.catalogueRead])
      let task = Task { await market.identity.run(on: market.loops.loops[0]) }
      defer { task.cancel() }
      #expect(try await market.ask(Self.stock, key: made.secret).status == 200)
      await #expect(throws: Refused.self) {
        try await market.call(Keys.revoke, APIKeyChoice(key: made.key.id), as: market.rival)
      }
      _ = try await market.call(Keys.revoke, APIKeyChoice(key: made.key.id), as: market.seller)
      await #expect(throws: Refused.self) {
        try await market.call(Keys.revoke, APIKeyChoice(key: made.key.id), as: market.seller)
      }
      var status = 200
      while status != 401 {
        status = try await market.ask(Self.stock, key: made.secret).status
        if status != 401 { try await market.loops.loops[0].sleep(for: .milliseconds(5)) }
      }
      #expect(try await market.call(Keys.list, Nothing(), as: market.seller).items.isEmpty)
    }
  }

  @Test func `what was read of a key before it was revoked is not kept`() async throws {
    try await withMarket { market in
      let made = try await market.makeKey([.catalogueRead])
      let ring = market.identity.tokens.ring
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<50 {
          group.addTask { _ = try await ring.learn(made.secret) }
          group.addTask { ring.forget(made.key.id) }
        }
        try await group.waitForAll()
      }
      try await market.database.execute("update api_keys set revoked_at = now()")
      ring.forget(made.key.id)
      #expect(ring.count == 0)
      #expect(try await market.ask(Self.stock, key: made.secret).status == 401)
    }
  }

  @Test func `a key ends when it was to end`() async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }) { market in
      let made = try await market.makeKey([.catalogueRead], days: 1)
      try await market.database.execute("update api_keys set expires_at = now() + interval '20 seconds'")
      #expect(try await market.ask(Self.stock, key: made.secret).status == 200)
      clock.turn(21)
      #expect(try await market.ask(Self.stock, key: made.secret).status == 401)
      try await market.database.execute("update api_keys set expires_at = now() - interval '1 second'")
      #expect(try await market.identity.tokens.ring.learn(made.secret) == .invalid)
    }
  }

  @Test func `when a key was used is written once a minute`() async throws {
    try await withMarket { market in
      let made = try await market.makeKey([.catalogueRead])
      let ring = market.identity.tokens.ring
      _ = try await ring.learn(made.secret)
      let used = try await market.call(Keys.list, Nothing(), as: market.seller).items[0].lastUsedAt
      #expect(used != nil)
      _ = try await ring.learn(made.secret)
      #expect(try await market.call(Keys.list, Nothing(), as: market.seller).items[0].lastUsedAt == used)
    }
  }

  @Test func `nonsense is no key, and costs no question`() async throws {
    try await withMarket { market in
      let made = try await market.makeKey([.catalogueRead]).secret
      for text in [String(made.dropLast()), made + "0", made.uppercased(), "souk_key_", "souk_key_" + made] {
        #expect(try await market.ask(Self.stock, key: text).status == 401, "\(text)")
        #expect(try await market.ask("/products", key: text).status == 401, "\(text)")
      }
    }
  }

  @Test func `an account has twenty keys at most, also when they are made at once`() async throws {
    try await withMarket { market in
      for _ in 0..<15 { _ = try await market.makeKey([.eventsRead]) }
      let made = await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<12 { group.addTask { (try? await market.makeKey([.eventsRead])) != nil } }
        return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(made == 5)
      let refused = try await market.ask(
        .post, "/me/keys", as: market.seller, json: #"{"name":"x","scopes":["events:read"]}"#)
      #expect(try refused.status == 409 && refused.problem.code == "keys_full")
    }
  }

  @Test func `wrong drafts are refused with all that is wrong`() async throws {
    try await withMarket { market in
      let heard = try await market.ask(
        .post, "/me/keys", as: market.seller, json: #"{"name":"","scopes":[],"shop":"A B","expires_in_days":0}"#)
      #expect(
        try heard.faults == [
          "/expires_in_days out_of_range", "/name required", "/scopes wrong_count", "/shop wrong_format",
        ])
      let word = try await market.ask(.post, "/me/keys", as: market.seller, json: #"{"name":"x","scopes":["all"]}"#)
      #expect(word.status == 422)
    }
  }

  @Test func `each key has limits of its own`() async throws {
    try await withMarket({
      $0.rateLimits.isOff = false
      $0.rateLimits.perMinute[.read] = 3
    }) { market in
      let one = try await market.makeKey([.catalogueRead]).secret
      let two = try await market.makeKey([.catalogueRead]).secret
      let ring = market.identity.tokens.ring
      _ = try await ring.learn(one)
      _ = try await ring.learn(two)
      for key in [one, two] {
        for _ in 0..<3 { #expect(try await market.ask(Self.stock, key: key).status == 200) }
        #expect(try await market.ask(Self.stock, key: key).status == 429)
      }
    }
  }

  @Test func `keys that nobody knows are asked about as often as an address may read`() async throws {
    try await withMarket({
      $0.rateLimits.isOff = false
      $0.rateLimits.perMinute[.read] = 4
    }) { market in
      let key = try await market.makeKey([.catalogueRead])
      try await market.database.execute("delete from api_keys where account = \(market.seller.text)")
      var statuses: [Int] = []
      for _ in 0..<4 { statuses.append(try await market.ask(Self.stock, key: key.secret).status) }
      #expect(statuses == [401, 401, 429, 429])
    }
  }

  @Test func `what one key did is not answered to another`() async throws {
    try await withMarket { market in
      let one = try await market.makeKey([.catalogueWrite]).secret
      let two = try await market.makeKey([.catalogueWrite]).secret
      let body = try Wire(Catalogue.create, TestMarket.draft("IDEM-1")).body
      func create(_ key: String) async throws -> Heard {
        try await market.ask(
          .post, "/products", ["Authorization": "Bearer \(key)", "Idempotency-Key": "a"], json: body)
      }
      #expect(try await create(one).status == 201)
      #expect(try await create(one).headers["Idempotency-Replayed"] == "true")
      #expect(try await create(two).status == 409)
    }
  }

  @Test(arguments: [true, false]) func `a stream ends when its key is revoked or its session ended`(isKey: Bool)
    async throws
  {
    try await withMarket { market in
      let made = try await market.makeKey([.eventsRead])
      let session = OpenSession.ID.random()
      try await market.database.execute(
        "insert into sessions (id, account, device) values (\(session.text), \(market.seller.text), 'stream')")
      let token = market.token(
        Principal(account: market.seller, session: session, hasTwoFactor: true, provenAt: SystemClock.timestamp()))
      try await market.served { served in
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask(executorPreference: market.loops.loops[1]) {
            await market.bell.run(market.database, on: market.loops.loops[1])
          }
          var request = ClientRequest("GET", served.url + "/api/v1/events")
          request.headers["Authorization"] = "Bearer \(isKey ? made.secret : token)"
          var stream = ServerSentEvents(client: served.client, request: request, lastEventID: EventID.start.description)
            .makeAsyncIterator()
          let first = try await market.addProduct("A-1").id
          var heard: [Product.ID] = []
          while heard.isEmpty, let update = try await stream.next() { heard += try told(update) }
          if isKey {
            _ = try await market.call(Keys.revoke, APIKeyChoice(key: made.key.id), as: market.seller)
            market.identity.tokens.ring.forget(made.key.id)
          } else {
            try await market.database.execute("update sessions set ended_at = now() where id = \(session.text)")
            market.identity.ended.add(session)
          }
          _ = try await market.addProduct("A-2")
          // It comes back by itself, and is refused.
          await #expect(throws: HTTPClientError.self) {
            while let update = try await stream.next() { heard += try told(update) }
          }
          #expect(heard == [first])
          group.cancelAll()
        }
      }
    }
  }

  private func told(_ update: ServerSentEvents.Update) throws -> [Product.ID] {
    guard case .event(let event) = update else { return [] }
    return [try JSONDecoder().decode(MarketEvent.self, from: Array(event.data.utf8)).product].compactMap { $0 }
  }
}
