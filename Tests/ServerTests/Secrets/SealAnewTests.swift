// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import EventLoop
import JSON
import Market
import Observability
import Postgres
import Testing

@testable import soukd

@Suite(.timeLimit(.minutes(2))) struct SealAnewTests {
  @Test func `every sealed column of the schema is in the list`() async throws {
    try await withMarket { market in
      let columns = try await market.database.values(
        """
        select table_name || '.' || column_name
        from information_schema.columns
        where table_schema = current_schema() and data_type = 'bytea'
          and (column_name = 'sealed' or column_name like 'sealed\\_%')
        """, as: String.self)
      #expect(Set(columns) == Set(SealedColumn.all.map { "\($0.table).\($0.column)" }))
    }
  }

  /// A value in every sealed column.
  private func fill(_ market: TestMarket) async throws {
    let session = try await market.signIn("ines@example.org")
    _ = try await market.call(Identity.enrolTwoFactor, Nothing(), token: session.accessToken)
    let postal = PostalAddress(
      recipient: "Inês", lines: ["Rua 1"], city: "Porto", postalCode: "4050-600", country: .example)
    _ = try await market.call(
      Addresses.add, AddressDraft(postal), as: market.buyer, ["Idempotency-Key": "k1"])
    let guild = Provider(
      id: "oidc", name: "Guild", issuer: try #require(ProviderAddress("https://id.example")), clientID: "souk",
      clientSecret: Secret("s"))
    let attempts = ProviderAttempts(
      seal: market.identity.seal, limits: market.identity.limits, now: market.identity.now)
    _ = try await attempts.begin(guild, .begun(at: market.identity.now()), from: "192.0.2.0/24", in: market.database)
    for number in 0..<12 {
      let email = try #require(Contact("guest\(number)@example.org"))
      _ = try await market.call(Guests.begin, GuestDraft(email: email))
    }
  }

  private func keys(_ market: TestMarket) async throws -> [String: Set<Int>] {
    var keys: [String: Set<Int>] = [:]
    for column in SealedColumn.all {
      let values = try await market.database.values(
        "select \(unescaped: column.column) from \(unescaped: column.table)", as: [UInt8].self)
      keys[column.table] = Set(values.compactMap(DataKeys.keyID).map(Int.init))
    }
    return keys
  }

  private func worker(_ market: TestMarket, rows: Int = 200, steps: Int = 50) -> Worker {
    var handlers = JobHandlers()
    handlers.add(SealAnew.self) { try await $0.run(market.database, market.identity.seal, rows: rows, steps: steps) }
    return Worker(
      market.database, handlers: handlers, schedules: [], log: Logger(level: .error), loop: market.loops.loops[0])
  }

  private func work(_ market: TestMarket, rows: Int = 200, steps: Int = 50) async throws {
    try await market.database.execute("delete from jobs where kind <> \(SealAnew.kind)")
    try await market.database.execute("update jobs set run_at = now()")
    let worker = worker(market, rows: rows, steps: steps)
    while try await worker.step() {}
  }

  @Test(arguments: [(200, 50), (5, 50), (3, 1)])
  func `after a rotation everything is sealed by the new key and still opens`(rows: Int, steps: Int) async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }) { market in
      try await fill(market)
      for column in try await keys(market) { #expect(column.value == [1], "\(column.key)") }
      let master = try MasterKey.load(market.configuration)
      #expect(try await FieldSeal.rotate(market.database, master, now: { clock.now }) == 2)
      clock.turn(FieldSeal.leadSeconds + 1)
      try await work(market, rows: rows, steps: steps)
      for column in try await keys(market) { #expect(column.value == [2], "\(column.key)") }
      #expect(try await market.count("jobs") == 0)
      // Read as if by a server that has just started.
      let seal = try await FieldSeal.load(market.database, master, now: { clock.now })
      for column in SealedColumn.all {
        for row in try await market.database.query(
          column.rows(notSealedBy: 1, after: [], limit: 100), SealedColumn.Row.read)
        { #expect(throws: Never.self) { try seal.openBytes(row.sealed, at: column.place(row.key)) } }
      }
      let address = try await market.call(Addresses.list, Nothing(), as: market.buyer).items.first
      #expect(address?.lines == ["Rua 1"])
      #expect(try await market.signIn("ines@example.org").account.name == "ines")
    }
  }

  @Test func `a key that is known does not seal before its time, and opens at once`() async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }) { market in
      let master = try MasterKey.load(market.configuration)
      let place = SealedPlace("somewhere")
      let other = try await FieldSeal.load(market.database, master, now: { clock.now })
      _ = try await FieldSeal.rotate(market.database, master, now: { clock.now })
      #expect(market.identity.seal.newest == 1)
      try await market.identity.seal.reload(market.database)
      #expect(market.identity.seal.newest == 1)
      clock.turn(FieldSeal.leadSeconds - 1)
      #expect(market.identity.seal.newest == 1)
      clock.turn(2)
      #expect(market.identity.seal.newest == 2)
      let sealed = market.identity.seal.seal("x", at: place)
      // Who has not heard of it in all that time cannot open; it has once it asks.
      #expect(throws: BrokenSeal.self) { try other.open(sealed, at: place) }
      try await other.reload(market.database)
      #expect(try other.open(sealed, at: place) == "x")
    }
  }

  @Test func `servers hear of a new key by themselves`() async throws {
    try await withMarket { market in
      let master = try MasterKey.load(market.configuration)
      let running = Task { await market.identity.seal.run(market.database, on: market.loops.loops[0]) }
      try await market.wait(
        until: "exists (select 1 from pg_stat_activity where datname = current_database() and query ilike 'listen %')")
      // Made six minutes ago, so that it seals as soon as it is known.
      let past = SystemClock.timestamp().adding(seconds: -360)
      _ = try await FieldSeal.rotate(market.database, master, now: { past })
      for _ in 0..<1000 where market.identity.seal.newest == 1 {
        try await market.loops.loops[0].sleep(for: .milliseconds(5))
      }
      #expect(market.identity.seal.newest == 2)
      running.cancel()
      await running.value
    }
  }

  @Test func `a job that comes before the key's time is tried again`() async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }) { market in
      _ = try await FieldSeal.rotate(
        market.database, try MasterKey.load(market.configuration), now: { clock.now })
      await #expect(throws: KeyNotReady.self) {
        try await SealAnew(key: 2).run(market.database, market.identity.seal)
      }
    }
  }

  @Test func `a value that does not open is left, told, and does not hold up the others`() async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }) { market in
      try await fill(market)
      try await market.database.execute(
        "update guests set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where id = (select min(id) from guests)"
      )
      _ = try await FieldSeal.rotate(
        market.database, try MasterKey.load(market.configuration), now: { clock.now })
      clock.turn(FieldSeal.leadSeconds + 1)
      try await work(market, rows: 5)
      let left = try await keys(market)
      #expect(left["guests"] == [1, 2] && left.filter { $0.key != "guests" }.allSatisfy { $0.value == [2] })
      let failure = try await market.database.values("select last_error from jobs", as: String.self)
      #expect(failure == ["1 sealed field does not open and was left as it is"])
    }
  }
}
