// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Testing

@testable import Market

struct IdentifierTests {
  @Test func `an id has its kind's prefix and sixteen characters`() {
    #expect(Product.ID("prd_0123456789abcdef")?.text == "prd_0123456789abcdef")
    #expect(Product.ID(body: "zzzzzzzzzzzzzzzz").description == "prd_zzzzzzzzzzzzzzzz")
  }

  @Test(arguments: [
    "", "prd_", "prd_0123456789abcde", "prd_0123456789abcdeff", "shp_0123456789abcdef", "prd-0123456789abcdef",
    "PRD_0123456789abcdef", "prd_0123456789ABCDEF", "prd_0123456789abcde ", " prd_0123456789abcdef",
    "prd_0123456789abcdé", "prd_0123456789abc\u{301}", "prd_0123456789abcde\u{0}", "prd_０123456789abcd",
  ]) func `other texts are no id of a product`(text: String) {
    #expect(Product.ID(text) == nil)
  }

  @Test func `an id travels as its text`() throws {
    let bytes = try JSONEncoder().encode([Shop.ID.example])
    #expect(String(decoding: bytes, as: UTF8.self) == #"["shp_0123456789abcdef"]"#)
    #expect(try JSONDecoder().decode([Shop.ID].self, from: bytes) == [.example])
    #expect(throws: JSONError.self) { try JSONDecoder().decode([Product.ID].self, from: bytes) }
  }

  @Test func `places in the feed read back and sort by transaction, then number`() {
    for _ in 0..<500 {
      let limit: Int64 = 999_999_999_999_999_999
      let a = EventID(transaction: .random(in: 0...limit), number: .random(in: 0...limit))
      #expect(EventID(a.description) == a)
      #expect(a < EventID(transaction: a.transaction, number: a.number + 1))
      #expect(EventID(transaction: a.transaction, number: .max) < EventID(transaction: a.transaction + 1, number: 0))
    }
  }

  @Test(arguments: ["", "-", "1", "1-", "-1", "1-2-3", "a-1", "1--2", "+1-2", "1-1234567890123456789", "1-２", " 1-2"])
  func `other texts are no place in the feed`(text: String) {
    #expect(EventID(text) == nil)
  }
}
