// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import JSON
import Market
import Postgres
import Synchronization
import Testing

@testable import soukd

@Suite(.timeLimit(.minutes(2))) struct GuestTests {
  private func begin(_ market: TestMarket, _ email: String, phone: String? = nil) async throws -> GuestPass {
    try await market.call(Guests.begin, GuestDraft(email: try #require(Contact(email)), phone: phone))
  }

  private func me(_ market: TestMarket, _ token: String, as person: Account.ID? = nil) async throws -> Heard {
    try await market.ask(.get, "/guests/me", as: person, ["Souk-Guest": token])
  }

  @Test func `a guest is made, carries a pass and is known by it`() async throws {
    try await withMarket { market in
      let heard = try await market.ask(
        .post, "/guests", json: #"{"email":"Guest@Example.org","phone":"+351 912 345 678"}"#)
      let pass = try heard.decoded(GuestPass.self)
      #expect(heard.status == 201 && heard.headers["Location"] == "/api/v1/guests/me")
      #expect(pass.guest.email.text == "guest@example.org" && pass.guest.phone == "+351912345678")
      let answer = try await me(market, pass.token)
      #expect(try answer.status == 200 && answer.decoded(Guest.self) == pass.guest)
      #expect(answer.headers["Cache-Control"] == "private, no-cache")
      #expect(answer.headers.values(for: "Vary").contains("Souk-Guest"))
      // A pass may come along with an account's token.
      #expect(try await me(market, pass.token, as: market.buyer).status == 200)
      #expect(try await market.ask(.get, "/me", as: market.buyer, ["Souk-Guest": pass.token]).status == 200)
    }
  }

  @Test func `a guest needs an e-mail address, and a phone with a calling code`() async throws {
    try await withMarket { market in
      let phone = try await market.ask(.post, "/guests", json: #"{"email":"+351912345678"}"#)
      #expect(try phone.status == 422 && phone.faults == ["/email wrong_format"])
      let national = try await market.ask(
        .post, "/guests", json: #"{"email":"a@example.org","phone":"912 345 678"}"#)
      #expect(try national.status == 422 && national.faults == ["/phone no_country"])
      #expect(try await market.count("guests") == 0)
    }
  }

  @Test func `no pass, a changed one, another's and an old one are refused`() async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }) { market in
      let pass = try await begin(market, "a@example.org")
      let parts = pass.token.split(separator: ".").map(String.init)
      let other = Guest.ID.random().text
      let forged = [
        "", "x", "a.b", "a.b.c", pass.token + "x", String(pass.token.dropLast()), "\(other).\(parts[1]).\(parts[2])",
        "\(parts[0]).\(try #require(Int(parts[1])) + 1).\(parts[2])", "\(parts[0]).\(parts[1]).",
        "\(parts[0])..\(parts[2])",
        ".\(parts[1]).\(parts[2])", pass.token.uppercased(),
      ]
      for token in forged {
        let heard = try await me(market, token)
        #expect(try heard.status == 401 && heard.problem.code == "unauthenticated", "\(token)")
        // Nor does it go along unnoticed where none is asked for.
        #expect(try await market.ask(.get, "/products", ["Souk-Guest": token]).status == 401)
      }
      #expect(try await market.ask(.get, "/guests/me").status == 401)
      #expect(try await market.ask(.get, "/guests/me", as: market.buyer).status == 401)
      #expect(try await me(market, pass.token).status == 200)
      clock.turn(GuestPass.lifetimeSeconds - 1)
      #expect(try await me(market, pass.token).status == 200)
      clock.turn(2)
      #expect(try await me(market, pass.token).status == 401)
    }
  }

  @Test func `guests join the account of their address when somebody signs in with it`() async throws {
    try await withMarket { market in
      let passes = [
        try await begin(market, "ines@example.org"), try await begin(market, "INES@example.org"),
        try await begin(market, "other@example.org"),
      ]
      let session = try await market.signIn("ines@example.org")
      for pass in passes.prefix(2) {
        let heard = try await me(market, pass.token)
        #expect(try heard.status == 410 && heard.problem.code == "gone")
      }
      #expect(try await me(market, passes[2].token).status == 200)
      let joined = try await market.database.query("select id from guests where account = \(session.account.id.text)") {
        try $0.next(String.self)
      }
      #expect(Set(joined) == Set(passes.prefix(2).map(\.guest.id.text)))
      // Whoever is known already finds what came since.
      let later = try await begin(market, "ines@example.org")
      _ = try await market.signIn("ines@example.org")
      #expect(try await me(market, later.token).status == 410)
    }
  }

  @Test func `a phone proves no address`() async throws {
    try await withMarket { market in
      let pass = try await begin(market, "ines@example.org", phone: "+351912345678")
      _ = try await market.signIn("+351912345678")
      #expect(try await me(market, pass.token).status == 200)
    }
  }

  @Test func `guests join also when an account gets their address`() async throws {
    try await withMarket { market in
      let pass = try await begin(market, "new@example.org")
      let session = try await market.signIn("old@example.org")
      let token = market.token(
        Principal(
          account: session.account.id, session: session.session, hasTwoFactor: true, provenAt: SystemClock.timestamp()))
      let (challenge, code) = try await market.code("new@example.org")
      _ = try await market.call(Contacts.replace, ContactProof(challenge: challenge, code: code), token: token)
      #expect(try await me(market, pass.token).status == 410)
    }
  }

  @Test func `a wrong code joins nobody`() async throws {
    try await withMarket { market in
      let pass = try await begin(market, "ines@example.org")
      let (challenge, code) = try await market.code("ines@example.org")
      await #expect(throws: Refused.self) {
        _ = try await market.redeem(challenge, code == "000000" ? "111111" : "000000")
      }
      #expect(try await me(market, pass.token).status == 200)
    }
  }

  @Test func `each guest joins once, whoever signs in at the same time`() async throws {
    try await withMarket { market in
      let moved = Mutex<[String]>([])
      // Stands for what carts and orders will bring: a statement in the transaction that joins.
      try await market.database.execute("create table things (guest text, account text)")
      let things = GuestBelonging(table: "things") { guests, account, transaction in
        try await transaction.execute(
          "insert into things (guest, account) select g, \(account.text) from unnest(\(guests.map(\.text))) g")
        moved.withLock { $0 += guests.map(\.text) }
      }
      let accounts = Accounts(
        digests: market.identity.digests, seal: market.identity.seal, belongings: [things])
      for round in 0..<5 {
        let contact = try #require(Contact("race\(round)@example.org"))
        for _ in 0..<4 { _ = try await accounts.guests.begin(contact, nil, in: market.database) }
        let owners = try await withThrowingTaskGroup(of: Account.ID.self) { group in
          for number in 0..<8 {
            group.addTask(executorPreference: market.loops.loops[number % 2]) {
              try await market.database.transaction { try await accounts.knownOrMade(by: contact, in: $0) }
            }
          }
          return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(owners.count == 1)
      }
      let rows = try await market.database.query(
        "select count(*), count(distinct guest), count(distinct account) from things"
      ) { row in (try row.next(Int.self), try row.next(Int.self), try row.next(Int.self)) }
      #expect(rows[0] == (20, 20, 5))
      #expect(
        try await market.database.first(
          "select count(*) from guests where account is null", { row in try row.next(Int.self) }) == 0)
    }
  }

  @Test func `guests whose pass has ended are forgotten, unless something hangs on them or they have joined`()
    async throws
  {
    try await withMarket { market in
      try await market.database.execute("create table things (guest text references guests)")
      let things = GuestBelonging(table: "things") { _, _, _ in }
      var names: [Guest.ID: String] = [:]
      for (name, age) in [
        ("young", 179), ("just ended", 180), ("old", 182), ("older", 400), ("buyer", 400), ("joined", 400),
      ] {
        let pass = try await begin(market, "\(name.prefix(5).filter { $0 != " " })\(age)@example.org")
        names[pass.guest.id] = name
        if name == "buyer" {
          try await market.database.execute("insert into things (guest) values (\(pass.guest.id.text))")
        }
        if name == "joined" { _ = try await market.signIn(pass.guest.email.text) }
        try await market.database.execute(
          "update guests set created_at = now() - \(age) * interval '1 day' where id = \(pass.guest.id.text)")
      }
      try await ForgetGuests(belongings: [things], batch: 1)(market.database)
      let left = try await market.database.query("select id from guests") { try $0.nextID() as Guest.ID }
      #expect(Set(left.compactMap { names[$0] }) == ["young", "just ended", "buyer", "joined"])
    }
  }

  @Test func `a guest who joins at that moment is not forgotten`() async throws {
    try await withMarket { market in
      let pass = try await begin(market, "late@example.org")
      try await market.database.execute("update guests set created_at = now() - interval '400 days'")
      try await market.database.transaction { transaction in
        try await market.identity.accounts.guests.join(pass.guest.email, market.buyer, in: transaction)
        try await ForgetGuests()(market.database)
      }
      #expect(try await market.count("guests") == 1)
    }
  }

  @Test func `nothing that refers to guests is left behind when they join`() async throws {
    try await withMarket { market in
      let tables = try await market.database.values(
        "select conrelid::regclass::text from pg_constraint where contype = 'f' and confrelid = 'guests'::regclass",
        as: String.self)
      #expect(Set(tables) == Set(GuestBelonging.all.map(\.table)))
    }
  }

  @Test func `addresses of guests are not in the database in the clear`() async throws {
    try await withMarket { market in
      _ = try await begin(market, "secretive@example.org", phone: "+351912345678")
      let text = try await market.database.values("select encode(sealed, 'escape') from guests", as: String.self)
        .joined()
      #expect(!text.isEmpty && !text.contains("secretive") && !text.contains("912345678"))
    }
  }
}
