// SPDX-License-Identifier: GPL-3.0-or-later
@testable import SearchIndex

/// SplitMix64: a failure comes back with its seed.
struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// Small numbers more often than great ones.
  mutating func skewed(_ limit: Int) -> Int { below(below(limit) + 1) }
}

/// Documents and queries of a small world, where everything meets everything.
enum SmallWorld {
  static let wordCount = 40
  static let colours = ["red", "blue", "green"]
  static let sizes = ["s", "m", "l"]

  static func word(_ random: inout Random) -> String { "word\(random.skewed(wordCount))" }

  static func document(_ id: String, weight: Int64, _ random: inout Random) -> IndexDocument {
    func text(_ count: Int) -> String { (0..<count).map { _ in word(&random) }.joined(separator: " ") }
    var out = SearchIndexTests.document(
      id, text(1 + random.below(3)), tags: text(random.below(3)), body: text(random.below(8)), weight: weight)
    if !random.chance(10) { out.numbers["price"] = Int64(random.skewed(30)) * 50 }
    if !random.chance(10) { out.numbers["made"] = Int64(random.below(2_000_000)) - 1_000_000 }
    out.keywords = [
      Keyword("country", "c\(random.skewed(5))"), Keyword("shop", "s\(random.below(20))", isCounted: false),
    ]
    if random.chance(50) { out.keywords.append(Keyword("glaze", "g\(random.below(3))")) }
    out.variants = (0..<random.below(4)).map { _ in
      [Keyword("colour", colours[random.below(3)]), Keyword("size", sizes[random.below(3)])]
    }
    if random.chance(80) { out.place = place(&random) }
    return out
  }

  static func place(_ random: inout Random) -> Place {
    Place(
      latitude: Double.random(in: -85...85, using: &random), longitude: Double.random(in: -180...180, using: &random))!
  }

  static func query(_ random: inout Random) -> SearchQuery {
    var tokens: [String] = (0..<random.below(3)).map { _ in word(&random) }
    if !tokens.isEmpty && random.chance(20) { tokens += ["OR", word(&random)] }
    if random.chance(20) { tokens.append("-" + word(&random)) }
    var filters: [SearchQuery.Filter] = []
    if random.chance(30) { filters.append(.any("country", (0...random.below(2)).map { _ in "c\(random.below(6))" })) }
    if random.chance(15) { filters.append(.none("glaze", ["g\(random.below(4))"])) }
    if random.chance(30) {
      var axes = ["colour": [colours[random.below(3)]]]
      if random.chance(60) { axes["size"] = [sizes[random.below(3)], sizes[random.below(3)]] }
      filters.append(.variant(axes))
    }
    if random.chance(30) {
      let low = Int64(random.below(1500))
      filters.append(.number("price", low...low + Int64(random.below(800))))
    }
    if random.chance(15) { filters.append(.number("made", -500_000...500_000)) }
    if random.chance(20) { filters.append(.near(place(&random), metres: 20_000 << random.below(9))) }
    let orders: [SearchQuery.Order] = [
      .relevance, .weight, .number("price", isDescending: false), .number("price", isDescending: true),
      .number("made", isDescending: true),
    ]
    return SearchQuery(
      text: tokens.joined(separator: " "), filters: filters, order: orders[random.below(orders.count)],
      limit: [1, 3, 7, 50, 1000][random.below(5)], mayChangeWords: false)
  }
}
