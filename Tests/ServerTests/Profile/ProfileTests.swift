// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

@Suite(.timeLimit(.minutes(2))) struct ProfileTests {
  @Test func `whoever has said nothing has a profile all the same`() async throws {
    try await withMarket { market in
      let heard = try await market.ask(.get, "/me/profile", as: market.buyer)
      let profile = try heard.decoded(Profile.self)
      #expect(profile.name == "Robin" && profile.language == nil && profile.currency == nil)
      #expect(profile.notifications == .standard && profile.version == 1)
      #expect(heard.headers["ETag"] == "\"1\"" && heard.headers["Cache-Control"] == "private, no-cache")
      #expect(heard.headers.values(for: "Vary").contains("Souk-Guest"))
      #expect(try await market.ask(.get, "/me/profile", as: market.buyer, ["If-None-Match": "\"1\""]).status == 304)
      #expect(try await market.ask(.get, "/me/profile").status == 401)
      #expect(try await market.ask(.get, "/me/profile", as: .random()).status == 401)
    }
  }

  @Test func `an edit names the version it saw and changes what it names`() async throws {
    try await withMarket { market in
      let json = #"{"name":"Robin A.","language":"de","currency":"CHF","notifications":{"orders":{"sms":true}}}"#
      #expect(try await market.ask(.patch, "/me/profile", as: market.buyer, json: json).status == 428)
      let stale = try await market.ask(.patch, "/me/profile", as: market.buyer, ["If-Match": "\"2\""], json: json)
      #expect(stale.status == 412)
      let heard = try await market.ask(.patch, "/me/profile", as: market.buyer, ["If-Match": "\"1\""], json: json)
      let profile = try heard.decoded(Profile.self)
      #expect(heard.status == 200 && heard.headers["ETag"] == "\"2\"" && profile.version == 2)
      #expect(profile.name == "Robin A." && profile.language == .german && profile.currency?.code == "CHF")
      #expect(profile.notifications.orders == Channels(email: true, sms: true, inbox: true))
      #expect(profile.notifications.news == NotificationPreferences.standard.news)
      #expect(try await market.call(Profiles.show, Nothing(), as: market.buyer) == profile)
      #expect(try await market.call(Identity.me, Nothing(), as: market.buyer).name == "Robin A.")
      let reset = try await market.call(
        Profiles.edit, ProfilePatch(language: .clear, notifications: .clear), as: market.buyer, match: "\"2\"")
      #expect(reset.language == nil && reset.notifications == .standard && reset.currency?.code == "CHF")
      // Another's profile is not touched.
      #expect(try await market.call(Profiles.show, Nothing(), as: market.seller).version == 1)
    }
  }

  @Test func `of edits of one version at the same time one takes effect`() async throws {
    try await withMarket { market in
      for version in 1...4 {
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
          for number in 0..<8 {
            group.addTask(executorPreference: market.loops.loops[number % 2]) {
              try await market.ask(
                .patch, "/me/profile", as: market.buyer, ["If-Match": "\"\(version)\""],
                json: #"{"language":"\#(["de", "fr"][number % 2])"}"#
              ).status
            }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.sorted() == [200, 412, 412, 412, 412, 412, 412, 412])
      }
      #expect(try await market.call(Profiles.show, Nothing(), as: market.buyer).version == 5)
    }
  }

  @Test func `a kind of notification that came later than the row has what holds for everybody`() async throws {
    try await withMarket { market in
      try await market.database.execute(
        """
        insert into profiles (account, notifications, version)
        values (\(market.buyer.text), '{"orders":{"email":false,"sms":false,"inbox":false},"gone":{}}', 7)
        """)
      let profile = try await market.call(Profiles.show, Nothing(), as: market.buyer)
      #expect(profile.version == 7 && profile.notifications.orders == Channels(email: false, sms: false, inbox: false))
      #expect(profile.notifications.stock == NotificationPreferences.standard.stock)
    }
  }
}

@Suite(.timeLimit(.minutes(2))) struct ConsentRecordTests {
  private func statement(_ isGiven: Bool, _ version: String = "2026-11") -> ConsentStatement {
    ConsentStatement(kind: .marketingEmail, isGiven: isGiven, textVersion: version, place: "souk account")
  }

  @Test func `nobody has agreed to what they were not asked`() async throws {
    try await withMarket { market in
      let consents = try await market.call(Consents.list, Nothing(), as: market.buyer).items
      #expect(consents.map(\.kind) == ConsentKind.allCases)
      #expect(consents.allSatisfy { !$0.isGiven && $0.at == nil && $0.textVersion == nil })
    }
  }

  @Test func `every statement is kept, and the newest holds`() async throws {
    try await withMarket { market in
      let given = try await market.call(Consents.record, statement(true), as: market.buyer)
      #expect(given.isGiven && given.textVersion == "2026-11" && given.place == "souk account" && given.at != nil)
      // Said again: nothing new.
      #expect(try await market.call(Consents.record, statement(true), as: market.buyer) == given)
      #expect(try await market.count("consents") == 1)
      _ = try await market.call(Consents.record, statement(false), as: market.buyer)
      _ = try await market.call(Consents.record, statement(true), as: market.buyer)
      let withdrawn = try await market.call(Consents.record, statement(false), as: market.buyer)
      #expect(!withdrawn.isGiven)
      #expect(try await market.count("consents") == 4)
      let now = try await market.call(Consents.list, Nothing(), as: market.buyer).items
      #expect(now.first { $0.kind == .marketingEmail } == withdrawn)
      let rival = try await market.call(Consents.list, Nothing(), as: market.rival).items
      #expect(rival.allSatisfy { $0.at == nil })
    }
  }

  @Test func `the market publishes what there is to agree to, in its languages`() async throws {
    try await withMarket { market in
      for language in Language.allCases {
        let texts = try await market.call(Consents.texts, ConsentTextQuery(language: language)).items
        #expect(texts.map(\.kind) == ConsentKind.allCases)
        #expect(texts.allSatisfy { $0.language == language && !$0.title.isEmpty && $0.text.count > 40 })
        for text in texts {
          let said = ConsentStatement(kind: text.kind, isGiven: true, textVersion: text.version, place: "a test")
          #expect(try await market.call(Consents.record, said, as: market.buyer).textVersion == text.version)
        }
      }
      #expect(try await market.call(Consents.texts, ConsentTextQuery()).items.allSatisfy { $0.language == .english })
      let heard = try await market.ask(.get, "/consents/texts?language=de")
      #expect(heard.headers["Cache-Control"]?.hasPrefix("public, max-age=3600") == true)
      #expect(try await market.ask(.get, "/consents/texts?language=xx").status == 422)
    }
  }

  @Test(arguments: ["terminal-2026-11", "2026-12", "x"])
  func `nobody agrees to a text that was never published`(version: String) async throws {
    try await withMarket { market in
      let heard = try await market.ask(
        .post, "/me/consents", as: market.buyer,
        json: #"{"kind":"terms","is_given":true,"text_version":"\#(version)","place":"a test"}"#)
      #expect(try heard.status == 422 && heard.faults == ["/text_version unknown"])
      #expect(try await market.count("consents") == 0)
    }
  }

  @Test func `published texts have a version of their own each, and are in every language`() {
    let names = PublishedTexts.all.map { "\($0.kind.rawValue) \($0.version)" }
    #expect(Set(names).count == names.count)
    for text in PublishedTexts.all { #expect(Set(text.words.keys) == Set(Language.allCases)) }
  }

  @Test func `the same said many times at once is said once`() async throws {
    try await withMarket { market in
      let statement = statement(true)
      try await withThrowingTaskGroup(of: Consent.self) { group in
        for _ in 0..<8 { group.addTask { try await market.call(Consents.record, statement, as: market.buyer) } }
        for try await consent in group { #expect(consent.isGiven) }
      }
      #expect(try await market.count("consents") == 1)
    }
  }

  @Test(arguments: ["update consents set is_given = true", "delete from consents", "truncate consents"])
  func `the record is append-only`(change: String) async throws {
    try await withMarket { market in
      _ = try await market.call(Consents.record, statement(false), as: market.buyer)
      let error = await #expect(throws: PostgresError.self) {
        try await market.database.execute(SQL(unescaped: change))
      }
      #expect(error?.sqlState == "23000")
      #expect(try await market.count("consents") == 1)
    }
  }
}
