// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Testing

struct ErrorTests {
  static let good = #"""
    {"id":"x","unit_price":{"amount":1,"currency":"N"},"maker":{"slug":"s","display_name":"d"},"rating":4,"tags":["a"],
    "in_stock":true,"stock":{"a/b~c":1}}
    """#

  @Test(arguments: [
    (#""amount":1"#, #""amount":"1""#, "/unit_price/amount", "wrong_type"),
    (#""amount":1"#, #""amount":1.5"#, "/unit_price/amount", "wrong_type"),
    (#""amount":1"#, #""amount":null"#, "/unit_price/amount", "wrong_type"),
    (#""amount":1"#, #""amount":9223372036854775808"#, "/unit_price/amount", "out_of_range"),
    (#""amount":1"#, #""amount":1e999"#, "/unit_price/amount", "out_of_range"),
    (#""amount":1,"#, "", "/unit_price/amount", "missing"),
    (#""unit_price""#, #""unitPrice""#, "/unit_price", "missing"),
    (#""slug":"s""#, #""slug":"s","Slug":"t""#, "/maker/Slug", "unknown_field"),
    (#""slug":"s""#, #""slug":"s","slug":"t""#, "/maker/slug", "duplicate_key"),
    (#""slug":"s""#, #""slug":"s","\u0073lug":"t""#, "/maker/slug", "duplicate_key"),
    (#""rating":4"#, #""rating":4,"Rating":[{"x":1}]"#, "/Rating", "unknown_field"),
    (#"["a"]"#, #"["a",{}]"#, "/tags/1", "wrong_type"),
    (#"["a"]"#, #"["a",'']"#, "/tags/1", "syntax"),
    (#"["a"]"#, #"{"a":1}"#, "/tags", "wrong_type"),
    (#""a/b~c":1"#, #""a/b~c":"1""#, "/stock/a~1b~0c", "wrong_type"),
    (#""in_stock":true"#, #""in_stock":1"#, "/in_stock", "wrong_type"),
  ])
  func `an error points at its place by wire names`(_ part: String, _ bad: String, _ pointer: String, _ code: String) {
    let json = Self.good.split(separator: part, omittingEmptySubsequences: false).joined(separator: bad)
    let error = refusal(Card.self, json)
    #expect(error?.pointer == pointer)
    #expect(error?.code == code)
  }

  @Test func `the document that the others spoil is read`() {
    #expect(refusal(Card.self, Self.good) == nil)
  }

  @Test func `unknown members pass when asked`() {
    var decoder = JSONDecoder()
    decoder.unknownKeys = .ignore
    #expect(refusal(Money.self, #"{"amount":1,"currency":"N","more":{"a":[]}}"#, decoder) == nil)
    #expect(refusal(Money.self, #"{"amount":1,"currency":"N","more":{"a":[]}}"#)?.pointer == "/more")
    #expect(
      refusal([Money].self, #"[{"amount":1,"currency":"N"},{"more":1,"amount":1,"currency":"N"}]"#)?.pointer
        == "/1/more")
  }

  @Test func `many members are searched for duplicates too`() {
    let members = (0..<5_000).map { "\"k\($0)\":\($0)" }
    #expect(refusal([String: Int].self, "{\(members.joined(separator: ","))}") == nil)
    #expect(
      refusal([String: Int].self, "{\((members + ["\"k7\":1"]).joined(separator: ","))}")?.code == "duplicate_key")
  }

  @Test(arguments: [
    ("128", "out_of_range"), ("-129", "out_of_range"), ("1e2", nil), ("127.0", nil), ("-128", nil),
    ("1e3", "out_of_range"),
    ("0.5", "wrong_type"), ("-0", nil), ("18446744073709551615", "out_of_range"), ("true", "wrong_type"),
  ])
  func `small integers keep their bounds`(_ json: String, _ code: String?) {
    #expect(refusal(Int8.self, json)?.code == code)
  }

  @Test func `an unsigned integer has all its bits`() throws {
    #expect(try JSONDecoder().decode(UInt64.self, from: bytes("18446744073709551615")) == .max)
    #expect(text(try JSONEncoder().encode(UInt64.max)) == "18446744073709551615")
    #expect(refusal(UInt64.self, "-1")?.code == "out_of_range")
    #expect(refusal(UInt64.self, "18446744073709551616")?.code == "out_of_range")
    #expect(refusal(Int.self, "9007199254740993.0")?.code == "out_of_range")
  }

  enum Colour: String, Codable { case red, darkBlue = "dark_blue" }

  @Test func `a value that a type refuses is named with its place`() {
    let error = refusal([String: [Colour]].self, #"{"x":["red","dark_blue","green"]}"#)
    #expect(error?.pointer == "/x/2")
    #expect(error?.code == "invalid_value")
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `a number that JSON lacks is refused with its place`(_ bad: Double) {
    #expect { try JSONEncoder().encode(["a": [1, bad]]) } throws: { error in
      (error as? JSONError)?.code == "not_finite" && (error as? JSONError)?.pointer == "/a/1"
    }
  }
}
