// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import SearchIndex

@Suite(.timeLimit(.minutes(2)))
struct WordsTests {
  @Test func `words find their relatives in their language, and themselves in all`() throws {
    let fixture = try Fixture()
    try fixture.build([
      document("en", "Ceramic bowls", weight: 3, language: "en"),
      document("de", "Schöne Häuser", weight: 2, language: "de"),
      document("fr", "Bague en céramique", weight: 1, language: "fr"),
    ])
    #expect(try fixture.ids("bowl", in: ["en"]) == ["en"])
    #expect(try fixture.ids("bowl") == ["en"])
    #expect(try fixture.ids("bowls", in: ["fr"]) == ["en"])
    #expect(try fixture.ids("haus", in: ["de"]) == ["de"])
    #expect(try fixture.ids("HAUSER", in: ["de"]) == ["de"])
    #expect(try fixture.ids("bagues ceramiques", in: ["fr"]) == ["fr"])
    #expect(try fixture.ids("\"bowl\"", in: ["en"]) == ["en"])
    #expect(try fixture.ids("\"bowling\"", in: ["en"]) == [])
  }

  @Test func `scripts without spaces are found by any part of two letters`() throws {
    let fixture = try Fixture()
    try fixture.build([
      document("jp", "手作り陶器の皿", weight: 3), document("ko", "은반지를 만들다", weight: 2),
      document("th", "แหวนเงินแท้", weight: 1),
    ])
    #expect(try fixture.ids("陶器") == ["jp"] && fixture.ids("皿") == ["jp"] && fixture.ids("陶皿") == [])
    #expect(try fixture.ids("반지") == ["ko"] && fixture.ids("แหวน") == ["th"])
  }

  @Test func `hyphens join and part`() throws {
    let fixture = try Fixture()
    try fixture.build([
      document("a", "cotton t-shirt", weight: 3), document("b", "tshirt", weight: 2),
      document("c", "t shirt", weight: 1),
    ])
    #expect(try fixture.ids("t-shirt") == ["a", "b", "c"])
    #expect(try fixture.ids("tshirt") == ["a", "b"])
    #expect(try fixture.ids("t shirt") == ["a", "c"])
  }

  @Test func `a key comes first, then the first field, then the others`() throws {
    let fixture = try Fixture()
    var keyed = document("keyed", "Bolt", weight: 1)
    keyed.keys = ["AB-12/3"]
    try fixture.build([
      document("body", "Nut", body: "fits ab 12 3", weight: 9), document("tag", "Nut", tags: "ab 12 3", weight: 8),
      keyed,
      document("title", "ab 12 3", weight: 0),
    ])
    #expect(try fixture.ids("ab 12 3") == ["keyed", "title", "tag", "body"])
    #expect(try fixture.allPages(SearchQuery(text: "ab 12 3", limit: 1)) == ["keyed", "title", "tag", "body"])
    #expect(try fixture.ids("AB123") == ["keyed"])
  }

  @Test func `words that nobody uses are corrected, or left out, and it is told`() throws {
    let fixture = try Fixture()
    try fixture.build([
      document("a", "ceramic bowl", weight: 3), document("b", "ceramic plate", weight: 2),
      document("c", "silver ring", weight: 1),
    ])
    let typo = try fixture.index.search(SearchQuery(text: "cermaic bowll"))
    #expect(typo.hits.map(\.id) == ["a"] && typo.replacement == .corrected("ceramic bowl"))
    let unknown = try fixture.index.search(SearchQuery(text: "ceramic xylophone"))
    #expect(unknown.hits.map(\.id) == ["a", "b"] && unknown.replacement == .shortened("ceramic"))
    let apart = try fixture.index.search(SearchQuery(text: "ceramic silver"))
    #expect(apart.hits.map(\.id) == ["c"] && apart.replacement == .shortened("silver"))
    let nothing = try fixture.index.search(SearchQuery(text: "qqqqqqqq"))
    #expect(nothing.hits.isEmpty && nothing.replacement == nil && nothing.next == nil)
    let strict = try fixture.index.search(SearchQuery(text: "cermaic", mayChangeWords: false))
    #expect(strict.hits.isEmpty && strict.replacement == nil)
    // Every page and every count is of the same words.
    #expect(try fixture.allPages(SearchQuery(text: "cermaic", limit: 1)) == ["a", "b"])
    #expect(
      try fixture.index.count(FacetQuery(SearchQuery(text: "cermaic"), axes: [])).total == Count(2, isExact: true))
  }

  @Test func `synonyms are of a language`() throws {
    let fixture = try Fixture()
    let builder = try fixture.index.rebuild()
    builder.addSynonyms(of: "tote", in: "en", ["bag", "carry all"])
    try builder.write(
      segment: 0,
      [
        document("a", "linen bags", weight: 3, language: "en"), document("b", "tote", weight: 2),
        document("c", "carry it all", weight: 1),
      ])
    try builder.finish()
    #expect(try fixture.ids("tote", in: ["en"]) == ["a", "b", "c"])
    #expect(try fixture.ids("tote", in: ["de"]) == ["b"])
    #expect(try fixture.ids("\"tote\"", in: ["en"]) == ["b"])
  }

  @Test func `completions begin with what is typed, the heaviest first`() throws {
    let fixture = try Fixture()
    try fixture.build(
      [document("a", "ceramic bowl", weight: 2), document("b", "ceramic boots", weight: 1)],
      completions: [
        Completion(text: "Ceramic bowl", weight: 5, payload: [1]), Completion(text: "ceramic boots", weight: 7),
        Completion(text: "CERAMIC BOWL", weight: 1), Completion(text: "Café crème", weight: 3),
        Completion(text: "internationalisation of things", weight: 2), Completion(text: "陶器の皿", weight: 1),
        Completion(text: "…", weight: 99),
      ])
    func texts(_ typed: String) throws -> [String] { try fixture.index.complete(typed).map(\.text) }
    #expect(try texts("ce") == ["ceramic boots", "Ceramic bowl"])
    #expect(try texts("ceramic bow") == ["Ceramic bowl"])
    #expect(try texts("bo cer") == ["ceramic boots", "Ceramic bowl"])
    #expect(try texts("cafe c") == ["Café crème"])
    #expect(try texts("internationalisat") == ["internationalisation of things"])
    #expect(try texts("internationalx") == [])
    #expect(try texts("器の") == ["陶器の皿"])
    #expect(try texts("") == [] && texts("…") == [] && texts("zz") == [])
    #expect(try fixture.index.complete("ceramic bowl").first?.payload == [1])
    #expect(try fixture.index.complete("c", limit: 2).count == 2)
    // An open last word is any word that completes it.
    let open = SearchQuery(text: "ceramic bo", mayChangeWords: false, isLastWordOpen: true)
    #expect(try fixture.index.search(open).hits.map(\.id) == ["a", "b"])
    let writer = try fixture.index.writer()
    try writer.put(Completion(text: "ceramic BOWL", weight: 50))
    try writer.remove(completion: "Ceramic Boots")
    try writer.commit()
    let fresh = try SearchIndex(directory: fixture.index.directory, schema: Fixture.schema)
    #expect(try fresh.complete("ce").map(\.text) == ["ceramic BOWL"])
  }
}
