// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import SearchIndex

/// Any text is a query, and any document is indexed or refused.
@Suite(.timeLimit(.minutes(3)))
struct HostileTests {
  static let texts: [String] = [
    "", " ", "\"", "\"\"\"\"", "-", "--", "OR", "AND NOT OR", "(((", "a\"b", "\u{0}", "a\u{0}b", "\u{202E}abc", "*",
    "?*~^:[]{}",
    "' or 1=1 --", "\\", "\u{FFFD}", "\u{1F468}\u{200D}\u{1F469}", "XK\u{1F}", "Qp1", "K", "title:ring", "‮‮‮", "ﷺ",
    "ﬀ", "İ", "ẞ", "ǅ",
    String(repeating: "a", count: 10_000), String(repeating: "a ", count: 5_000),
    String(repeating: "\"a\" ", count: 2_500),
    String(repeating: "-a ", count: 3_000), String(repeating: "a OR ", count: 2_000),
    String(repeating: "a-", count: 5_000),
    String(repeating: "皿", count: 4_000), String(repeating: "é\u{301}", count: 3_000),
    String(repeating: "\u{301}", count: 5_000),
    String(repeating: "1.", count: 5_000), String(repeating: "'", count: 10_000), String(repeating: "ก", count: 4_000),
    String(repeating: "👩‍👩‍👧 ", count: 1_000),
  ]

  private func fixture() throws -> Fixture {
    let fixture = try Fixture()
    try fixture.build(
      [
        document("a", "ring of silver", body: "皿 กขค common", weight: 2, language: "en"),
        document("b", "a bowl", weight: 1),
      ],
      completions: [Completion(text: "ring of silver", weight: 1)])
    return fixture
  }

  @Test func `any text is searched, counted and completed`() throws {
    let fixture = try fixture()
    for text in HostileTests.texts {
      for order in [SearchQuery.Order.relevance, .number("price", isDescending: true)] {
        let query = SearchQuery(text: text, languages: ["en", "??", ""], order: order, isLastWordOpen: true)
        _ = try fixture.index.search(query)
        _ = try fixture.index.count(FacetQuery(query, axes: ["colour", "", "\u{0}"]))
      }
      _ = try fixture.index.complete(text)
    }
    #expect(try fixture.index.search(SearchQuery(text: String(repeating: "ring ", count: 3000))).isTextCut)
    #expect(try !fixture.index.search(SearchQuery(text: "ring")).isTextCut)
  }

  @Test(arguments: 1...10)
  func `any bytes are searched`(seed: Int) throws {
    let fixture = try fixture()
    var random = Random(seed)
    for _ in 0..<100 {
      let bytes = (0..<random.below(300)).map { _ in
        random.chance(50) ? UInt8(random.below(256)) : Array("aring \"-OR皿é".utf8)[random.below(14)]
      }
      let text = String(decoding: bytes, as: UTF8.self)
      _ = try fixture.index.search(SearchQuery(text: text, languages: ["en"], isLastWordOpen: true))
      _ = try fixture.index.complete(text)
      let typed = TypedText(text)
      #expect(typed.wanted.count <= TypedText.wantedMax && typed.excluded.count <= TypedText.excludedMax)
      #expect(TypedText(typed.text).text.utf8.count <= typed.text.utf8.count + 2 * TypedText.piecesMax)
    }
  }

  @Test func `strange filters match nothing and harm nothing`() throws {
    let fixture = try fixture()
    let long = String(repeating: "x", count: 5000)
    for filter in [
      SearchQuery.Filter.any("", []), .any(long, [long]), .none("\u{0}", ["\u{0}"]), .variant([:]), .variant(["a": []]),
      .variant([long: [long, "\u{0}"]]), .number("price", .min ... .max),
      .near(Place(latitude: 90, longitude: 180)!, metres: 0),
      .near(Place(latitude: -90, longitude: -180)!, metres: 40_000_000),
    ] {
      _ = try fixture.index.search(SearchQuery(filters: [filter]))
      _ = try fixture.index.count(FacetQuery(SearchQuery(filters: [filter]), axes: [long, "a"]))
    }
    #expect(throws: IndexFailure.self) { try fixture.index.search(SearchQuery(filters: [.number("nothing", 0...1)])) }
    #expect(throws: IndexFailure.self) {
      try fixture.index.search(SearchQuery(order: .number("nothing", isDescending: true)))
    }
    #expect(try fixture.index.search(SearchQuery(limit: -5)).hits.count == 1)
    #expect(try fixture.index.search(SearchQuery(limit: .max)).hits.count == 2)
    for bytes in [
      [], [0], Array(repeating: 255, count: 13), Array(repeating: 0, count: 14), Array(repeating: 7, count: 40),
    ] as [[UInt8]] {
      guard let cursor = Cursor(bytes: bytes) else { continue }
      // Of a generation that never was: it is said that the list is no more.
      #expect(throws: IndexFailure.self) { try fixture.index.search(SearchQuery(after: cursor)) }
    }
  }

  @Test func `strange documents are indexed, found and counted, or refused whole`() throws {
    let fixture = try fixture()
    let writer = try fixture.index.writer()
    let long = String(repeating: "y", count: 5000)
    var strange = document(
      long, "strangest \u{0} \u{FFFD}", tags: long, body: String(repeating: "word皿 ", count: 20_000))
    strange.keys = ["", "\u{0}", long, "X 1"]
    strange.keywords = [
      Keyword("", ""), Keyword(long, long), Keyword("\u{0}", "a\u{1F}b"), Keyword("\u{0}", "a\u{1F}b"),
    ]
    strange.variants = [[], [Keyword("size", "")], Array(repeating: Keyword("size", long), count: 300)]
    strange.numbers = ["price": .max, "made": .min, "unknown": 1]
    strange.payload = Array(repeating: 0, count: 100_000)
    try writer.put(strange)
    #expect(throws: IndexFailure.self) { try writer.put(document("")) }
    var tooMany = document("many")
    tooMany.variants = (0..<30_000).map { [Keyword("size", "\($0)")] }
    #expect(throws: IndexFailure.self) { try writer.put(tooMany) }
    try writer.commit()
    let fresh = try SearchIndex(directory: fixture.index.directory, schema: Fixture.schema)
    let hits = try fresh.search(
      SearchQuery(text: "strangest", filters: [.any(long, [long]), .variant(["size": [long]])]))
    #expect(hits.hits == [.init(id: long, payload: strange.payload)])
    let counts = try fresh.count(FacetQuery(SearchQuery(text: "strangest"), axes: [long, "\u{0}", "", "size"]))
    #expect(counts.axes.map { $0.values.map(\.value) } == [[long], ["a\u{1F}b"], [""], ["", long]])
    #expect(try fresh.search(SearchQuery(text: "x1")).hits.map(\.id) == [long])
    try writer.remove(id: long)
    try writer.remove(id: long)
    try writer.commit()
    #expect(try SearchIndex(directory: fixture.index.directory, schema: Fixture.schema).documentCount() == 2)
  }
}
