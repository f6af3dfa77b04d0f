// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Testing

@testable import soukd

/// Every endpoint, asked by everybody for the owner's things, against the table beside this file.
struct AccessWalkTests {
  @Test(arguments: Contract.endpoints.map(\.name)) func `who may call it is what the table says`(name: String)
    async throws
  {
    let endpoint = try #require(Contract.endpoints.first { $0.name == name })
    try await withMarket { market in
      let things = try await WalkThings(market, endpoint)
      var statuses: [Walker: Int] = [:]
      // The owner comes last: what the owner does may be done.
      for walker in Walker.allCases.filter({ $0 != .owner }) + [.owner] {
        statuses[walker] = try await market.walk(endpoint, as: walker, things)
        try await things.restore(market)
      }
      // A new endpoint has no row, which fails here and says what the row would be.
      #expect(statuses == AccessTable.rows[name], "\(AccessTable.row(name, statuses))")
    }
  }

  @Test func `the table has no rows of endpoints that are gone`() {
    #expect(Set(AccessTable.rows.keys) == Set(Contract.endpoints.map(\.name)))
  }

  /// What must hold whatever the table says.
  @Test(arguments: Contract.endpoints.map(\.name)) func `a row grants nothing against the endpoint's declaration`(
    name: String
  ) throws {
    let endpoint = try #require(Contract.endpoints.first { $0.name == name })
    let statuses = try #require(AccessTable.rows[name])
    if endpoint.access.needsAccount { #expect(statuses[.nobody] == 401 && statuses[.guest] == 401) }
    if endpoint.access == .guest {
      for walker in Walker.allCases where walker != .guest { #expect(statuses[walker] == 401, "\(walker)") }
    }
    if endpoint.access.needsAccount && endpoint.access != .session { #expect(statuses[.owing] == 403) }
    if endpoint.traits.sensitivity == .sensitive {
      #expect(statuses[.stale] == 403 && statuses[.bare] == 403)
    }
    if case .member = endpoint.access {
      for stranger in [Walker.buyer, .rival, .admin, .support] {
        // A shop that is named in the body and is not the caller's is a wrong value there.
        #expect([404, 422].contains(statuses[stranger]), "\(stranger)")
      }
    }
    if endpoint.access.needsAccount && endpoint.access != .key {
      #expect(statuses[.narrow] == 403)
      let isOpenToKeys = endpoint.traits.keys != nil
      #expect((statuses[.key] == 403) == !isOpenToKeys)
      #expect(!isOpenToKeys || statuses[.key] == statuses[.owner])
    }
    if case .admin = endpoint.access {
      for other in [Walker.buyer, .rival, .owner] { #expect(statuses[other] == 403, "\(other)") }
    }
  }
}
