// SPDX-License-Identifier: GPL-3.0-or-later

/// A list of products that somebody would like to have.
public struct Wishlist: Codable, Sendable, Equatable, Identified {
  public typealias ID = Identifier<Wishlist>
  public static let idPrefix = "wsl"
  /// How many one account has, the default one among them.
  public static let countMax = 20
  /// How many products one holds.
  public static let itemsMax = 200
  /// How the default one is called until its owner calls it something else.
  public static let defaultName = "Wishlist"

  public var id: ID
  public var name: String
  /// Everybody has this one, and products go there unless another is named.
  public var isDefault: Bool
  public var itemCount: Int
  /// Whoever knows this sees the list at `/wishlists/{share}`; null while it is not shared.
  public var share: String?
  public var version: Int

  public init(id: ID, name: String, isDefault: Bool, itemCount: Int, share: String? = nil, version: Int = 1) {
    self.id = id
    self.name = name
    self.isDefault = isDefault
    self.itemCount = itemCount
    self.share = share
    self.version = version
  }

  /// The default list of an account. Its id follows from the account's, so that two devices that begin it at the same
  /// time begin the same one.
  public static func defaultID(of account: Account.ID) -> ID {
    ID(body: String(account.text.suffix(ID.bodyLength)))
  }

  static let example = Wishlist(
    id: .example, name: "For the kitchen", isDefault: false, itemCount: 1, share: shareExample)
  static let shareExample = "0123456789abcdef0123456789abcdef"
}

public struct WishlistDraft: Codable, Sendable, Equatable, Ruled {
  public var name: String
  public init(name: String) { self.name = name }
  public static let rules: [Rule<WishlistDraft>] = [.text("name", \.name, 1...60)]
}

public struct WishlistPatch: Codable, Sendable, Equatable, Ruled {
  public var wishlist: Wishlist.ID
  public var name: Patch<String>
  /// True makes a link, if there is none; false ends the one that there is for good.
  public var isShared: Patch<Bool>

  public init(wishlist: Wishlist.ID, name: Patch<String> = .keep, isShared: Patch<Bool> = .keep) {
    self.wishlist = wishlist
    self.name = name
    self.isShared = isShared
  }

  public static let rules: [Rule<WishlistPatch>] = [.text("name", \.name, 1...60), .keeps("isShared", \.isShared)]
}

public struct WishlistPath: Codable, Sendable, Equatable {
  public var wishlist: Wishlist.ID
  public init(wishlist: Wishlist.ID) { self.wishlist = wishlist }
}

/// What whoever has the link sees: the list's name and what of it is for sale. Notes and whose list it is stay private.
public struct SharedWishlist: Codable, Sendable, Equatable {
  public var name: String
  public var items: [ProductCard]
  public var nextCursor: String?

  public init(name: String, items: [ProductCard], nextCursor: String? = nil) {
    self.name = name
    self.items = items
    self.nextCursor = nextCursor
  }
}

public struct SharedWishlistQuery: Codable, Sendable, Equatable, Ruled {
  public var share: String
  public var limit: Int?
  public var cursor: String?

  public init(share: String, limit: Int? = nil, cursor: String? = nil) {
    self.share = share
    self.limit = limit
    self.cursor = cursor
  }

  public static let rules: [Rule<SharedWishlistQuery>] = [
    .text("share", \.share, 32...32, .code), .number("limit", \.limit, PageLimit.allowed),
    .text("cursor", \.cursor, 1...512, .code),
  ]
}

public struct WishlistsFull: Refusal {
  public var problem: ProblemCode { .wishlistsFull }
  public init() {}
}

/// The list holds as many as it can.
public struct WishlistFull: Refusal {
  public var problem: ProblemCode { .wishlistFull }
  public init() {}
}
