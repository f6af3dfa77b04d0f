// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import EventLoop
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

/// Idempotency-Key: one effect, one answer.
@Suite(.timeLimit(.minutes(2))) struct IdempotencyTests {
  private func body(_ sku: String) throws -> String {
    try #require(try Wire(Catalogue.create, TestMarket.draft(sku)).body)
  }

  private func productCount(_ market: TestMarket) async throws -> Int? {
    try await market.database.first("select count(*) from products") { row in try row.next(Int.self) }
  }

  @Test func `the first answer is given again, marked`() async throws {
    try await withMarket { market in
      let first = try await market.ask(
        .post, "/products", as: market.seller, ["Idempotency-Key": "k1"], json: try body("A-1"))
      #expect(first.status == 201 && !first.headers.contains("Idempotency-Replayed"))
      let again = try await market.ask(
        .post, "/products", as: market.seller, ["Idempotency-Key": "k1"], json: try body("A-1"))
      #expect(again.status == 201 && again.body == first.body)
      #expect(again.headers["Idempotency-Replayed"] == "true")
      for name in ["Location", "ETag", "Cache-Control", "Content-Type"] {
        #expect(again.headers[name] == first.headers[name])
      }
      #expect(try await productCount(market) == 1)
    }
  }

  @Test func `what is remembered is sealed, and opens for its own request only`() async throws {
    try await withMarket { market in
      let key = ["Idempotency-Key": "k1"]
      let first = try await market.ask(.post, "/products", as: market.seller, key, json: try body("A-1"))
      let kept = try #require(
        try await market.database.first("select sealed_body, fingerprint from answered_requests") { row in
          (body: try row.next([UInt8].self), fingerprint: try row.next([UInt8].self))
        })
      #expect(first.status == 201 && !String(decoding: kept.body, as: UTF8.self).contains("Wave ring"))
      // Nor can the request be guessed from its hash: that has a key.
      let request = Array("POST /api/v1/products\n".utf8) + Array(try body("A-1").utf8)
      #expect(kept.fingerprint != SHA256.hash(request))
      try await market.database.execute("update answered_requests set key = 'k2'")
      let moved = try await market.ask(
        .post, "/products", as: market.seller, ["Idempotency-Key": "k2"], json: try body("A-1"))
      #expect(moved.status == 500)
    }
  }

  @Test func `another request with the key is refused`() async throws {
    try await withMarket { market in
      let key = ["Idempotency-Key": "k1", "If-Match": "*"]
      _ = try await market.ask(.post, "/products", as: market.seller, key, json: try body("A-1"))
      let other = try await market.ask(.post, "/products", as: market.seller, key, json: try body("A-2"))
      #expect(other.status == 422)
      #expect(try other.problem.code == "idempotency_key_reused")
      let elsewhere = try await market.ask(
        .patch, "/shops/\(TestMarket.shop)", as: market.seller, key, json: #"{"city":"Braga"}"#)
      #expect(try elsewhere.problem.code == "idempotency_key_reused")
      #expect(try await productCount(market) == 1)
    }
  }

  @Test func `an edit that is repeated with the version it made is the same edit`() async throws {
    try await withMarket { market in
      let path = "/products/\(try await market.addProduct("A-1").id)"
      let json = #"{"stock":3}"#
      let first = try await market.ask(
        .patch, path, as: market.seller, ["Idempotency-Key": "k", "If-Match": "\"1\""], json: json)
      let again = try await market.ask(
        .patch, path, as: market.seller, ["Idempotency-Key": "k", "If-Match": "\"2\""], json: json)
      #expect(first.status == 200 && again.status == 200 && first.body == again.body)
      #expect(try await market.ask(.get, path).decoded(Product.self).version == 2)
    }
  }

  @Test func `keys belong to their account`() async throws {
    try await withMarket { market in
      let key = ["Idempotency-Key": "k1"]
      _ = try await market.ask(.post, "/products", as: market.seller, key, json: try body("A-1"))
      let rival = try await market.ask(.post, "/products", as: market.rival, key, json: try body("A-1"))
      #expect(rival.status == 422)
      #expect(try rival.faults == ["/shop unknown"])
      #expect(!rival.headers.contains("Idempotency-Replayed"))
    }
  }

  @Test func `a refusal is not remembered: the key may be used again`() async throws {
    try await withMarket { market in
      let key = ["Idempotency-Key": "k1"]
      #expect(try await market.ask(.post, "/products", as: market.seller, key, json: "{}").status == 422)
      let draft = try body("A-1").replacing("jewellery/rings", with: "nothing/here")
      #expect(try await market.ask(.post, "/products", as: market.seller, key, json: draft).status == 422)
      #expect(try await market.ask(.post, "/products", as: market.seller, key, json: try body("A-1")).status == 201)
    }
  }

  @Test(arguments: ["", "a b", "ä", "a\tb", String(repeating: "k", count: 256)])
  func `a key is short and plain`(key: String) async throws {
    try await withMarket { market in
      let heard = try await market.ask(.post, "/products", as: market.seller, ["Idempotency-Key": key], json: "{}")
      #expect(heard.status == 400)
      #expect(try heard.faults == ["/Idempotency-Key wrong_format"])
    }
  }

  @Test(arguments: 1...3) func `many at once have one effect; the others are told to wait or get its answer`(round: Int)
    async throws
  {
    try await withMarket { market in
      let json = try body("A-1")
      let heard = try await withThrowingTaskGroup(of: Heard.self) { group in
        for number in 0..<12 {
          group.addTask(executorPreference: market.loops.loops[number % 2]) {
            try await market.ask(.post, "/products", as: market.seller, ["Idempotency-Key": "k1"], json: json)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(try await productCount(market) == 1)
      let made = heard.filter { $0.status == 201 }
      #expect(made.filter { !$0.headers.contains("Idempotency-Replayed") }.count == 1)
      #expect(Set(made.map(\.body)).count == 1)
      for refused in heard where refused.status != 201 {
        #expect(refused.status == 409 && refused.headers["Retry-After"] == "1")
        #expect(try refused.problem.code == "request_in_progress")
      }
    }
  }

  @Test func `a crash between effect and answer leaves neither, and the repeat has its effect`() async throws {
    try await withMarket { market in
      // Holds the shop, so that the request waits in its transaction after it has taken its key.
      let (held, hold) = AsyncStream.makeStream(of: Void.self)
      let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
      let json = try body("A-1")
      let holder = Task {
        try await market.database.transaction { transaction in
          try await transaction.execute("select 1 from shops where slug = \(TestMarket.shop) for update")
          isReady.yield()
          for await _ in held { break }
        }
      }
      for await _ in ready { break }
      let request = Task {
        try await market.ask(.post, "/products", as: market.seller, ["Idempotency-Key": "k1"], json: json)
      }
      let waiting: SQL = """
        select pid from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%from shops%'
        """
      try await market.wait(until: "exists (\(waiting))")
      try await market.database.execute("select pg_terminate_backend(pid) from (\(waiting)) w")
      let crashed = try await request.value
      #expect(crashed.status == 503 && crashed.headers["Retry-After"] != nil)
      hold.yield()
      try await holder.value
      #expect(try await productCount(market) == 0)
      let again = try await market.ask(
        .post, "/products", as: market.seller, ["Idempotency-Key": "k1"], json: json)
      #expect(again.status == 201 && !again.headers.contains("Idempotency-Replayed"))
      #expect(try await productCount(market) == 1)
    }
  }

  @Test func `an answer is remembered in the transaction of its effect`() async throws {
    try await withMarket { market in
      // The memory cannot be written: then nothing happened.
      try await market.database.execute(
        "alter table answered_requests add constraint nothing_fits check (key <> 'k1')")
      let failed = try await market.ask(
        .post, "/products", as: market.seller, ["Idempotency-Key": "k1"], json: try body("A-1"))
      #expect(failed.status == 500)
      #expect(try await productCount(market) == 0)
      #expect(try await market.database.first("select count(*) from events") { try $0.next(Int.self) } == 0)
    }
  }
}
