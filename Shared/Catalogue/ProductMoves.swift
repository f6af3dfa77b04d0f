// SPDX-License-Identifier: GPL-3.0-or-later

/// A move that the product's status rules out.
public enum MoveRefusal: Refusal, Equatable {
  case archivedAlready
  case notArchived
  case wrongState

  public var problem: ProblemCode {
    switch self {
    case .archivedAlready: .archivedAlready
    case .notArchived: .notArchived
    case .wrongState: .wrongState
    }
  }
}

extension Product {
  // MARK: What a seller does

  /// As its seller wants it. A wish that is met already changes nothing: a rejected product is off sale.
  public func wishing(_ wish: SaleWish, _ policy: ReviewPolicy) throws(MoveRefusal) -> Product {
    if status.meets(wish) { return self }
    return wish == .active ? try published(policy) : try withdrawn()
  }

  /// Put on sale, or before a moderator first.
  public func published(_ policy: ReviewPolicy) throws(MoveRefusal) -> Product {
    try moved(.publish, by: .seller, to: policy.looksAtListing(of: self) ? .inReview : .onSale(stock: stock))
  }

  /// Off sale and out of sight, to be worked on.
  public func withdrawn() throws(MoveRefusal) -> Product { try moved(.withdraw, by: .seller, to: .draft) }

  /// Off sale, its record kept.
  public func archived() throws(MoveRefusal) -> Product {
    if status == .archived { throw .archivedAlready }
    return try moved(.archive, by: .seller, to: .archived)
  }

  /// Back where it stood before it was archived, so that restoring is the undoing of archiving. One that never stood
  /// anywhere else becomes a draft: nothing comes on sale unseen.
  public func restored() throws(MoveRefusal) -> Product {
    if status != .archived { throw .notArchived }
    let place = archivedFrom ?? .draft
    return try moved(.restore, by: .seller, to: place.isOnSale ? .onSale(stock: stock) : place)
  }

  // MARK: What a moderator does

  public func approved() throws(MoveRefusal) -> Product {
    try moved(.approve, by: .moderator, to: .onSale(stock: stock))
  }

  public func rejected(_ reason: String) throws(MoveRefusal) -> Product {
    var product = try moved(.reject, by: .moderator, to: .rejected)
    product.statusReason = reason
    return product
  }

  // MARK: What happens by itself

  /// Where its stock puts it: what is on sale and has run out says so, and is back with the first new piece.
  public func restocked() -> Product {
    guard status.isOnSale, status != .onSale(stock: stock) else { return self }
    var product = self
    product.enter(.onSale(stock: stock))
    return product
  }

  // MARK: How

  private func moved(_ move: ProductMove, by mover: Mover, to new: ProductStatus) throws(MoveRefusal) -> Product {
    guard status.takes(move, by: mover) else { throw .wrongState }
    precondition(
      ProductStatus.transitions.contains(ProductTransition(from: status, move: move, by: mover, to: new)),
      "only the table moves a product: \(status) \(move) \(new)")
    var product = self
    product.enter(new)
    return product
  }

  /// Archiving remembers where it stood, leaving the archive forgets it; a reason goes with what it was for.
  private mutating func enter(_ new: ProductStatus) {
    archivedFrom = new == .archived ? status : nil
    if new != .archived && new != .rejected { statusReason = nil }
    status = new
  }

  /// The example after it was archived.
  static var archivedExample: Product {
    var product = Product.example
    product.enter(.archived)
    product.version += 1
    return product
  }
}

extension Product {
  /// Whether buyers see it, as far as it depends on the product: what is on sale, and what was before it was archived.
  /// What was archived before its place was kept was seen, too.
  public var isOnShow: Bool {
    status == .archived ? archivedFrom?.isOnSale ?? true : status.isOnSale
  }

  /// Whether lists, searches and counts have it.
  public func isListed(in shop: ShopStatus) -> Bool { shop.isListed && status.isOnSale }

  /// Whether anybody who has its address sees it.
  public func isShown(in shop: ShopStatus) -> Bool { shop.isShown && isOnShow }
}

extension EventKind {
  /// What a seller did to a product.
  public static func change(of before: Product, into after: Product) -> EventKind {
    switch (before.status == .archived, after.status == .archived) {
    case (false, true): .productArchived
    case (true, false): .productRestored
    case (false, false), (true, true): .productChanged
    }
  }
}
