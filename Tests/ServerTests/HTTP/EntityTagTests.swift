// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import soukd

struct EntityTagTests {
  @Test(
    arguments: [
      ([], 3, true), (["*"], 3, true), ([" * "], 3, true), (["\"3\""], 3, true), (["\"3-gzip\""], 3, true),
      (["\"2\", \"3\""], 3, true), (["\"2\"", "\"3\""], 3, true), (["\"3.12\""], 3, true), (["\"2\""], 3, false),
      (["W/\"3\""], 3, false), (["3"], 3, false), (["\"+3\""], 3, false), (["\"03\""], 3, false), (["\"\""], 3, false),
      ([""], 3, false), (["\"*\""], 3, false), (["*, \"2\""], 3, false), (["\"31\""], 3, false), (["\"3"], 3, false),
      (["\"99999999999999999999\""], 3, false), (["\"-3\""], 3, false),
    ] as [([String], Int, Bool)]) func `If-Match allows the version it names`(
      headers: [String], version: Int, isAllowed: Bool
    )
  {
    #expect(VersionMatch(headers: headers).allows(version) == isAllowed)
  }

  @Test(
    arguments: [
      (["\"abc\""], true), (["W/\"abc\""], true), (["\"x\" , \"abc\""], true), (["\"x\"", "\"abc\""], true),
      (["*"], true),
      (["\"abc-gzip\""], true), (["abc"], false), (["\"ab\""], false), ([], false), ([",,"], false), (["W/abc"], false),
    ] as [([String], Bool)]) func `If-None-Match compares weakly`(headers: [String], isKnown: Bool)
  {
    #expect(EntityTagList.contains(headers, EntityTag(text: "abc")) == isKnown)
  }

  @Test func `equal bytes have equal tags, and a changed bit changes them`() {
    var seen: Set<String> = []
    for count in 0..<200 {
      var bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
      let tag = EntityTag(of: bytes)
      #expect(tag == EntityTag(of: Array(bytes)))
      seen.insert(tag.text)
      guard count > 0 else { continue }
      bytes[Int.random(in: 0..<count)] ^= 1 << UInt8.random(in: 0..<8)
      #expect(EntityTag(of: bytes) != tag)
    }
    #expect(seen.count == 200)
    #expect(EntityTag(of: [0]) != EntityTag(of: [0, 0]))
  }
}
