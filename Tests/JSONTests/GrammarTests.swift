// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Testing

@Suite(.timeLimit(.minutes(1)))
struct GrammarTests {
  @Test(arguments: [
    ("null", JSONValue.null), (" true ", .bool(true)), ("\n\t\r false", .bool(false)), ("0", .int(0)), ("-1", .int(-1)),
    ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
    ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("1e2", .double(100)), ("1E+2", .double(100)),
    ("1.5e-3", .double(0.0015)), ("-0.0", .double(-0.0)), ("0.1", .double(0.1)), ("0e5", .double(0)),
    ("123456789012345678901234567890", .double(1.2345678901234568e29)), ("5e-324", .double(.leastNonzeroMagnitude)),
    ("1e-400", .double(0)), (#""""#, .string("")), (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{c}\n\r\t")),
    (#""\u0041\u00e9\u20ac""#, .string("Aé€")), (#""\ud83c\udf81x""#, .string("🎁x")), (#""\u0000""#, .string("\u{0}")),
    ("\"\u{7f}\u{2028}å🎁\"", .string("\u{7f}\u{2028}å🎁")), ("[]", .array([])), ("[ ]", .array([])),
    ("{ }", .object([])),
    ("[1, [2] ,{}]", .array([.int(1), .array([.int(2)]), .object([])])),
    (#"{"a" : {"b":[]} , "":1}"#, .object([("a", .object([("b", .array([]))])), ("", .int(1))])),
    ("576460752303423487", .int(576_460_752_303_423_487)), ("576460752303423488", .int(576_460_752_303_423_488)),
    ("-576460752303423489", .int(-576_460_752_303_423_489)),
  ])
  func `valid text is read`(_ json: String, _ value: JSONValue) throws {
    #expect(try JSONDecoder().decode(JSONValue.self, from: bytes(json)) == value)
  }

  @Test(arguments: [
    "", " ", "nul", "nulll", "True", "tru", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}", "{\"a\" 1}", "{1:2}", "[1}", "{\"a\":1]", "01", "-", "-01", "+1", ".5",
    "1.",
    "1.e1", "1e", "1e+", "0x1", "1_0", "NaN", "Infinity", "-Infinity", "1 2", "1,", "\"", "\"\\", "\"\\x\"",
    "\"\\u12\"",
    "\"\\u12g4\"", "\"\n\"", "\"\t\"", "\"\u{0}\"", "\"a", "\u{feff}1", "/*c*/1", "[1]//", "\u{0}", "[1]\u{0}", "--1",
    "1-",
    "[\"a\",\n4\n,1,", "\u{a0}1", "{\"a\":1 \"b\":2}",
  ])
  func `text that is no JSON is a syntax error with a place`(_ json: String) {
    let error = refusal(JSONValue.self, json)
    #expect(error?.code == "syntax")
    #expect(error?.detail.contains("(line ") == true)
  }

  @Test(
    arguments: [
      [0x22, 0x80, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xc1, 0xbf, 0x22], [0x22, 0xc3, 0x22],
      [0x22, 0xe0, 0x80, 0x80, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22], [0x22, 0xe2, 0x82, 0x22], [0x22, 0xf0, 0x80, 0x80, 0x80, 0x22],
      [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xf5, 0x80, 0x80, 0x80, 0x22], [0x22, 0xff, 0x22],
      [0x22, 0xf0, 0x9f, 0x8e],
      Array(#""\ud83c""#.utf8), Array(#""\ud83cx""#.utf8), Array(#""\udf81""#.utf8), Array(#""\ud83c\ud83c""#.utf8),
      Array(#""\ud83c\n""#.utf8),
    ] as [[UInt8]])
  func `text that is no Unicode is an encoding error`(_ json: [UInt8]) {
    #expect { try JSONDecoder().decode(String.self, from: json) } throws: { ($0 as? JSONError)?.code == "encoding" }
  }

  @Test func `syntax errors tell line, column and pointer`() {
    let error = refusal(JSONValue.self, "{\n  \"a\": [1,\n   x]}")
    #expect(error?.pointer == "/a/1")
    #expect(error?.detail == "A value is expected here. (line 3, column 4)")
  }

  @Test func `ten thousand containers are refused and do not crash`() {
    let deep = String(repeating: "[", count: 10_000)
    #expect(refusal(JSONValue.self, deep)?.code == "depth")
    var decoder = JSONDecoder()
    decoder.limits.depth = 10_000
    #expect(decoder.limits.depth == JSONLimits.depthCeiling)
    #expect(refusal(JSONValue.self, deep, decoder)?.code == "depth")
    let ceiling = JSONLimits.depthCeiling
    let deepest = String(repeating: "[", count: ceiling) + String(repeating: "]", count: ceiling)
    #expect(refusal(JSONValue.self, deepest, decoder) == nil)
  }

  @Test func `a document longer than the limit is refused`() {
    var decoder = JSONDecoder()
    decoder.limits.sizeBytes = 3
    #expect(refusal([Int].self, "[1]", decoder) == nil)
    #expect(refusal([Int].self, "[1] ", decoder)?.code == "size")
  }

  @Test func `no truncation and no changed byte crashes`() throws {
    let sample = bytes(#"{"id":"å\u00e9\n🎁","unit_price":{"amount":12,"currency":"N"},"x":[1.5e3,null,true,-0],"":{}}"#)
    for end in 0..<sample.count {
      #expect(throws: JSONError.self) { try JSONDecoder().decode(JSONValue.self, from: Array(sample[..<end])) }
    }
    for i in sample.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = sample
        changed[i] = byte
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: changed) else { continue }
        let again = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value))
        #expect(again == value)
      }
    }
  }
}
