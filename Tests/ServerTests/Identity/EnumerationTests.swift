// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import Market
import Postgres
import Testing

@testable import soukd

/// Nobody learns from signing in whether a contact is known: not by the answer (SignInTests), not by what is done for it,
/// not by how long that takes.
@Suite(.timeLimit(.minutes(5))) struct EnumerationTests {
  enum Step: CaseIterable { case request, redemption }

  private static let pairs = 120

  /// Contacts with accounts, and contacts of nobody.
  private func contacts(_ market: TestMarket, _ count: Int) async throws -> (known: [Contact], unknown: [Contact]) {
    let known = try (0..<count).map { try #require(Contact("person\(100 + $0)@example.org")) }
    for contact in known {
      _ = try await market.database.transaction {
        try await market.identity.accounts.knownOrMade(by: contact, in: $0)
      }
    }
    return (known, try (0..<count).map { try #require(Contact("nobody\(100 + $0)@example.org")) })
  }

  /// What is asked in a step, ready to be sent, and the status that answers it.
  private func question(_ step: Step, _ contact: Contact, _ market: TestMarket) async throws -> Question {
    switch step {
    case .request: return Question(path: "/sign-in/codes", json: #"{"contact":"\#(contact.text)"}"#, status: 202)
    case .redemption:
      let (challenge, code) = try await market.code(contact.text)
      let wrong = code == "000000" ? "111111" : "000000"
      return Question(
        path: "/sign-in/sessions", json: #"{"challenge":"\#(challenge)","code":"\#(wrong)"}"#, status: 422)
    }
  }

  private struct Question {
    var path: String
    var json: String
    var status: Int
  }

  @Test(arguments: Step.allCases)
  func `the database is asked the same for known and unknown contacts`(step: Step) async throws {
    try await withMarket({ $0.rateLimits.isOff = false }) { market in
      let (known, unknown) = try await contacts(market, 3)
      // What is asked first makes the network's bucket.
      let first = try await question(step, try #require(Contact("first@example.org")), market)
      #expect(try await market.ask(.post, first.path, json: first.json).status == first.status)
      var asked: [[Int]] = []
      for contact in known + unknown {
        let question = try await question(step, contact, market)
        let before = try await footprint(market)
        let heard = try await market.ask(.post, question.path, json: question.json)
        #expect(heard.status == question.status)
        asked.append(zip(try await footprint(market), before).map { $0 - $1 })
      }
      #expect(Set(asked).count == 1, "\(asked)")
      #expect(asked[0][0] > 1)
    }
  }

  /// How many statements were run, and how many rows there are in each table that signing in writes.
  private func footprint(_ market: TestMarket) async throws -> [Int] {
    var counts = [market.database.statistics.statements]
    for table in ["sign_in_codes", "sign_in_limits", "jobs", "accounts", "contacts", "sessions", "audit_log"] {
      counts.append(try await market.count(table))
    }
    return counts
  }

  @Test(arguments: Step.allCases)
  func `known and unknown contacts take the same time`(step: Step) async throws {
    try await withMarket { market in
      let (known, unknown) = try await durations(market, step)
      let comparison = RankComparison(known, unknown)
      #expect(!comparison.tellsApart, "\(comparison)")
    }
  }

  /// Asks for known and unknown contacts in turns, by chance which first, so that whatever else the machine does falls on
  /// both alike.
  private func durations(
    _ market: TestMarket, _ step: Step
  ) async throws -> (known: [Duration], unknown: [Duration]) {
    let (known, unknown) = try await contacts(market, 12)
    var taken: [Bool: [Duration]] = [:]
    for round in 0..<Self.pairs {
      let index = round % known.count
      let pair = try await [
        (true, question(step, known[index], market)), (false, question(step, unknown[index], market)),
      ]
      for (isKnown, question) in pair.shuffled() {
        let start = ContinuousClock.now
        let heard = try await market.ask(.post, question.path, json: question.json)
        let duration = ContinuousClock.now - start
        #expect(heard.status == question.status)
        taken[isKnown, default: []].append(duration)
      }
    }
    return (taken[true] ?? [], taken[false] ?? [])
  }
}

struct RankComparisonTests {
  @Test func `samples of one law are not told apart, samples of two are`() {
    var chance = SystemRandomNumberGenerator()
    func sample(_ shift: Double) -> [Duration] {
      // A long tail, as of a busy machine.
      (0..<120).map { _ in .milliseconds(3 + shift + 1 / Double.random(in: 0.05...1, using: &chance)) }
    }
    for _ in 0..<200 { #expect(!RankComparison(sample(0), sample(0)).tellsApart) }
    #expect(RankComparison(sample(0), sample(20)).tellsApart)
    #expect(RankComparison(sample(10), sample(0)).tellsApart)
  }

  @Test func `ties count half`() {
    let same = [Duration](repeating: .milliseconds(1), count: 10)
    let comparison = RankComparison(same, same)
    #expect(comparison.share == 0.5 && comparison.deviations == 0 && !comparison.tellsApart)
    #expect(RankComparison(same, [.milliseconds(2)] + same.dropFirst()).share == 0.45)
  }
}
