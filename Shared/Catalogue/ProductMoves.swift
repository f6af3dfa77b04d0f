// SPDX-License-Identifier: GPL-3.0-or-later

/// A move that the product's status rules out.
public enum MoveRefusal: Refusal, Equatable {
  case archivedAlready
  case notArchived

  public var problem: ProblemCode {
    switch self {
    case .archivedAlready: .archivedAlready
    case .notArchived: .notArchived
    }
  }
}

extension Product {
  /// Off sale, its record kept.
  public func archived() throws(MoveRefusal) -> Product {
    if status == .archived { throw .archivedAlready }
    return moved(to: .archived)
  }

  /// Back where it stood before it was archived, so that restoring is the undoing of archiving. One that never stood
  /// anywhere else becomes a draft: nothing comes on sale unseen.
  public func restored() throws(MoveRefusal) -> Product {
    if status != .archived { throw .notArchived }
    return moved(to: archivedFrom ?? .draft)
  }

  /// Takes another status, by a move or an edit: archiving remembers the one before, leaving the archive forgets it.
  mutating func move(to new: ProductStatus) {
    if new == status { return }
    archivedFrom = new == .archived ? status : nil
    status = new
  }

  private func moved(to new: ProductStatus) -> Product {
    var product = self
    product.move(to: new)
    return product
  }

  /// The example after it was archived.
  static var archivedExample: Product {
    var product = Product.example
    product.move(to: .archived)
    product.version += 1
    return product
  }
}

extension EventKind {
  /// What happened to a product, by whichever way: an edit of the status is a move too.
  public static func change(of before: Product, into after: Product) -> EventKind {
    switch (before.status == .archived, after.status == .archived) {
    case (false, true): .productArchived
    case (true, false): .productRestored
    case (false, false), (true, true): .productChanged
    }
  }
}
