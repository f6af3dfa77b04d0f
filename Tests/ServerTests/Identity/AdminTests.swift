// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

@Suite(.timeLimit(.minutes(3))) struct AdminTests {
  /// Somebody with these scopes, in the database and in the token.
  private func token(_ market: TestMarket, _ account: Account.ID, _ scopes: Set<AdminScope> = [.config]) -> String {
    market.token(
      Principal(
        account: account, session: OpenSession.ID(body: "0000000000000000"), adminScopes: scopes, hasTwoFactor: true,
        provenAt: SystemClock.timestamp()))
  }

  private func grant(_ market: TestMarket, _ scopes: [AdminScope], to account: Account.ID) async throws {
    try await market.database.transaction { try await AdminScopes.grant(scopes, to: account, by: "test", $0) }
  }

  private func put(
    _ market: TestMarket, _ scopes: [AdminScope], to account: Account.ID, by admin: Account.ID, match: String = "*"
  ) async throws -> Heard {
    let words = scopes.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
    return try await market.ask(
      .put, "/admin/accounts/\(account)/scopes",
      ["Authorization": "Bearer \(token(market, admin))", "If-Match": match], json: #"{"scopes":[\#(words)]}"#)
  }

  @Test func `an administrator makes another, which is audited`() async throws {
    try await withMarket { market in
      try await grant(market, [.config], to: market.buyer)
      let heard = try await put(market, [.support, .moderation, .support], to: market.seller, by: market.buyer)
      let made = try heard.decoded(AccountScopes.self)
      #expect(heard.status == 200 && heard.headers["ETag"] == "\"1\"")
      #expect(made.scopes == [.moderation, .support] && made.name == "Inês" && made.version == 1)
      let session = token(market, market.buyer)
      let again = try await market.call(Admin.scopes, AccountChoice(account: market.seller), token: session)
      #expect(again == made)
      let log = try await market.call(Admin.audit, AuditQuery(action: .scopesGranted, limit: 1), token: session)
      let entry = try #require(log.items.first)
      #expect(entry.actor == market.buyer.text && entry.actorName == "Robin")
      #expect(entry.subject == market.seller.text && entry.subjectName == "Inês")
      #expect(entry.detail == [AuditFact("scopes", "moderation, support")])
      let principal = try await market.identity.accounts.principal(
        market.seller, .example, provenAt: nil, market.database)
      #expect(principal.adminScopes == [.moderation, .support])
    }
  }

  @Test func `what is so already is not done again, and an old version is refused`() async throws {
    try await withMarket { market in
      try await grant(market, [.config], to: market.buyer)
      #expect(try await put(market, [.support], to: market.seller, by: market.buyer, match: "\"0\"").status == 200)
      #expect(try await put(market, [], to: market.seller, by: market.buyer, match: "\"0\"").status == 412)
      let same = try await put(market, [.support], to: market.seller, by: market.buyer, match: "\"1\"")
      #expect(same.headers["ETag"] == "\"1\"")
      #expect(try await market.count("audit_log where action = 'admin.scopes_granted'") == 2)
      #expect(try await put(market, [], to: .example, by: market.buyer).status == 404)
    }
  }

  @Test func `the last one who makes administrators stays one`() async throws {
    try await withMarket { market in
      try await grant(market, [.config, .support], to: market.buyer)
      let refused = try await put(market, [.support], to: market.buyer, by: market.buyer)
      #expect(try refused.status == 409 && refused.problem.code == "last_administrator")
      #expect(try await put(market, [.config], to: market.buyer, by: market.buyer).status == 200)
      try await grant(market, [.config], to: market.rival)
      #expect(try await put(market, [], to: market.buyer, by: market.buyer).status == 200)
    }
  }

  @Test func `two who take each other's rights at once do not both succeed`() async throws {
    try await withMarket { market in
      for _ in 0..<10 {
        try await grant(market, [.config], to: market.buyer)
        try await grant(market, [.config], to: market.rival)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
          group.addTask { try await put(market, [], to: market.rival, by: market.buyer).status }
          group.addTask { try await put(market, [], to: market.buyer, by: market.rival).status }
          return try await group.reduce(into: []) { $0.append($1) }.sorted()
        }
        // Whoever comes second is none any more.
        #expect(statuses == [200, 403])
        #expect(try await market.count("admin_scopes where scope = 'config'") == 1)
      }
    }
  }

  @Test func `all who step down at once leave one`() async throws {
    try await withMarket { market in
      let people = [market.buyer, market.rival, market.seller]
      for person in people { try await grant(market, [.config], to: person) }
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for person in people { group.addTask { try await put(market, [], to: person, by: person).status } }
        return try await group.reduce(into: []) { $0.append($1) }.sorted()
      }
      #expect(statuses == [200, 200, 409])
    }
  }

  @Test func `a token that says more than is true changes nothing`() async throws {
    try await withMarket { market in
      try await grant(market, [.config], to: market.buyer)
      #expect(try await put(market, [.config], to: market.rival, by: market.rival).status == 403)
      #expect(try await market.count("admin_scopes") == 1)
    }
  }

  @Test func `an account is found by its whole contact, which is audited without the contact`() async throws {
    try await withMarket { market in
      let session = try await market.signIn("ines@example.org")
      try await grant(market, [.config], to: market.buyer)
      func find(_ contact: String) async throws -> Heard {
        try await market.ask(
          .post, "/admin/accounts/find", ["Authorization": "Bearer \(token(market, market.buyer))"],
          json: #"{"contact":"\#(contact)"}"#)
      }
      let found = try await find("ines@example.org").decoded(AccountScopes.self)
      #expect(found.account == session.account.id && found.scopes.isEmpty && !found.hasTwoFactor)
      #expect(try await find("ines@example.or").status == 404)
      let entries = try await market.database.query(
        "select subject, detail from audit_log where action = 'admin.account_found'"
      ) { row in try row.next(String.self) + (try row.next(String.self)) }
      #expect(entries == [session.account.id.text + "{}"])
    }
  }
}

@Suite(.timeLimit(.minutes(3))) struct AuditReaderTests {
  private func read(_ market: TestMarket, _ query: AuditQuery) async throws -> Page<AuditEntry> {
    let token = market.token(
      Principal(
        account: market.buyer, session: OpenSession.ID(body: "0000000000000000"), adminScopes: [.config],
        hasTwoFactor: true, provenAt: SystemClock.timestamp()))
    return try await market.call(Admin.audit, query, token: token)
  }

  private func fill(_ market: TestMarket) async throws {
    for number in 1...30 {
      try await market.database.transaction { transaction in
        let (action, actor): (AuditAction, Account.ID) =
          number.isMultiple(of: 3) ? (.sessionEnded, market.buyer) : (.keyMade, market.seller)
        try await AuditLog.append(action, by: actor, subject: "s\(number % 5)", in: transaction)
      }
    }
  }

  @Test func `pages follow one another to the beginning, whatever is written meanwhile`() async throws {
    try await withMarket { market in
      try await fill(market)
      var numbers: [Int] = []
      var query = AuditQuery(limit: 7)
      repeat {
        let page = try await read(market, query)
        numbers += page.items.map(\.number)
        query.cursor = page.nextCursor
        try await market.database.transaction {
          try await AuditLog.append(.keyMade, by: market.seller, subject: "new", in: $0)
        }
      } while query.cursor != nil
      #expect(numbers == (1...30).reversed())
    }
  }

  @Test func `what is asked for is what comes`() async throws {
    try await withMarket { market in
      try await fill(market)
      #expect(try await read(market, AuditQuery(action: .sessionEnded, limit: 100)).items.count == 10)
      #expect(try await read(market, AuditQuery(actor: market.seller.text, limit: 100)).items.count == 20)
      let both = try await read(market, AuditQuery(actor: market.buyer.text, subject: "s0", limit: 100)).items
      #expect(both.map(\.number) == [30, 15])
      let all = try await read(market, AuditQuery(limit: 100)).items
      let (first, middle) = (all[29].at, all[9].at)
      // Moments travel in milliseconds, entries have microseconds.
      let since = try await read(market, AuditQuery(since: middle, limit: 100)).items
      #expect(since.allSatisfy { $0.at >= middle } && since.contains { $0.number == all[9].number })
      #expect(try await read(market, AuditQuery(until: first, limit: 100)).items.isEmpty)
      #expect(try await read(market, AuditQuery(actor: "nobody")).items.isEmpty)
    }
  }

  @Test func `a cursor serves the question that it came from`() async throws {
    try await withMarket { market in
      try await fill(market)
      let cursor = try #require(try await read(market, AuditQuery(limit: 2)).nextCursor)
      await #expect(throws: Refused.self) {
        try await read(market, AuditQuery(action: .keyMade, limit: 2, cursor: cursor))
      }
    }
  }

  @Test(arguments: [
    ("{}", []), (#"{"scopes":[]}"#, [AuditFact("scopes", "none")]), (#"{"a":"b"}"#, [AuditFact("a", "b")]),
    (
      #"{"scopes":["x","y"],"n":3,"deep":{"k":true}}"#,
      [
        AuditFact("scopes", "x, y"), AuditFact("n", "3"), AuditFact("deep", #"{"k":true}"#),
      ]
    ),
  ]) func `details are facts in words`(text: String, facts: [AuditFact]) throws {
    #expect(try AuditReader.facts(text) == facts)
  }
}
