// SPDX-License-Identifier: GPL-3.0-or-later
import Market

// The map of wishes in the terminal:
//   ShelfFile      what this computer keeps: a guest's wishes and looks, an account's looks that are not reported yet
//   WishEffect     what screens want done, WishNews what comes of it; WishRuntime does it
//   WishesScreen   the lists and what was looked at; WishCommands the same from the command line
//   CompareScreen  products side by side

/// A product that is put on a list or taken off.
struct WishTarget: Sendable, Equatable {
  var product: Product.ID
  var title: String
  /// Nil of one that is not for sale any more, which can only be taken off.
  var card: ProductCard?
  /// The default list when it is nil.
  var list: Wishlist.ID?

  init(_ card: ProductCard) {
    (product, title, self.card) = (card.id, card.title, card)
  }

  init(_ wish: Wish, on list: Wishlist.ID?) {
    (product, title, card, self.list) = (wish.product, wish.card?.title ?? wish.title, wish.card, list)
  }
}

/// What is to be done about wishes and looks.
enum WishEffect: Sendable, Equatable {
  /// Brings what a guest wished for into the account, then finds out what is on the default list.
  case learn
  case set(WishTarget, isOn: Bool)
  case editList(WishlistPatch, version: Int)
  /// What this computer keeps of a guest, at once and then as it is now.
  case readShelf
  case seen(ProductCard)
  case forgetSeen
}

/// What came of it.
enum WishNews: Sendable, Equatable {
  /// What is on the default list.
  case known(Set<Product.ID>)
  /// It was done, or why not.
  case set(WishTarget, isOn: Bool, trouble: String?)
  case listEdited(Wishlist?, trouble: String?)
  case shelf([Wish], [SeenProduct])
  case joined(WishJoin)
  case forgotten(trouble: String?)
}

/// What became of a guest's wishes when somebody signed in.
struct WishJoin: Sendable, Equatable {
  var joined = 0
  /// Not for sale any more.
  var gone = 0
  /// Still on this computer, because the list is full or the server did not answer.
  var left = 0

  var words: String? {
    if joined + gone + left == 0 { return nil }
    var parts = ["\(Words.count(joined, "wish", "wishes")) from this computer joined your list"]
    if gone > 0 { parts.append("\(gone) not for sale any more") }
    if left > 0 { parts.append("\(left) left here for the next time") }
    return parts.joined(separator: "; ") + "."
  }
}
