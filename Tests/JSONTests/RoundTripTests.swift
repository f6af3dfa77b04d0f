// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RoundTripTests {
  @Test func `random structs come back equal`() throws {
    var dice = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let card = Card.random(&dice)
      let json = try JSONEncoder().encode(card)
      #expect(try JSONDecoder().decode(Card.self, from: json) == card, "\(text(json))")
    }
  }

  @Test func `random documents come back equal`() throws {
    var dice = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let value = JSONValue.random(&dice)
      let json = try JSONEncoder().encode(value)
      #expect(try JSONDecoder().decode(JSONValue.self, from: json) == value, "\(text(json))")
    }
  }

  @Test func `doubles are written as the shortest text that reads back`() throws {
    var dice = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let exact = Double(bitPattern: .random(in: .min ... .max, using: &dice))
      let decimal = Double(Int.random(in: -10_000_000...10_000_000, using: &dice)) / 10_000
      for value in [exact.isFinite ? exact : 1, decimal] {
        let written = text(try JSONEncoder().encode(value))
        #expect(Double(written)?.bitPattern == value.bitPattern)
        #expect(written.utf8.count <= value.description.utf8.count, "\(written) \(value)")
        #expect(try JSONDecoder().decode(Double.self, from: bytes(written)).bitPattern == value.bitPattern)
      }
    }
  }

  @Test func `a card is written compactly with snake case names and untouched data`() throws {
    let card = Card(
      id: "a\"b\\\n\u{1}\u{2028}", unitPrice: Money(amount: -5, currency: "NOK"), oldPrice: nil,
      maker: Maker(slug: "s", displayName: "å"), rating: 4.5, tags: ["x", ""], inStock: true,
      stock: ["camelKey": 1], sha256Hex: "00")
    #expect(
      text(try JSONEncoder().encode(card)) == """
        {"id":"a\\"b\\\\\\n\\u0001\u{2028}","unit_price":{"amount":-5,"currency":"NOK"},"maker":{"slug":"s",\
        "display_name":"å"},"rating":4.5,"tags":["x",""],"in_stock":true,"stock":{"camelKey":1},"sha256_hex":"00"}
        """)
  }
}
