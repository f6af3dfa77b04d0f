// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

/// ETags, If-Match, If-None-Match, trimmed and minimal answers.
@Suite(.timeLimit(.minutes(2))) struct ConditionTests {
  @Test func `an edit bumps the tag, and a stale one is refused`() async throws {
    try await withMarket { market in
      let path = "/products/\(try await market.addProduct("A-1").id)"
      let first = try await market.ask(.get, path)
      #expect(first.headers["ETag"] == "\"1\"")
      let edited = try await market.ask(.patch, path, as: market.seller, ["If-Match": "\"1\""], json: #"{"stock":3}"#)
      #expect(edited.status == 200 && edited.headers["ETag"] == "\"2\"")
      #expect(edited.headers["Cache-Control"] == "no-store")
      let second = try await market.ask(.get, path)
      #expect(second.headers["ETag"] == "\"2\"")
      #expect(try second.json == edited.json && second.json["stock"] == .int(3))
      for stale in ["\"1\"", "\"3\"", "W/\"2\"", "2", "\"+2\"", ""] {
        let heard = try await market.ask(.patch, path, as: market.seller, ["If-Match": stale], json: #"{"stock":4}"#)
        #expect(heard.status == 412, "\(stale)")
        #expect(try heard.problem.code == "version_mismatch")
      }
      #expect(
        try await market.ask(.patch, path, as: market.seller, ["If-Match": "*"], json: #"{"stock":4}"#).status == 200)
      let blind = try await market.ask(.patch, path, as: market.seller, json: #"{"stock":5}"#)
      #expect(blind.status == 428)
      #expect(try blind.problem.code == "version_required")
    }
  }

  @Test func `If-None-Match is answered 304 while nothing changed, on every reading endpoint`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      let paths = [
        "/products", "/products/\(product.id)", "/shops", "/shops/\(TestMarket.shop)", "/me", "/categories", "/events",
        "/shops/\(TestMarket.shop)/products", "/products/\(product.id)?fields=title", "!/docs", "!/docs/problems",
        "!/api/v1/openapi.json",
      ]
      for path in paths {
        let first = try await market.ask(.get, path, as: market.seller)
        let tag = try #require(first.headers["ETag"], "\(path)")
        for known in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
          let again = try await market.ask(.get, path, as: market.seller, ["If-None-Match": known])
          #expect(again.status == 304, "\(path)")
          #expect(again.body.isEmpty && again.headers["ETag"] == tag)
          #expect(again.headers["Cache-Control"] == first.headers["Cache-Control"])
          #expect(!again.headers.contains("Content-Type"))
        }
        let other = try await market.ask(.get, path, as: market.seller, ["If-None-Match": "\"other\""])
        #expect(other.status == 200 && other.body == first.body)
      }
    }
  }

  @Test func `a list's tag changes with its items, a shop's with its number of products`() async throws {
    try await withMarket { market in
      func tags() async throws -> [String?] {
        var tags: [String?] = []
        for path in ["/products", "/shops", "/shops/\(TestMarket.shop)", "/categories"] {
          tags.append(try await market.ask(.get, path).headers["ETag"])
        }
        return tags
      }
      let before = try await tags()
      _ = try await market.addProduct("A-1")
      let after = try await tags()
      for (old, new) in zip(before, after) { #expect(old != nil && old != new) }
      // The shop was not edited: the tag that was seen before still allows an edit.
      let old = try #require(before[2])
      let edited = try await market.ask(
        .patch, "/shops/\(TestMarket.shop)", as: market.seller, ["If-Match": old], json: #"{"city":"Lisboa"}"#)
      #expect(edited.status == 200)
      let again = try await market.ask(
        .patch, "/shops/\(TestMarket.shop)", as: market.seller, ["If-Match": old], json: #"{"city":"Braga"}"#)
      #expect(again.status == 412)
    }
  }

  @Test(arguments: 1...3) func `of many edits of one version exactly one wins`(round: Int) async throws {
    try await withMarket { market in
      let path = "/products/\(try await market.addProduct("A-1").id)"
      let statuses = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
        for number in 0..<12 {
          group.addTask(executorPreference: market.loops.loops[number % 2]) {
            let json = #"{"stock":\#(number + 100)}"#
            return (
              try await market.ask(.patch, path, as: market.seller, ["If-Match": "\"1\""], json: json).status, number
            )
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.filter { $0.0 == 412 }.count == 11)
      let winner = try #require(statuses.first { $0.0 == 200 })
      let product = try await market.ask(.get, path).decoded(Product.self)
      #expect(product.version == 2 && product.stock == winner.1 + 100)
    }
  }

  @Test func `fields trim an answer to what was named`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      let path = "/products/\(product.id)"
      let one = try await market.ask(.get, path + "?fields=title,price.amount,photo")
      #expect(
        try one.json == .object([("title", .string(product.title)), ("price", .object([("amount", .int(4500))]))]))
      #expect(one.headers["ETag"] != "\"1\"")
      let page = try await market.ask(.get, "/products?limit=1&fields=id")
      #expect(try page.json["items"] == .array([.object([("id", .string(product.id.text))])]))
      #expect(try await market.ask(.get, "/products?fields=photo").json["items"] == .array([.object([])]))
      let edit = try await market.ask(
        .patch, path + "?fields=version", as: market.seller, ["If-Match": "*"], json: #"{"stock":1}"#)
      #expect(try edit.json == .object([("version", .int(2))]))
      let many = Array(repeating: "id", count: 51).joined(separator: ",")
      for bad in ["", "colour", "id,", "ID", "price.colour", "price..amount", "id,%00", "items", many, "id;drop"] {
        let heard = try await market.ask(.get, path + "?fields=" + bad)
        #expect(heard.status == 422, "\(bad)")
      }
      let file = try await market.ask(.get, "/photos/\(PhotoID.example)/small?fields=id")
      #expect(try file.status == 422 && file.faults == ["/fields unknown_field"])
    }
  }

  @Test func `a minimal answer to a change says only that it happened`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      let minimal = ["Prefer": "respond-async, return=minimal", "If-Match": "*"]
      let edit = try await market.ask(
        .patch, "/products/\(product.id)", as: market.seller, minimal, json: #"{"stock":1}"#)
      #expect(edit.status == 204 && edit.body.isEmpty && edit.headers["ETag"] == "\"2\"")
      #expect(edit.headers["Preference-Applied"] == "return=minimal" && !edit.headers.contains("Content-Type"))
      let body = try Wire(Catalogue.create, TestMarket.draft("A-2")).body
      let created = try await market.ask(.post, "/products", as: market.seller, minimal, json: body)
      #expect(created.status == 201 && created.body.isEmpty && created.headers["Location"] != nil)
      #expect(try await market.ask(.get, "/products", minimal).body.isEmpty == false)
    }
  }

  @Test func `what may be cached by whom is said truly`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      let draft = try await market.addProduct("A-2", status: .draft)
      func caching(_ path: String, _ person: Account.ID? = nil) async throws -> String? {
        try await market.ask(.get, path, as: person).headers["Cache-Control"]
      }
      #expect(try await caching("/products/\(product.id)") == "public, max-age=15, stale-while-revalidate=60")
      #expect(try await caching("/products/\(draft.id)", market.seller) == "private, no-cache")
      #expect(try await caching("/me", market.seller) == "private, no-cache")
      #expect(try await caching("/products/\(draft.id)") == "no-store")
      let own = try await market.ask(.get, "/products/\(draft.id)", as: market.seller)
      #expect(own.headers.values(for: "Vary").contains("Authorization"))
      let feed = try await market.ask(.get, "/events", as: market.seller)
      #expect(feed.headers.values(for: "Vary").contains("Accept"))
    }
  }
}
