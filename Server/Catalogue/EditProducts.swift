// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Creates, changes, archives and restores products. Every change takes the row's lock, compares the version that the caller
/// saw, and writes row, ready answers and event in one transaction.
struct EditProducts: Sendable {
  let now: @Sendable () -> Timestamp

  func create(_ draft: ProductDraft, _ call: Call, _ transaction: Transaction) async throws -> Reply<Product> {
    guard let shop = try await transaction.first(ShopQueries.lock(draft.shop, for: call.member), ShopQueries.read)
    else {
      throw InvalidInput([FieldError("/shop", "unknown", "You have no shop with this address.")])
    }
    let moment = now()
    let product = Product(
      id: .random(), shop: ShopReference(slug: shop.slug, name: shop.name), sku: draft.sku, title: draft.title,
      description: draft.description, price: Money(draft.priceAmount, shop.currency), stock: draft.stock,
      category: draft.category, tags: draft.tags ?? [], materials: draft.materials ?? [],
      status: draft.status ?? .draft,
      photo: nil, version: 1, createdAt: moment, updatedAt: moment)
    try await write(try ProductQueries.insert(product, shop: shop.id), transaction)
    try await EventLog.append(.productCreated, shop: shop.id, product: product.id, in: transaction)
    return .value(
      product, tag: EntityTag(version: 1), location: address(of: product))
  }

  func edit(_ patch: ProductPatch, _ call: Call, _ transaction: Transaction) async throws -> Reply<Product> {
    try await change(patch.product, call, transaction) { patch.applied(to: $0) }
  }

  func archive(_ id: Product.ID, _ call: Call, _ transaction: Transaction) async throws -> Reply<Product> {
    try await change(id, call, transaction) { try $0.archived() }
  }

  func restore(_ id: Product.ID, _ call: Call, _ transaction: Transaction) async throws -> Reply<Product> {
    try await change(id, call, transaction) { try $0.restored() }
  }

  /// Locks, compares, applies, writes and tells.
  func change(
    _ id: Product.ID, _ call: Call, _ transaction: Transaction, _ apply: (Product) throws -> Product
  ) async throws -> Reply<Product> {
    guard let before = try await transaction.first(ProductQueries.lock(id, for: call.member), ProductQueries.read)
    else {
      throw NotFound()
    }
    guard call.match.allows(before.version) else { throw VersionMismatch() }
    var after = try apply(before)
    after.version = before.version + 1
    after.updatedAt = now()
    try await write(try ProductQueries.update(after), transaction)
    try await EventLog.append(.change(of: before, into: after), ofProduct: id, in: transaction)
    var reply = Reply.value(after, tag: EntityTag(version: after.version))
    reply.contentLocation = address(of: after)
    return reply
  }

  private func address(of product: Product) -> String { "\(Contract.basePath)/products/\(product.id)" }

  private func write(_ statement: SQL, _ transaction: Transaction) async throws {
    do { try await transaction.execute(statement) } catch let error as PostgresError {
      switch error.constraint {
      case "products_sku_unique": throw SkuTaken()
      case "products_category_known":
        throw InvalidInput([
          FieldError("/category", "unknown", "There is no such category. GET /categories lists them.")
        ])
      default: throw error
      }
    }
  }
}

struct SkuTaken: Refusal {
  var problem: ProblemCode { .skuTaken }
  var errors: [FieldError] { [FieldError("/sku", "taken", "Another product of this shop has this SKU already.")] }
}
