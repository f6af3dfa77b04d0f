// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ShapeTests {
  @Test(arguments: [
    ("unitPrice", "unit_price"), ("id", "id"), ("sha256Hex", "sha256_hex"), ("imageURL", "image_url"),
    ("URLName", "url_name"),
    ("isHTTPSOnly", "is_https_only"), ("line2", "line2"), ("aB", "a_b"), ("already_snake", "already_snake"), ("", ""),
    ("_private", "_private"), ("håndLaget", "hånd_laget"), ("x1Y2", "x1_y2"),
  ])
  func `names of properties are respelled`(_ name: String, _ wire: String) {
    #expect(KeyStyle.snakeCase.wireName(of: name) == wire)
    #expect(KeyStyle.asWritten.wireName(of: name) == name)
  }

  enum Payment: Codable, Equatable {
    case bankTransfer(accountNumber: String)
    case cash
  }

  @Test(arguments: [
    (Payment.bankTransfer(accountNumber: "1"), #"{"bank_transfer":{"account_number":"1"}}"#), (.cash, #"{"cash":{}}"#),
  ])
  func `cases with a payload have snake case names`(_ payment: Payment, _ json: String) throws {
    #expect(text(try JSON.JSONEncoder().encode(payment)) == json)
    #expect(try JSON.JSONDecoder().decode(Payment.self, from: bytes(json)) == payment)
  }

  class Animal: Codable {
    var legCount = 4
  }

  final class Bird: Animal {
    var wingSpan: Double? = 1.5

    enum CodingKeys: CodingKey { case wingSpan }

    override init() { super.init() }

    required init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      wingSpan = try container.decodeIfPresent(Double.self, forKey: .wingSpan)
      try super.init(from: container.superDecoder())
    }

    override func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try super.encode(to: container.superEncoder())
      try container.encodeIfPresent(wingSpan, forKey: .wingSpan)
    }
  }

  @Test func `a superclass has an object of its own`() throws {
    let json = try JSON.JSONEncoder().encode(Bird())
    #expect(text(json) == #"{"super":{"leg_count":4},"wing_span":1.5}"#)
    let bird = try JSON.JSONDecoder().decode(Bird.self, from: json)
    #expect(bird.legCount == 4 && bird.wingSpan == 1.5)
  }

  @Test func `Foundation reads what is written and writes what is read`() throws {
    var dice = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let card = Card.random(&dice)
      var encoder = JSON.JSONEncoder()
      encoder.keys = .asWritten
      let ours = try encoder.encode(card)
      #expect(try Foundation.JSONDecoder().decode(Card.self, from: Data(ours)) == card)
      var decoder = JSON.JSONDecoder()
      decoder.keys = .asWritten
      #expect(try decoder.decode(Card.self, from: Foundation.JSONEncoder().encode(card)) == card)
    }
  }

  @Test func `a writer puts commas where they belong`() {
    let json = JSONWriter()
    json.beginObject()
    json.member("a", 1)
    json.key("b")
    json.beginArray()
    json.string("x,[{:")
    json.string("\"")
    json.null()
    json.beginObject()
    json.endObject()
    json.raw(bytes("[1]"))
    json.double(0.25)
    json.endArray()
    json.key(data: "q\"")
    json.bool(false)
    json.endObject()
    #expect(text(json.bytes) == #"{"a":1,"b":["x,[{:","\"",null,{},[1],0.25],"q\"":false}"#)
  }

  static let page = #"{"items":[{"a":1,"p":{"x":1,"y":"å\n"},"l":[{"s":1,"t":2}]},{"p":null}],"next":"n"}"#

  @Test(arguments: [
    (["a"], page, #"{"items":[{"a":1},{}],"next":"n"}"#),
    (["p.y", "a"], page, #"{"items":[{"a":1,"p":{"y":"å\n"}},{"p":null}],"next":"n"}"#),
    (["l.s"], page, #"{"items":[{"l":[{"s":1}]},{}],"next":"n"}"#),
    (["p", "p.x"], #"{"p":{"x":1,"y":2},"q":0}"#, #"{"p":{"x":1,"y":2}}"#),
    (["zz"], #"{"items":[],"next":null}"#, #"{"items":[],"next":null}"#),
  ])
  func `a selection keeps what was asked for`(_ paths: [String], _ json: String, _ kept: String) throws {
    #expect(text(try JSONSelect.fields(paths, of: bytes(json))) == kept)
  }

  @Test func `a field that a document happens to lack can be passed over`() throws {
    let selected = try JSONSelect.fields(["a", "zz", "a.b"], of: bytes(#"{"a":1,"b":2}"#), mustExist: false)
    #expect(text(selected) == #"{"a":1}"#)
  }

  @Test(arguments: [
    (["zz"], "/zz", "a, p, l"), (["p.z"], "/p/z", "x, y"), (["a", "l.s.q"], "/l/s/q", "no fields"),
  ])
  func `a field that there is not is named with those that there are`(
    _ paths: [String], _ pointer: String, _ known: String
  ) {
    #expect {
      try JSONSelect.fields(paths, of: bytes(Self.page))
    } throws: { error in
      let error = error as? JSONError
      return error?.code == "unknown_field" && error?.pointer == pointer && error?.detail.contains(known) == true
    }
  }
}
