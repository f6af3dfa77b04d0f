// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Observability
import Postgres
import SearchIndex
import Testing

@testable import soukd

/// The index follows the database, whatever happens to either.
@Suite(.timeLimit(.minutes(5))) struct FollowTests {
  private func indexed(_ market: TestMarket) async throws -> [String] {
    let hits = try await market.index.ask { try $0.search(SearchQuery(limit: 1000)) }
    return hits.hits.map(\.id).sorted()
  }

  private func sold(_ market: TestMarket) async throws -> [String] {
    try await market.database.values("select id from products where is_listed order by id collate \"C\"")
  }

  /// Waits until the index has what is for sale, at its price.
  private func settle(_ market: TestMarket) async throws {
    let rows = try await market.database.query("select id, price from products where is_listed") { row in
      (try row.next(String.self), try row.next(Int64.self))
    }
    let expected = rows.map(\.0).sorted()
    try await market.wait(until: { try await indexed(market) == expected })
    for (id, price) in rows {
      let query = SearchQuery(filters: [.number("price", price...price)], limit: 1000)
      try await market.wait(until: {
        try await market.index.ask { try $0.search(query) }.hits.contains { $0.id == id }
      })
    }
  }

  @Test func `after concurrent edits the index is the database`() async throws {
    try await withMarket { market in
      try await market.withIndexKept {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for writer in 0..<4 {
            group.addTask {
              var mine: [Product.ID] = []
              for number in 0..<25 {
                let product = try await market.addProduct(
                  "W\(writer)-\(number)", price: 100 + number, status: number % 5 == 0 ? .draft : .active)
                mine.append(product.id)
                guard let some = mine.randomElement() else { continue }
                let address = ProductAddress(product: some)
                switch Int.random(in: 0..<4) {
                case 0: _ = try? await market.call(Catalogue.archive, address, as: market.seller, match: "*")
                case 1: _ = try? await market.call(Catalogue.restore, address, as: market.seller, match: "*")
                default:
                  let patch = ProductPatch(product: some, priceAmount: .set(Int.random(in: 100...9000)))
                  _ = try? await market.call(Catalogue.edit, patch, as: market.seller, match: "*")
                }
              }
            }
          }
          try await group.waitForAll()
        }
        try await settle(market)
        #expect(try await sold(market).count > 0)
        // A shop's change is a change of all that it sells.
        try await market.database.execute("update shops set country = 'FR' where slug = \(TestMarket.shop)")
        let count = try await sold(market).count
        try await market.wait(until: {
          try await market.call(Catalogue.search, ProductQuery(country: Country("FR"), limit: 100)).items.count
            == min(count, 100)
        })
        try await market.database.execute("delete from products")
        try await settle(market)
      }
    }
  }

  @Test func `an index that is missing or damaged is built anew`() async throws {
    try await withMarket { market in
      for number in 0..<30 { _ = try await market.addProduct("A-\(number)") }
      try await market.withIndexKept { try await settle(market) }
      #expect(market.index.status.rebuilds == 1)
      let folder = market.configuration.searchDirectory
      for (round, name) in ["postlist.glass", "docdata.glass", nil].enumerated() {
        try soukd.Files.write(Array("7\n".utf8), to: try name.map { try table($0, in: folder) } ?? "\(folder)/current")
        market.index.change { $0.isReady = false }
        try await market.withIndexKept { try await settle(market) }
        #expect(market.index.status.rebuilds == round + 2)
      }
    }
  }

  /// A file of the generation that serves.
  private func table(_ name: String, in folder: String) throws -> String {
    let current = String(decoding: try soukd.Files.read("\(folder)/current"), as: UTF8.self).filter { $0 != "\n" }
    return "\(folder)/generation-\(current)/documents/\(name)"
  }

  @Test func `another process may rebuild beside the one that serves`() async throws {
    try await withMarket { market in
      let first = try await market.addProduct("A-1", title: "Lamp")
      try await market.withIndexKept {
        try await settle(market)
        let other = try CatalogueIndex(
          directory: market.configuration.searchDirectory, database: market.database, log: Logger(level: .error))
        try await market.withTwo {
          for number in 0..<20 { _ = try await market.addProduct("B-\(number)") }
        } and: {
          for _ in 0..<3 { try await other.rebuild() }
        }
        other.shutDown()
        try await settle(market)
        #expect(try await market.call(Catalogue.search, ProductQuery(q: "lamp")).items.map(\.id) == [first.id])
      }
    }
  }

  @Test func `what commits late is read too`() async throws {
    try await withMarket { market in
      let (one, two) = (try await market.addProduct("A-1").id.text, try await market.addProduct("A-2").id.text)
      let feed = market.index.feed
      let start = try await feed.end()
      let read = try await market.database.transaction { transaction in
        try await transaction.execute("update products set stock = 1 where id = \(one)")
        try await market.database.execute("update products set stock = 1 where id = \(two)")
        let batch = try #require(try await feed.read(from: start, but: []))
        #expect(batch.products == [two])
        return batch
      }
      let late = try #require(try await feed.read(from: read.next, but: read.changes))
      #expect(late.products == [one])
      let end = try #require(try await feed.read(from: late.next, but: late.changes + read.changes))
      #expect(end.products.isEmpty && end.isEnd)
      // Forgotten changes, and another life of the database, are places that are gone.
      try await feed.forget(olderThanDays: 0)
      #expect(try await feed.read(from: start, but: []) == nil)
      #expect(try await feed.read(from: try await feed.end(), but: []) != nil)
      #expect(try await feed.read(from: SearchPosition(epoch: "other", transaction: .max), but: []) == nil)
    }
  }
}

extension TestMarket {
  /// Runs two things at the same time.
  fileprivate func withTwo(
    _ one: @escaping @Sendable () async throws -> Void, and other: @escaping @Sendable () async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await one() }
      group.addTask { try await other() }
      try await group.waitForAll()
    }
  }
}
