// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Creates, changes, archives and restores products. Every change holds the shop, takes the product's lock, compares the
/// version that the caller saw, and writes row, ready answers, what waits for moderators and event in one transaction.
struct EditProducts: Sendable {
  let now: @Sendable () -> Timestamp

  /// A product that is being changed: its shop stands still, its row is locked.
  struct Held: Sendable {
    var shop: ShopRow
    var product: Product
    var proposal: ProposalRow?

    var policy: ReviewPolicy { ReviewPolicy(shop.trust) }
    /// The words that wait; what was sent back waits no more.
    var waiting: ProductWords? { proposal?.status == .waiting ? proposal?.words : nil }
  }

  func create(_ draft: ProductDraft, _ call: Call, _ transaction: Transaction) async throws -> Reply<Product> {
    let found = try await transaction.first(ShopRow.lock(draft.shop, forMember: call.member)) { row in
      (shop: try ShopRow.read(&row), currency: try row.nextCurrency())
    }
    guard let (shop, currency) = found else {
      throw InvalidInput([FieldError("/shop", "unknown", "You have no shop with this address.")])
    }
    let moment = now()
    var product = Product(
      id: .random(), shop: shop.reference, sku: draft.sku, title: draft.title, description: draft.description,
      price: Money(draft.priceAmount, currency), stock: draft.stock, category: draft.category, tags: draft.tags ?? [],
      materials: draft.materials ?? [], status: .draft, photo: nil, version: 1, createdAt: moment, updatedAt: moment)
    if let wish = draft.status { product = try product.wishing(wish, ReviewPolicy(shop.trust)) }
    try await write(try ProductQueries.insert(product, shop: shop.id), transaction)
    try await ModerationQueue.follow(nil, product, of: shop.id, in: transaction)
    try await EventLog.append(.productCreated, shop: shop.id, product: product.id, in: transaction)
    try await wake(shop, transaction)
    return .value(
      product, tag: EntityTag(version: 1), location: address(of: product))
  }

  func edit(_ patch: ProductPatch, _ call: Call, _ transaction: Transaction) async throws -> Reply<Product> {
    try await change(patch.product, call, transaction) { held in
      try patch.decided(for: held.product, under: held.policy, waiting: held.waiting)
    }
  }

  func archive(_ id: Product.ID, _ call: Call, _ transaction: Transaction) async throws -> Reply<Product> {
    try await change(id, call, transaction) { ProductEdit(product: try $0.product.archived(), proposal: $0.waiting) }
  }

  func restore(_ id: Product.ID, _ call: Call, _ transaction: Transaction) async throws -> Reply<Product> {
    try await change(id, call, transaction) { ProductEdit(product: try $0.product.restored(), proposal: $0.waiting) }
  }

  /// A picture is words, too: of a product that buyers see it may have to wait.
  func replacePhoto(_ photo: Photo, of id: Product.ID, _ call: Call, _ transaction: Transaction) async throws
    -> Reply<Product>
  {
    try await change(id, call, transaction) { held in
      ProductEdit.settled(held.product, ProductWords(photo: photo), under: held.policy, waiting: held.waiting)
    }
  }

  /// Takes the proposal back, whether it waits or was sent back.
  func withdrawProposal(_ id: Product.ID, _ call: Call, _ transaction: Transaction) async throws -> Reply<Nothing> {
    let held = try await hold(id, call.member, transaction)
    guard let proposal = held.proposal else { throw NotFound() }
    guard call.match.allows(proposal.version) else { throw VersionMismatch() }
    try await remove(held, transaction)
    try await wake(held.shop, transaction)
    return .nothing
  }

  // MARK: How

  private func hold(_ id: Product.ID, _ member: ShopMember, _ transaction: Transaction) async throws -> Held {
    // One after the other: what a statement waited for it reads anew, and the others of its rows it does not.
    guard let shop = try await transaction.first(ShopRow.hold(of: id, forMember: member), ShopRow.read),
      let product = try await transaction.first(ProductQueries.lock(id), ProductQueries.read)
    else { throw NotFound() }
    return Held(
      shop: shop, product: product, proposal: try await transaction.first(ProposalRows.of(id), ProposalRows.read))
  }

  /// Locks, compares, decides, writes and tells.
  private func change(
    _ id: Product.ID, _ call: Call, _ transaction: Transaction, _ decide: (Held) throws -> ProductEdit
  ) async throws -> Reply<Product> {
    let held = try await hold(id, call.member, transaction)
    guard call.match.allows(held.product.version) else { throw VersionMismatch() }
    let edit = try decide(held)
    var after = edit.product
    // A proposal alone leaves the product as it is.
    if after != held.product || edit.proposal == held.waiting {
      after.version = held.product.version + 1
      after.updatedAt = now()
      try await write(try ProductQueries.update(after), transaction)
      try await ModerationQueue.follow(held.product, after, of: held.shop.id, in: transaction)
      try await EventLog.append(.change(of: held.product, into: after), ofProduct: id, in: transaction)
    }
    after.proposal = try await put(edit.proposal, held, transaction)
    try await wake(held.shop, transaction)
    var reply = Reply.value(after, tag: EntityTag(version: after.version))
    reply.contentLocation = address(of: after)
    return reply
  }

  /// Writes what waits now, and opens or closes its item.
  private func put(_ words: ProductWords?, _ held: Held, _ transaction: Transaction) async throws -> ProposalNote? {
    let id = held.product.id
    if words == held.waiting { return held.proposal?.note }
    guard let words else {
      try await remove(held, transaction)
      return nil
    }
    try await write(ProposalRows.put(words, for: id), transaction)
    try await ModerationQueue.open(.change, id.text, of: held.shop.id, in: transaction)
    try await EventLog.append(.changeProposed, ofProduct: id, in: transaction)
    return ProposalNote(status: .waiting)
  }

  private func remove(_ held: Held, _ transaction: Transaction) async throws {
    let id = held.product.id
    try await transaction.execute(ProposalRows.remove(id))
    try await ModerationQueue.withdraw(.change, id.text, in: transaction)
    try await EventLog.append(.changeWithdrawn, ofProduct: id, in: transaction)
  }

  /// Whatever is done in a dormant shop wakes it.
  private func wake(_ shop: ShopRow, _ transaction: Transaction) async throws {
    if shop.status == .dormant { try await Jobs.add(WakeShop(shop: shop.id), in: transaction) }
  }

  private func address(of product: Product) -> String { "\(Contract.basePath)/products/\(product.id)" }

  private func write(_ statement: SQL, _ transaction: Transaction) async throws {
    do { try await transaction.execute(statement) } catch let error as PostgresError {
      switch error.constraint {
      case "products_sku_unique": throw SkuTaken()
      case "products_category_known", "product_proposals_category_known":
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
