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

  @Test func `places in the feed read back`() {
    for _ in 0..<500 {
      let limit: Int64 = 999_999_999_999_999_999
      let epoch = String((0..<Int.random(in: 1...16)).compactMap { _ in "0123456789abcdefxyz".randomElement() })
      let a = EventID(epoch: epoch, transaction: .random(in: 0...limit), number: .random(in: 0...limit))
      #expect(EventID(a.description) == a)
    }
  }

  @Test func `a place belongs to its own epoch, the start to every one`() {
    let place = EventID(epoch: "a1", transaction: 5, number: 1)
    #expect(place.belongs(to: "a1") && !place.belongs(to: "a2"))
    #expect(EventID.start.belongs(to: "a1") && EventID.start.belongs(to: "a2"))
    #expect(!EventID(epoch: "0", transaction: 5, number: 1).belongs(to: "a1"))
  }

  @Test(arguments: [
    "", "-", "--", "e-1", "1-2", "e-1-", "-1-1", "e-1-2-3", "e-a-1", "e-1--2", "e-+1-2", "e-1-1234567890123456789",
    "e-1-２", " e-1-2", "E-1-2", "é-1-2", "abcdefghijklmnopq-1-2",
  ])
  func `other texts are no place in the feed`(text: String) {
    #expect(EventID(text) == nil)
  }
}
