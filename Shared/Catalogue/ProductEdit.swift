// SPDX-License-Identifier: GPL-3.0-or-later

/// What a seller's patch comes to: the product as it is from now on, and the words that wait for a moderator.
public struct ProductEdit: Sendable, Equatable {
  public var product: Product
  /// The proposal after the patch; nil when there is none, or none any more.
  public var proposal: ProductWords?

  public init(product: Product, proposal: ProductWords?) {
    self.product = product
    self.proposal = proposal
  }
}

extension ProductPatch {
  /// Decides a patch. `waiting` is the proposal that waits already.
  ///
  /// Price and stock hold at once. So do words, unless buyers see the product and the policy wants a look at them: then
  /// they join what waits. A product that is taken off sale takes its waiting words with it, since nobody sees it.
  public func decided(for product: Product, under policy: ReviewPolicy, waiting: ProductWords?)
    throws(MoveRefusal) -> ProductEdit
  {
    var after = product
    if let wish = status.newValue { after = try after.wishing(wish, policy) }
    after.price.amount = priceAmount.newValue ?? after.price.amount
    after.stock = stock.newValue ?? after.stock
    return ProductEdit.settled(after.restocked(), ProductWords(self), under: policy, waiting: waiting)
  }
}

extension ProductEdit {
  /// The product with new words, or with what waits of them.
  public static func settled(
    _ product: Product, _ words: ProductWords, under policy: ReviewPolicy, waiting: ProductWords?
  ) -> ProductEdit {
    let proposal: ProductWords
    var after = product
    if policy.looksAtChange(of: product) {
      proposal = (waiting ?? ProductWords()).overlaid(by: words).differing(from: product)
    } else if product.isOnShow {
      after = words.applied(to: product)
      // What is said now is newer than what waits of the same field.
      proposal = (waiting ?? ProductWords()).without(words).differing(from: after)
    } else {
      after = (waiting ?? ProductWords()).overlaid(by: words).applied(to: product)
      proposal = ProductWords()
    }
    return ProductEdit(product: after, proposal: proposal.isEmpty ? nil : proposal)
  }
}
