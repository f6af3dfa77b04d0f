// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a product stands.
public enum ProductStatus: String, WireEnum {
  /// Seen by its shop only.
  case draft
  /// Waits for a moderator.
  case inReview = "in_review"
  case active
  /// On sale, with nothing left.
  case outOfStock = "out_of_stock"
  /// Kept, but sold no more.
  case archived
  /// Sent back with a reason.
  case rejected
}

extension ProductStatus {
  /// Whether it is for sale, as soon as there is some of it.
  public var isOnSale: Bool { self == .active || self == .outOfStock }

  /// On sale with so much left.
  public static func onSale(stock: Int) -> ProductStatus { stock > 0 ? .active : .outOfStock }
}

/// What a seller wants of a product: that it is kept back, or put on sale. What it is then, the market decides.
public enum SaleWish: String, WireEnum { case draft, active }

extension ProductStatus {
  /// Whether a seller who wants this has it already: what waits for a moderator is put on sale, and what was rejected is
  /// kept back.
  public func meets(_ wish: SaleWish) -> Bool {
    switch wish {
    case .active: isOnSale || self == .inReview
    case .draft: self == .draft || self == .rejected
    }
  }
}

/// What moves a product.
public enum ProductMove: String, Sendable, CaseIterable {
  case publish, withdraw, archive, restore, approve, reject
  case runOut = "run_out"
  case restock
}

/// One line of the table.
public struct ProductTransition: Sendable, Hashable {
  public var from: ProductStatus
  public var move: ProductMove
  public var by: Mover
  public var to: ProductStatus
}

extension ProductStatus {
  /// Everything that moves a product; what is not here does not happen. Where a move may end in several places, the
  /// review policy, the stock, or where the product stood before, chooses.
  public static let transitions: [ProductTransition] =
    lines(.publish, .seller, [.draft], [.inReview, .active, .outOfStock])
    + lines(.publish, .seller, [.rejected], [.inReview])
    + lines(.withdraw, .seller, [.inReview, .active, .outOfStock], [.draft])
    + lines(.archive, .seller, [.draft, .inReview, .active, .outOfStock, .rejected], [.archived])
    + lines(.restore, .seller, [.archived], [.draft, .inReview, .active, .outOfStock, .rejected])
    + lines(.approve, .moderator, [.inReview], [.active, .outOfStock])
    + lines(.reject, .moderator, [.inReview], [.rejected])
    + lines(.runOut, .market, [.active], [.outOfStock])
    + lines(.restock, .market, [.outOfStock], [.active])

  private static func lines(
    _ move: ProductMove, _ mover: Mover, _ from: [ProductStatus], _ to: [ProductStatus]
  ) -> [ProductTransition] {
    from.flatMap { start in to.map { ProductTransition(from: start, move: move, by: mover, to: $0) } }
  }

  /// Whether the move may begin here.
  public func takes(_ move: ProductMove, by mover: Mover) -> Bool {
    ProductStatus.transitions.contains { $0.from == self && $0.move == move && $0.by == mover }
  }
}
