// SPDX-License-Identifier: GPL-3.0-or-later

/// The wishlists of the signed-in account, and those that others share.
public enum Wishlists {
  public static let list = Endpoint<Nothing, Page<Wishlist>>(
    "wishlists.list", .get, "/me/wishlists", for: .signedIn, "Your wishlists, the default one first",
    traits: Traits(caching: .personal), example: Example(Nothing(), gives: Page(items: [.example])))

  public static let create = Endpoint<WishlistDraft, Wishlist>(
    "wishlists.create", .post, "/me/wishlists", for: .signedIn, "Begin another wishlist",
    traits: Traits(status: 201, idempotency: .accepted, limit: .write), refusals: [.wishlistsFull],
    example: Example(WishlistDraft(name: "For the kitchen"), gives: .example))

  public static let edit = Endpoint<WishlistPatch, Wishlist>(
    "wishlists.edit", .patch, "/me/wishlists/{wishlist}", for: .signedIn,
    "Rename one of your wishlists, share it by a link, or end that link",
    traits: Traits(requiresMatch: true, idempotency: .accepted, limit: .write), refusals: [.notFound],
    example: Example(WishlistPatch(wishlist: .example, isShared: .set(true)), gives: .example))

  public static let remove = Endpoint<WishlistPath, Nothing>(
    "wishlists.remove", .delete, "/me/wishlists/{wishlist}", for: .signedIn,
    "Remove one of your wishlists with what is on it; the default one begins anew",
    traits: Traits(status: 204, requiresMatch: true, limit: .write), refusals: [.notFound],
    example: Example(WishlistPath(wishlist: .example), gives: Nothing()))

  public static let shared = Endpoint<SharedWishlistQuery, SharedWishlist>(
    "wishlists.shared", .get, "/wishlists/{share}", for: .anyone, "A wishlist that somebody shares, by its link",
    traits: Traits(caching: .personal), refusals: [.notFound, .invalidCursor],
    example: Example(
      SharedWishlistQuery(share: Wishlist.shareExample, limit: 2),
      gives: SharedWishlist(name: "For the kitchen", items: [.example])))
}

/// What is on a wishlist.
public enum Wishes {
  public static let list = Endpoint<WishQuery, Page<Wish>>(
    "wishes.list", .get, "/me/wishes", for: .signedIn,
    "What is on one of your wishlists, the newest first, with what has changed since",
    traits: Traits(caching: .personal), refusals: [.notFound, .invalidCursor],
    example: Example(WishQuery(wishlist: .example, limit: 2), gives: Page(items: [.example])))

  public static let add = Endpoint<WishDraft, Wish>(
    "wishes.add", .post, "/me/wishes", for: .signedIn,
    "Put a product on one of your wishlists, or change its note there",
    traits: Traits(idempotency: .accepted, limit: .write), refusals: [.notFound, .wishlistFull],
    example: Example(WishDraft(product: .example, note: "For Rita, size M"), gives: .example))

  public static let remove = Endpoint<WishChoice, Nothing>(
    "wishes.remove", .post, "/me/wishes/remove", for: .signedIn,
    "Take a product off one of your wishlists, whether or not it is on it",
    traits: Traits(status: 204, idempotency: .accepted, limit: .write), refusals: [.notFound],
    example: Example(WishChoice(product: .example), gives: Nothing()))
}
