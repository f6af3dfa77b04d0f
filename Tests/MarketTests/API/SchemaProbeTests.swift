import Testing

// SPDX-License-Identifier: GPL-3.0-or-later
@testable import Market

struct SchemaProbeTests {
  private func object<Value: Decodable>(_ type: Value.Type) throws -> Schema.Object {
    var probe = SchemaProbe()
    let schema = probe.schema(of: type)
    guard case .reference(let name) = schema else { throw FieldError("", "", "\(type) is \(schema)") }
    return try #require(probe.objects[name])
  }

  @Test func `a type's properties are found with what they may be`() throws {
    let product = try object(Product.self)
    #expect(product.name == "Product")
    #expect(
      product.properties.map(\.name) == [
        "id", "shop", "sku", "title", "description", "price", "stock", "category", "tags", "materials", "status",
        "archivedFrom", "statusReason", "photo", "version", "createdAt", "updatedAt", "proposal",
      ])
    func schema(_ name: String) -> Schema? { product.properties.first { $0.name == name }?.schema }
    #expect(schema("id") == Product.ID.schema)
    #expect(schema("shop") == .reference("ShopReference"))
    #expect(schema("tags") == .array(.text, count: nil))
    #expect(schema("archivedFrom") == .nullable(ProductStatus.schema))
    #expect(schema("photo") == .nullable(.reference("Photo")))
    #expect(
      product.properties.filter { !$0.isRequired }.map(\.name) == ["archivedFrom", "statusReason", "photo", "proposal"])
  }

  @Test func `rules refine the schema`() throws {
    let draft = try object(ProductDraft.self)
    let patch = try object(ProductPatch.self)
    let title = Schema.string(.init(length: 3...120, pattern: TextShape.line.pattern))
    #expect(draft.properties.first { $0.name == "title" }?.schema == title)
    #expect(patch.properties.first { $0.name == "title" }?.schema == title)
    #expect(patch.properties.filter(\.isRequired).map(\.name) == ["product"])
    #expect(draft.properties.first { $0.name == "stock" }?.schema == .integer(0...1_000_000))
    let query = try object(ProductQuery.self)
    #expect(query.properties.allSatisfy { !$0.isRequired })
    #expect(query.properties.first { $0.name == "limit" }?.schema == .nullable(.integer(1...100)))
  }

  @Test func `a page is named after its items`() throws {
    #expect(try object(Page<ProductCard>.self).name == "ProductCardPage")
    #expect(
      try object(Page<ProductCard>.self).properties.first?.schema == .array(.reference("ProductCard"), count: nil))
  }

  @Test func `a type that holds itself ends`() throws {
    #expect(try object(Branch.self).properties.map(\.name) == ["name", "branches"])
  }

  @Test(arguments: [
    ("price", "price"), ("priceAmount", "price_amount"), ("nextCursor", "next_cursor"), ("minPrice", "min_price"),
    ("q", "q"), ("createdAt", "created_at"),
  ]) func `the wire spells names in snake case`(name: String, wire: String) {
    #expect(snakeCase(name) == wire)
  }
}

private struct Branch: Codable {
  var name: String
  var branches: [Branch]
}
