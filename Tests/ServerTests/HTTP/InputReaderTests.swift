// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Testing

@testable import soukd

struct InputReaderTests {
  /// What reading comes to: the faults, or what was read.
  private static func read<Input: Codable>(
    _ type: Input.Type, _ method: Market.Method, places: [String: String] = [:], query: String? = nil,
    body: String? = nil
  ) -> String {
    var texts = NamedTexts()
    do {
      try texts.addQuery(query)
      let input = try InputReader.read(
        type, method: method, places: places, query: texts, body: Array((body ?? "").utf8), hasJSONBody: body != nil)
      return String(decoding: try JSONEncoder().encode(input), as: UTF8.self)
    } catch let fault as InputFault {
      switch fault {
      case .malformed(let error): return "400 \(error.pointer) \(error.code)"
      case .invalid(let errors): return "422 " + errors.map { "\($0.pointer) \($0.code)" }.joined(separator: ", ")
      case .noSuchPlace: return "404"
      }
    } catch let error as FieldError {
      return "400 \(error.pointer) \(error.code)"
    } catch {
      return "\(error)"
    }
  }

  @Test(
    arguments: [
      (nil, "{}"), ("", "{}"), ("&&", "{}"), ("limit=5", #"{"limit":5}"#), ("limit=05", #"{"limit":5}"#),
      ("q=silver+ring%21", #"{"q":"silver ring!"}"#), ("min_price=1&max_price=2", #"{"min_price":1,"max_price":2}"#),
      ("sort=price_up", #"{"sort":"price_up"}"#), ("%71=x", #"{"q":"x"}"#),
      ("limit", "422 /limit wrong_type"), ("limit=", "422 /limit wrong_type"), ("limit=x", "422 /limit wrong_type"),
      ("limit=+5", "422 /limit wrong_type"), ("limit=%2B5", "422 /limit wrong_type"),
      ("limit=5.0", "422 /limit wrong_type"),
      ("limit=1e2", "422 /limit wrong_type"), ("limit=٥", "422 /limit wrong_type"),
      ("limit=--5", "422 /limit wrong_type"),
      ("limit=99999999999999999999", "422 /limit wrong_type"), ("limit=-5", "422 /limit out_of_range"),
      ("limit=0", "422 /limit out_of_range"), ("limit=101", "422 /limit out_of_range"),
      ("limit=9223372036854775807", "422 /limit out_of_range"), ("sort=up", "422 /sort wrong_format"),
      ("sort=", "422 /sort wrong_format"), ("q=", "422 /q required"), ("q=%00", "422 /q wrong_format"),
      ("q=+", "422 /q wrong_format"), ("page=2", "422 /page unknown_field"), ("Limit=5", "422 /Limit unknown_field"),
      ("minPrice=5", "422 /minPrice unknown_field"), ("a/b=1", "422 /a~1b unknown_field"),
      ("=1", "422 / unknown_field"),
      ("limit=1&limit=1", "400 /limit duplicate"), ("limit=1&%6cimit=2", "400 /limit duplicate"),
      ("q=%zz", "400  broken_escape"), ("q=%ff", "400  broken_escape"), ("%=1", "400  broken_escape"),
      (
        "limit=x&sort=y&category=//&page=2&min_price=-1&q=%0A",
        "422 /page unknown_field, /sort wrong_format, /limit wrong_type, /q wrong_format, /category wrong_format, "
          + "/min_price out_of_range"
      ),
    ] as [(String?, String)]) func `queries`(query: String?, outcome: String)
  {
    #expect(Self.read(ProductQuery.self, .get, query: query) == outcome)
  }

  @Test(
    arguments: [
      ("abc", nil, #"{"slug":"abc"}"#), ("a", nil, "404"), ("A-B", nil, "404"), ("", nil, "404"), ("\u{0}", nil, "404"),
      ("abc", "slug=abc", "422 /slug unknown_field"), ("abc", "limit=0", "422 /limit out_of_range"),
      ("a", "limit=0", "404"), ("abc", "status=draft", #"{"slug":"abc","status":"draft"}"#),
    ] as [(String, String?, String)]) func `places`(slug: String, query: String?, outcome: String)
  {
    #expect(Self.read(ShopProductQuery.self, .get, places: ["slug": slug], query: query) == outcome)
  }

  static let id = "prd_0123456789abcdef"

  @Test(arguments: [
    ("{}", #"{"product":"\#(id)"}"#), (#"{"title":"Ring"}"#, #"{"product":"\#(id)","title":"Ring"}"#),
    ("", "400  syntax"), ("{", "400  syntax"), ("{}x", "400  syntax"), (#"{"title":"\u0000"}"#, "422 /title too_short"),
    (#"{"title":"a\u0000b"}"#, "422 /title wrong_format"),
    (#"{"title":"Ring","title":"Ring"}"#, "400 /title duplicate_key"),
    ("[]", "422  wrong_type"), ("null", "422  wrong_type"), ("1", "422  wrong_type"), ("\"x\"", "422  wrong_type"),
    (#"{"title":null}"#, "422 /title required"), (#"{"title":1}"#, "422 /title wrong_type"),
    (#"{"stock":"1"}"#, "422 /stock wrong_type"), (#"{"stock":1.5}"#, "422 /stock wrong_type"),
    (#"{"stock":-1}"#, "422 /stock out_of_range"), (#"{"tags":"sea"}"#, "422 /tags wrong_type"),
    (#"{"tags":["a",1]}"#, "422 /tags/1 wrong_type"), (#"{"tags":[" "]}"#, "422 /tags/0 wrong_format"),
    (#"{"status":"gone"}"#, "422 /status invalid_value"), (#"{"status":null}"#, "422 /status required"),
    (#"{"product":"\#(id)"}"#, "422 /product unknown_field"), (#"{"colour":1}"#, "422 /colour unknown_field"),
    (#"{"priceAmount":1}"#, "422 /priceAmount unknown_field"), (#"{"a/b~c":1}"#, "422 /a~1b~0c unknown_field"),
    (
      #"{"colour":{"x":[1]},"title":1,"stock":"x","price_amount":0,"tags":["ok",""],"status":"gone"}"#,
      "422 /colour unknown_field, /title wrong_type, /stock wrong_type, /status invalid_value, "
        + "/price_amount out_of_range, /tags/1 required"
    ),
  ]) func `bodies`(body: String, outcome: String) {
    #expect(Self.read(ProductPatch.self, .patch, places: ["product": Self.id], body: body) == outcome)
  }

  @Test func `a place that names nothing is nothing, whatever the body says`() {
    for body in ["{}", #"{"title":1}"#, #"{"x":1}"#] {
      #expect(Self.read(ProductPatch.self, .patch, places: ["product": "x"], body: body) == "404")
      #expect(Self.read(ShopPatch.self, .patch, places: ["slug": "Not A Slug"], body: body) == "404")
    }
  }

  @Test func `everything that is missing is told at once`() {
    #expect(
      Self.read(ProductDraft.self, .post, body: "{}")
        == "422 /shop missing, /sku missing, /title missing, /description missing, /price_amount missing, "
        + "/stock missing, /category missing")
  }

  @Test func `a query beside a body is refused together with the body's own faults`() {
    #expect(
      Self.read(ProductPatch.self, .patch, places: ["product": Self.id], query: "a=1&b=2", body: #"{"title":1}"#)
        == "422 /a unknown_field, /b unknown_field, /title wrong_type")
  }

  @Test func `depth and size have limits`() {
    let deep = String(repeating: "[", count: 10_000)
    #expect(Self.read(ProductPatch.self, .patch, places: ["product": Self.id], body: deep).hasPrefix("400 "))
    let tags = "[" + Array(repeating: "1", count: 100_000).joined(separator: ",") + "]"
    #expect(
      Self.read(ProductPatch.self, .patch, places: ["product": Self.id], body: #"{"tags":\#(tags)}"#)
        == "422 /tags/0 wrong_type")
  }

  @Test func `no number that is not there is asked for without end`() {
    #expect(throws: FieldError.self) { try Double(from: OneText(name: "x", text: "1.5")) }
    #expect(throws: FieldError.self) { try UInt8(from: OneText(name: "x", text: "1")) }
    #expect(throws: FieldError.self) { try Int64(from: OneText(name: "x", text: "1")) }
  }

  @Test func `both spellings of a field's name agree for every field of the contract`() {
    var probe = SchemaProbe()
    for endpoint in Contract.endpoints { _ = endpoint.probe(&probe) }
    for object in probe.objects.values {
      for property in object.properties {
        #expect(snakeCase(property.name) == KeyStyle.snakeCase.wireName(of: property.name))
      }
    }
  }

  @Test(arguments: [
    ("application/json", ["application/json"], true), ("*/*", ["application/json"], true),
    ("application/*", ["application/json"], true), ("text/html, application/json;q=0.5", ["application/json"], true),
    ("TEXT/*", ["text/event-stream"], true), ("text/html", ["application/json"], false),
    ("application/json;q=0", ["application/json"], false), ("application/json;q=0.000", ["application/json"], false),
    ("application/json;q=0.001", ["application/json"], true), ("", ["application/json"], false),
    ("application/jsonx", ["application/json"], false), ("anything", [], true), ("*/json", ["application/json"], false),
  ]) func `what Accept lets through`(header: String, types: [String], isAccepted: Bool) {
    #expect(MediaTypes.accepts(header, anyOf: types) == isAccepted)
  }
}
