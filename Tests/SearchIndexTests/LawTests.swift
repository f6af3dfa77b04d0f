// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import SearchIndex

/// Whatever the documents and whatever is asked, the index answers as if it had looked at every document.
@Suite(.timeLimit(.minutes(5)))
struct LawTests {
  static let counted = ["country", "glaze", "colour", "size", "shop", "nowhere"]
  /// The limits as they are, and such that every list in the order of a number goes by buckets.
  static let limits = [ListLimits(), ListLimits(sortedMost: 0, sortedLikely: 0)]

  @Test(arguments: [1, 2, 3, 4], [0, 1])
  func `lists, pages and counts are those of a search through everything`(seed: Int, limits: Int) throws {
    var random = Random(seed)
    let count = [0, 1, 300, 2500][seed - 1]
    // Weights differ, so that the order is known.
    let weights = (0..<count).map { Int64($0 * 3) }.shuffled(using: &random)
    let documents = (0..<count).map { SmallWorld.document("d\($0)", weight: weights[$0], &random) }
    let fixture = try Fixture(listLimits: LawTests.limits[limits])
    try fixture.build(documents)
    #expect(try fixture.index.documentCount() == count)
    let model = Model(documents: documents)
    for _ in 0..<(count > 1000 ? 40 : 150) {
      let query = SmallWorld.query(&random)
      let expected = model.ids(query)
      try #require(try fixture.allPages(query) == expected, "\(query)")
      let counts = try fixture.index.count(FacetQuery(query, axes: LawTests.counted))
      try #require(counts.total == Count(expected.count, isExact: true), "\(query)")
      for axis in counts.axes {
        let values = Dictionary(uniqueKeysWithValues: axis.values.map { ($0.value, $0.count) })
        try #require(values == model.counts(query, axis: axis.axis), "\(axis.axis) of \(query)")
        try #require(axis.isExact && axis.distinct == values.count)
        try #require(axis.values.map(\.count) == axis.values.map(\.count).sorted(by: >))
      }
    }
  }

  @Test(arguments: [11, 12])
  func `after any changes the index is as if it had been built of what is left`(seed: Int) throws {
    var random = Random(seed)
    var documents: [String: IndexDocument] = [:]
    for at in 0..<400 {
      documents["d\(at)"] = SmallWorld.document("d\(at)", weight: Int64(random.below(1000)), &random)
    }
    let fixture = try Fixture()
    try fixture.build(Array(documents.values))
    let writer = try fixture.index.writer()
    for round in 0..<12 {
      for _ in 0..<(1 << random.below(7)) {
        let id = "d\(random.below(600))"
        if random.chance(30) {
          documents[id] = nil
          try writer.remove(id: id)
        } else {
          documents[id] = SmallWorld.document(id, weight: Int64(random.below(1200)), &random)
          try writer.put(documents[id]!)
        }
      }
      try writer.commit(position: [UInt8(round)])
      let fresh = try SearchIndex(directory: fixture.index.directory, schema: Fixture.schema)
      let model = Model(documents: Array(documents.values))
      for _ in 0..<20 {
        let query = SmallWorld.query(&random)
        var found: [String] = []
        var page = query
        repeat {
          let hits = try fresh.search(page)
          found += hits.hits.map(\.id)
          page.after = hits.next
        } while page.after != nil
        // Equal weights may come in any order, so what is compared is what is there, once each.
        try #require(found.sorted() == model.ids(query).sorted(), "\(query)")
        let total = try fresh.count(FacetQuery(query, axes: ["colour"])).total
        try #require(total == Count(found.count, isExact: true))
      }
    }
    #expect(writer.position == [11])
    try fixture.index.inspect()
  }

  @Test func `weights order documents that were added later, as closely as those that are there lie`() throws {
    let fixture = try Fixture()
    try fixture.build((0..<2000).map { document("old\($0)", "thing", weight: Int64($0) * 10) })
    let writer = try fixture.index.writer()
    for at in 0..<200 { try writer.put(document("new\(at)", "thing", weight: Int64(at) * 100 + 5)) }
    try writer.put(document("first", "thing", weight: 1_000_000))
    try writer.put(document("last", "thing", weight: -5))
    try writer.commit()
    let ids = try fixture.allPages(SearchQuery(text: "thing", limit: 500))
    #expect(ids.count == 2202 && ids.first == "first" && ids.last == "last")
    func weight(_ id: String) -> Int {
      let number = Int(id.drop { !$0.isNumber }) ?? 0
      return id.hasPrefix("old") ? number * 10 : id.hasPrefix("new") ? number * 100 + 5 : id == "first" ? 1_000_000 : -5
    }
    // Every sixty-fourth document says where weights live: nothing is further from its place than that.
    for (at, pair) in zip(ids, ids.dropFirst(80)).enumerated() {
      #expect(weight(pair.0) > weight(pair.1), "at \(at)")
    }
  }

  @Test func `above ten thousand matches counts are estimates near the truth`() throws {
    let fixture = try Fixture()
    let documents = (0..<30_000).map { at in
      var out = document("d\(at)", at % 3 == 0 ? "rare common" : "common", weight: Int64(-at))
      out.keywords = [Keyword("half", at % 2 == 0 ? "even" : "odd")]
      return out
    }
    try fixture.build(documents)
    let rare = try fixture.index.count(FacetQuery(SearchQuery(text: "rare"), axes: ["half"]))
    #expect(rare.total == Count(10_000, isExact: true))
    let common = try fixture.index.count(FacetQuery(SearchQuery(text: "common"), axes: ["half"]))
    #expect(!common.total.isExact && !common.axes[0].isExact)
    #expect((29_000...30_000).contains(common.total.value))
    for value in common.axes[0].values { #expect((14_000...16_000).contains(value.count)) }
  }
}
