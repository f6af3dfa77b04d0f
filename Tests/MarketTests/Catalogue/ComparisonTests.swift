// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Testing

@testable import Market

struct ComparisonTests {
  private func product(_ number: Int, _ change: (inout Product) -> Void = { _ in }) -> Product {
    var product = Product.example
    product.id = Product.ID(body: "000000000000000\(number)")
    change(&product)
    return product
  }

  private func row(_ attribute: ComparedAttribute, _ products: [Product]) throws -> ComparisonRow {
    try #require(Comparison(products).rows.first { $0.attribute == attribute })
  }

  @Test func `equal products differ in nothing, and their order is kept`() {
    let comparison = Comparison([product(2), product(1), product(3)])
    #expect(comparison.items.map(\.id.text.last) == ["2", "1", "3"])
    #expect(comparison.rows.map(\.attribute) == ComparedAttribute.allCases)
    #expect(comparison.rows.allSatisfy { !$0.isDifferent && $0.lowest.isEmpty && $0.values.count == 3 })
  }

  @Test func `prices of one currency are compared, and the lowest are named`() throws {
    let products = [product(1), product(2) { $0.price.amount = 4400 }, product(3) { $0.price.amount = 4400 }]
    let price = try row(.price, products)
    #expect(price.values == [["45.00 EUR"], ["44.00 EUR"], ["44.00 EUR"]])
    #expect(price.isDifferent && price.lowest == [1, 2])
  }

  @Test func `of two currencies none is lower`() throws {
    let usd = try #require(Currency("USD"))
    let price = try row(.price, [product(1), product(2) { $0.price = Money(1, usd) }])
    #expect(price.isDifferent && price.lowest.isEmpty)
  }

  @Test func `the order of tags and materials makes no difference`() throws {
    let products = [product(1), product(2) { $0.tags.reverse() }]
    #expect(try !row(.tags, products).isDifferent)
    #expect(try row(.materials, [product(1), product(2) { $0.materials = [] }]).values == [["sterling silver"], []])
    #expect(try row(.materials, [product(1), product(2) { $0.materials = [] }]).isDifferent)
  }

  @Test(arguments: [
    (7, ProductStatus.active, "in_stock"), (2, .active, "low"), (0, .active, "sold_out"), (7, .archived, "sold_out"),
  ]) func `what cannot be bought is sold out`(stock: Int, status: ProductStatus, word: String) throws {
    let row = try row(
      .availability,
      [
        product(1) {
          $0.stock = stock
          $0.status = status
        }, product(2),
      ])
    #expect(row.values[0] == [word])
  }

  @Test(arguments: [
    ("prd_0000000000000001", false), ("prd_0000000000000001,prd_0000000000000002", true),
    ("prd_0000000000000001,prd_0000000000000001", false), ("prd_0000000000000001,", false), ("", false),
    (Array(1...6).map { "prd_000000000000000\($0)" }.joined(separator: ","), true),
    (Array(1...7).map { "prd_000000000000000\($0)" }.joined(separator: ","), false),
  ]) func `from two to six different ids are a choice`(text: String, isChoice: Bool) throws {
    let bytes = try JSONEncoder().encode(text)
    let choice = try? JSONDecoder().decode(ProductChoice.self, from: bytes)
    #expect((choice != nil) == isChoice)
    if let choice { #expect(try JSONEncoder().encode(choice) == bytes) }
  }
}
