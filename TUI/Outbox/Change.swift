// SPDX-License-Identifier: GPL-3.0-or-later
import Market

// The map of the outbox: every change a person makes is written down before it is sent, so that neither a crash nor a
// server that is away loses it.
//   Change        what is to be done, with the version that was seen
//   QueuedChange  a change in the queue, with its Idempotency-Key and how it stands
//   OutboxFile    the queue in SQLite
//   SendOutbox    sends in order; decides what an answer means (pure) and writes that down

/// Something a person wants changed on the server.
enum Change: Sendable, Equatable, Codable {
  case editProduct(ProductPatch)
  case createProduct(ProductDraft)
  case archiveProduct(ProductAddress)
  case restoreProduct(ProductAddress)

  /// Changes of one thing go out in order, and one that is stuck holds up the later ones of the same thing.
  var subject: String {
    switch self {
    case .editProduct(let patch): patch.product.text
    case .archiveProduct(let address), .restoreProduct(let address): address.product.text
    case .createProduct(let draft): "\(draft.shop)/\(draft.sku)"
    }
  }

  /// Whether this says all that an older change of the same thing wanted to say.
  func replaces(_ older: Change) -> Bool {
    switch (self, older) {
    case (.editProduct(let new), .editProduct(let old)):
      new.product == old.product && Set(old.fieldNames).isSubset(of: new.fieldNames)
    case (.archiveProduct(let new), .archiveProduct(let old)): new == old
    case (.restoreProduct(let new), .restoreProduct(let old)): new == old
    case (.createProduct(let new), .createProduct(let old)): new.shop == old.shop && new.sku == old.sku
    default: false
    }
  }

  var product: Product.ID? {
    switch self {
    case .editProduct(let patch): patch.product
    case .archiveProduct(let address), .restoreProduct(let address): address.product
    case .createProduct: nil
    }
  }

  /// The product as it will be when this has gone out.
  func applied(to product: Product) -> Product {
    switch self {
    case .editProduct(let patch): patch.applied(to: product)
    // A move that is ruled out changes nothing.
    case .archiveProduct: (try? product.archived()) ?? product
    case .restoreProduct: (try? product.restored()) ?? product
    case .createProduct: product
    }
  }
}

extension ProductPatch {
  /// The fields that it changes, in the order of the form.
  var fieldNames: [String] { FieldChange.all(of: self, nil).map(\.name) }
}

/// A change in the queue.
struct QueuedChange: Sendable, Equatable {
  enum State: Sendable, Equatable {
    /// Waits for its turn or for the server.
    case queued
    /// Somebody else changed the thing first; the person chooses.
    case conflict
    /// The server will not have it; the person mends or drops it.
    case refused(String)
  }

  var id: Int
  var change: Change
  /// The thing as the person saw it.
  var seen: Product?
  var version: Int?
  var idempotencyKey: String
  var madeAt: Int64
  var state: State = .queued

  /// What it is, in a line: `Wave bracelet: price 45.00 → 48.00`.
  var title: String {
    switch change {
    case .createProduct(let draft): "New product: \(draft.title)"
    case .archiveProduct: "Archive \(seen?.title ?? change.subject)"
    case .restoreProduct: "Restore \(seen?.title ?? change.subject)"
    case .editProduct(let patch):
      (seen?.title ?? patch.product.text) + ": " + FieldChange.all(of: patch, seen).map(\.words).joined(separator: ", ")
    }
  }
}

/// One field that a patch changes, in words.
struct FieldChange: Sendable, Equatable {
  var name: String
  var before: String?
  var after: String

  var words: String { before.map { "\(name) \($0) → \(after)" } ?? "\(name) → \(after)" }

  /// The fields of a patch in the order of the form. What `seen` already has is no change.
  static func all(of patch: ProductPatch, _ seen: Product?) -> [FieldChange] {
    var changes: [FieldChange] = []
    func note(_ name: String, _ before: String?, _ after: String?) {
      if let after, before != after { changes.append(FieldChange(name: name, before: before, after: after)) }
    }
    let currency = seen?.price.currency
    note("title", seen?.title, patch.title.newValue)
    note(
      "price", seen?.price.decimalText,
      patch.priceAmount.newValue.map { amount in currency.map { Money(amount, $0).decimalText } ?? String(amount) })
    note("stock", seen.map { String($0.stock) }, patch.stock.newValue.map(String.init))
    if let wish = patch.status.newValue, seen?.status.meets(wish) != true {
      note("status", seen?.status.rawValue, wish.rawValue)
    }
    note("category", seen?.category, patch.category.newValue)
    note("tags", seen?.tags.joined(separator: ", "), patch.tags.newValue?.joined(separator: ", "))
    note("materials", seen?.materials.joined(separator: ", "), patch.materials.newValue?.joined(separator: ", "))
    if let description = patch.description.newValue, description != seen?.description {
      changes.append(FieldChange(name: "description", before: nil, after: "rewritten"))
    }
    return changes
  }
}
