// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import Market
import Postgres
import Testing

@testable import soukd

/// What happens at the same moment.
@Suite(.timeLimit(.minutes(3))) struct ModerationRaceTests {
  @Test func `of many who claim at once one gets it, and the others leave it alone until the claim has run out`()
    async throws
  {
    let clock = StandingClock()
    try await withMarket(now: { clock.now }) { market in
      try await market.distrust()
      _ = try await market.addProduct("A-1")
      let item = try #require(try await market.items().first)
      let path = ModerationPath(item: item.id)
      let moderators = try await market.addModerators(12)
      let codes = try await withThrowingTaskGroup(of: String.self) { group in
        for (number, moderator) in moderators.enumerated() {
          group.addTask(executorPreference: market.loops.loops[number % 2]) {
            do {
              let claimed = try await market.moderate(Moderation.claim, path, as: moderator, match: "\"1\"")
              return claimed.claim?.isMine == true ? moderator.text : "not mine"
            } catch let refused as Refused { return refused.code }
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes.count { $0 == "claimed_by_another" } == 11)
      let winner = try #require(codes.compactMap { Account.ID($0) }.first)
      let loser = try #require(moderators.first { $0 != winner })
      let held = await #expect(throws: Refused.self) {
        try await market.moderate(Moderation.approve, path, as: loser, match: "\"1\"")
      }
      #expect(held?.code == "claimed_by_another")
      #expect(try await market.items(as: loser).first?.claim?.isMine == false)
      clock.pass(seconds: ModerationClaim.seconds + 1)
      #expect(try await market.items(as: loser).first?.claim == nil)
      _ = try await market.moderate(Moderation.claim, path, as: loser, match: "\"1\"")
      _ = try await market.moderate(Moderation.release, path, as: loser, match: "\"1\"")
      _ = try await market.moderate(Moderation.approve, path, as: winner, match: "\"1\"")
    }
  }

  @Test func `an approval raced with a withdrawal ends with both saying the same`() async throws {
    try await withMarket { market in
      try await market.distrust()
      for number in 0..<12 {
        let product = try await market.addProduct("A-\(number)")
        let item = try #require(try await market.items().first)
        let withdraw = ProductPatch(product: product.id, status: .set(.draft))
        async let taken = try? market.call(Catalogue.edit, withdraw, as: market.seller, match: "\"1\"")
        async let approved = try? market.moderate(
          Moderation.approve, ModerationPath(item: item.id), match: "\"1\"")
        let (isTaken, isApproved) = (await taken != nil, await approved != nil)
        // The one who comes second finds another version.
        #expect(isTaken != isApproved)
        let list = try await market.call(Catalogue.ofShop, ShopProductQuery(slug: TestMarket.shop), as: market.seller)
        let status = list.items.first { $0.id == product.id }?.status
        #expect(status == (isApproved ? .active : .draft))
        #expect(try await market.items().isEmpty)
        #expect(try await market.ask(.get, "/products/\(product.id)").status == (isApproved ? 200 : 404))
      }
    }
  }

  @Test func `a shop that is suspended while products are made and changed shows none of them`() async throws {
    try await withMarket { market in
      var ids: [Product.ID] = []
      for number in 0..<6 { ids.append(try await market.addProduct("A-\(number)").id) }
      let suspension = Suspension(shop: TestMarket.shop, reason: "Nothing arrives.")
      let known = ids
      let made = try await withThrowingTaskGroup(of: Product.ID?.self) { group in
        for number in 0..<8 {
          group.addTask(executorPreference: market.loops.loops[number % 2]) {
            try await market.addProduct("B-\(number)").id
          }
          group.addTask(executorPreference: market.loops.loops[number % 2]) {
            let patch = ProductPatch(product: known[number % 6], title: .set("Title \(number)"))
            return try await market.call(Catalogue.edit, patch, as: market.seller, match: "*").id
          }
          if number == 3 {
            group.addTask(executorPreference: market.loops.loops[1]) {
              _ = try await market.moderate(Moderation.suspend, suspension, match: "*")
              return nil
            }
          }
        }
        return try await group.reduce(into: [Product.ID]()) { if let id = $1 { $0.append(id) } }
      }
      for id in Set(ids).union(made) {
        #expect(try await market.ask(.get, "/products/\(id)").status == 404)
        #expect(try await market.ask(.get, "/products/\(id)", as: market.seller).status == 200)
      }
      #expect(try await market.call(Catalogue.search, ProductQuery()).items.isEmpty)
      #expect(try await market.ask(.get, "/shops/\(TestMarket.shop)").status == 404)
      let standing = try await market.call(Shops.standing, ShopAddress(slug: TestMarket.shop), as: market.seller)
      #expect(standing.status == .suspended && standing.reason == "Nothing arrives.")
      _ = try await market.moderate(Moderation.reinstate, ModeratedShop(shop: TestMarket.shop), match: "*")
      #expect(try await market.call(Catalogue.search, ProductQuery(limit: 100)).items.count == 14)
    }
  }
}
