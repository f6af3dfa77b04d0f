// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// What becomes of a change when the thing is no longer as the person saw it. A change names the fields that it changes,
/// so only those matter.
enum MergeDecision: Sendable, Equatable {
  /// Nobody else touched what is changed: it goes out again on top of what is there now.
  case resend
  /// All is as it was wanted, whoever did it.
  case settled
  /// These fields are neither as they were seen nor as they are wanted: the person decides.
  case ask([String])

  static func decide(_ change: Change, seen: Product?, now theirs: Product) -> MergeDecision {
    let fields = wanted(change, theirs)
    let open = fields.filter { !$0.isAsWanted }
    if open.isEmpty { return .settled }
    let touched = open.filter { field in seen.map { !field.isSame($0, theirs) } ?? true }
    return touched.isEmpty ? .resend : .ask(touched.map(\.name))
  }

  private struct Field {
    var name: String
    var isAsWanted: Bool
    var isSame: (Product, Product) -> Bool
  }

  private static func wanted(_ change: Change, _ theirs: Product) -> [Field] {
    func field<Value: Equatable>(_ name: String, _ value: Value?, _ path: KeyPath<Product, Value>) -> Field? {
      value.map { value in
        Field(name: name, isAsWanted: theirs[keyPath: path] == value) { $0[keyPath: path] == $1[keyPath: path] }
      }
    }
    switch change {
    case .editProduct(let patch):
      return [
        field("title", patch.title.newValue, \.title), field("price", patch.priceAmount.newValue, \.price.amount),
        field("stock", patch.stock.newValue, \.stock),
        patch.status.newValue.map { wish in
          Field(name: "status", isAsWanted: theirs.status.meets(wish)) { $0.status == $1.status }
        },
        field("category", patch.category.newValue, \.category), field("tags", patch.tags.newValue, \.tags),
        field("materials", patch.materials.newValue, \.materials),
        field("description", patch.description.newValue, \.description),
      ].compactMap { $0 }
    case .archiveProduct: return [field("status", ProductStatus.archived, \.status)].compactMap { $0 }
    case .restoreProduct:
      let isRestored = theirs.status != .archived
      return [Field(name: "status", isAsWanted: isRestored) { $0.status == $1.status }]
    // What is new has no version to be too old.
    case .createProduct: return []
    }
  }
}
