// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Testing

@testable import Market

private struct Sample: Codable, Equatable {
  var name: Patch<String> = .keep
  var count: Patch<Int> = .keep
  var words: Patch<[String]> = .keep
}

struct PatchTests {
  @Test func `a patch travels as absent, null or a value, and comes back`() throws {
    for _ in 0..<500 {
      let sample = Sample(
        name: .random { String(Int.random(in: 0...99)) }, count: .random { .random(in: -5...5) },
        words: .random { (0..<Int.random(in: 0...3)).map { String($0) } })
      let bytes = try JSONEncoder().encode(sample)
      #expect(try JSONDecoder().decode(Sample.self, from: bytes) == sample)
      let json = try JSONDecoder().decode(JSONValue.self, from: bytes)
      #expect((json["name"] == nil) == (sample.name == .keep))
      #expect((json["count"] == .null) == (sample.count == .clear))
    }
  }

  @Test(arguments: [
    ("{}", Patch<String>.keep), (#"{"name":null}"#, .clear), (#"{"name":"x"}"#, .set("x")), (#"{"name":""}"#, .set("")),
  ]) func `absent keeps, null clears, a value sets`(json: String, patch: Patch<String>) throws {
    #expect(try JSONDecoder().decode(Sample.self, from: Array(json.utf8)).name == patch)
  }

  @Test func `applying`() {
    #expect(Patch<Int>.keep.applied(to: 1) == 1)
    #expect(Patch<Int>.clear.applied(to: 1) == nil)
    #expect(Patch.set(2).applied(to: 1) == 2)
    #expect(!Patch<Int>.keep.changes && Patch<Int>.clear.changes && Patch.set(1).changes)
  }

  @Test func `a patch changes what it names and nothing else`() {
    let before = Product.example
    #expect(ProductPatch(product: .example).applied(to: before) == before)
    var expected = before
    expected.price.amount = 1
    expected.tags = []
    expected.status = .draft
    let patch = ProductPatch(product: .example, priceAmount: .set(1), tags: .set([]), status: .set(.draft))
    #expect(patch.applied(to: before) == expected)
    var shop = Shop.example
    shop.city = "Lisboa"
    #expect(ShopPatch(slug: "x-y", city: .set("Lisboa")).applied(to: .example) == shop)
  }
}

extension Patch {
  fileprivate static func random(_ value: () -> Value) -> Patch {
    switch Int.random(in: 0..<3) {
    case 0: .keep
    case 1: .clear
    default: .set(value())
    }
  }
}
