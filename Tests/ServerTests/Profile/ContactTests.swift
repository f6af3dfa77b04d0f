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

@Suite(.timeLimit(.minutes(2))) struct ContactChangeTests {
  /// A signed-in person with a proof of their second factor.
  private func person(_ market: TestMarket, _ contact: String) async throws -> (account: Account.ID, token: String) {
    let session = try await market.signIn(contact)
    let principal = Principal(
      account: session.account.id, session: session.session, hasTwoFactor: true, provenAt: SystemClock.timestamp())
    return (session.account.id, market.token(principal))
  }

  private func replace(_ market: TestMarket, token: String, _ contact: String) async throws -> OwnContact {
    let (challenge, code) = try await market.code(contact)
    return try await market.call(Contacts.replace, ContactProof(challenge: challenge, code: code), token: token)
  }

  private func contacts(_ market: TestMarket, _ token: String) async throws -> [String] {
    try await market.call(Contacts.list, Nothing(), token: token).items.map(\.contact.text)
  }

  /// What the jobs tell, and where.
  private func told(_ market: TestMarket) async throws -> [TestMarket.Sent] {
    let payloads = try await market.database.values(
      "delete from jobs where kind = \(TellContactChanged.kind) returning payload", as: String.self)
    let sent = Mutex<[TestMarket.Sent]>([])
    let post = Post(
      sendMail: { mail in
        sent.withLock { $0.append(.init(to: mail.to[0].address, subject: mail.subject, text: mail.text)) }
      },
      sendText: { number, text in sent.withLock { $0.append(.init(to: number, subject: text, text: text)) } },
      from: MailMessage.Mailbox("souk@example.org"))
    for payload in payloads {
      let job = try JSONDecoder().decode(TellContactChanged.self, from: Array(payload.utf8))
      try await job.run(post, market.identity.seal)
    }
    return sent.withLock { $0 }.sorted { $0.to < $1.to }
  }

  @Test func `a proven contact takes the place of the one of its kind, and the old one is told`() async throws {
    try await withMarket { market in
      let (account, token) = try await person(market, "old@example.org")
      let new = try await replace(market, token: token, "new@example.org")
      #expect(new.kind == .email && new.contact.text == "new@example.org")
      #expect(try await contacts(market, token) == ["new@example.org"])
      let told = try await told(market)
      #expect(told.map(\.to) == ["old@example.org"])
      // Enough to recognise it, too little to learn it.
      #expect(told[0].text.contains("n…@example.org") && !told[0].text.contains("new@"))
      #expect(try await market.signIn("new@example.org").account.id == account)
      #expect(try await market.signIn("old@example.org").account.id != account)
    }
  }

  @Test func `a contact of the other kind is added, and everything known before is told`() async throws {
    try await withMarket { market in
      let (_, token) = try await person(market, "ines@example.org")
      _ = try await replace(market, token: token, "+351912345678")
      #expect(try await contacts(market, token) == ["ines@example.org", "+351912345678"])
      #expect(try await told(market).map(\.to) == ["ines@example.org"])
      _ = try await replace(market, token: token, "other@example.org")
      let told = try await told(market)
      #expect(told.map(\.to) == ["+351912345678", "ines@example.org"])
      #expect(!told[0].text.contains("\n"))
    }
  }

  @Test func `the notice is written in the language of the profile`() async throws {
    try await withMarket { market in
      let (_, token) = try await person(market, "old@example.org")
      _ = try await market.ask(
        .patch, "/me/profile", ["Authorization": "Bearer \(token)", "If-Match": "*"], json: #"{"language":"de"}"#)
      _ = try await replace(market, token: token, "new@example.org")
      #expect(try await told(market).map(\.subject) == ["Dein Souk-Konto hat eine neue E-Mail-Adresse"])
    }
  }

  @Test func `the same contact proven again changes nothing and tells nobody`() async throws {
    try await withMarket { market in
      let (_, token) = try await person(market, "ines@example.org")
      #expect(try await replace(market, token: token, "Ines@Example.org").contact.text == "ines@example.org")
      #expect(try await told(market).isEmpty)
    }
  }

  @Test func `another's contact is refused, and its code is used up`() async throws {
    try await withMarket { market in
      let (_, token) = try await person(market, "mine@example.org")
      _ = try await market.signIn("theirs@example.org")
      let (challenge, code) = try await market.code("theirs@example.org")
      let json = #"{"challenge":"\#(challenge)","code":"\#(code)"}"#
      let heard = try await market.ask(.post, "/me/contacts", ["Authorization": "Bearer \(token)"], json: json)
      #expect(try heard.status == 409 && heard.problem.code == "contact_taken")
      await #expect(throws: Refused.self) { _ = try await market.redeem(challenge, code) }
      #expect(try await contacts(market, token) == ["mine@example.org"])
      #expect(try await told(market).isEmpty)
    }
  }

  @Test func `wrong codes count`() async throws {
    try await withMarket { market in
      let (_, token) = try await person(market, "mine@example.org")
      let (challenge, code) = try await market.code("new@example.org")
      let wrong = code == "000000" ? "111111" : "000000"
      for attempt in Array(repeating: wrong, count: CodeChallenge.triesMax) + [code] {
        let heard = try await market.ask(
          .post, "/me/contacts", ["Authorization": "Bearer \(token)"],
          json: #"{"challenge":"\#(challenge)","code":"\#(attempt)"}"#)
        #expect(try heard.status == 422 && heard.problem.code == "code_refused")
      }
      #expect(try await contacts(market, token) == ["mine@example.org"])
    }
  }

  @Test func `without a fresh proof of the second factor nothing changes`() async throws {
    try await withMarket { market in
      let session = try await market.signIn("mine@example.org")
      let (challenge, code) = try await market.code("new@example.org")
      let json = #"{"challenge":"\#(challenge)","code":"\#(code)"}"#
      let heard = try await market.ask(
        .post, "/me/contacts", ["Authorization": "Bearer \(session.accessToken)"], json: json)
      #expect(try heard.status == 403 && heard.problem.code == "step_up_required")
      // The code was not looked at.
      #expect(try await market.redeem(challenge, code).account.name == "new")
    }
  }

  @Test func `the audit log tells that it happened, and to whom it does not tell the contact`() async throws {
    try await withMarket { market in
      let (account, token) = try await person(market, "old@example.org")
      _ = try await replace(market, token: token, "new@example.org")
      let entries = try await market.database.values(
        "select detail from audit_log where action = 'account.contact_changed' and subject = \(account.text)",
        as: String.self)
      #expect(entries == [#"{"kind":"email"}"#])
    }
  }

  @Test func `of two that prove one contact at the same time one gets it`() async throws {
    try await withMarket { market in
      for round in 0..<5 {
        let people = [
          try await person(market, "a\(round)@example.org"), try await person(market, "b\(round)@example.org"),
        ]
        var proofs: [(token: String, json: String)] = []
        for (_, token) in people {
          let (challenge, code) = try await market.code("wanted\(round)@example.org")
          proofs.append((token, #"{"challenge":"\#(challenge)","code":"\#(code)"}"#))
        }
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
          for (number, proof) in proofs.enumerated() {
            group.addTask(executorPreference: market.loops.loops[number]) {
              try await market.ask(
                .post, "/me/contacts", ["Authorization": "Bearer \(proof.token)"], json: proof.json
              ).status
            }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.sorted() == [200, 409])
      }
    }
  }

  @Test func `neither contact is in the job in the clear`() async throws {
    try await withMarket { market in
      let (_, token) = try await person(market, "secretive@example.org")
      _ = try await replace(market, token: token, "stealthy@example.org")
      let text = try await market.database.values(
        "select payload from jobs where kind = \(TellContactChanged.kind)", as: String.self
      ).joined()
      #expect(!text.isEmpty && !text.contains("secretive") && !text.contains("stealthy"))
    }
  }
}
