// SPDX-License-Identifier: GPL-3.0-or-later

/// How far the market trusts a shop. Moderators decide.
public enum ShopTrust: String, WireEnum {
  /// What it sells, and every change of words that buyers see, is looked at before.
  case new
  /// What it does holds at once.
  case trusted
}

/// What is looked at before buyers see it.
public struct ReviewPolicy: Sendable, Equatable {
  public var trust: ShopTrust

  public init(_ trust: ShopTrust) { self.trust = trust }

  /// Whether a product that is put on sale is looked at first. One that was rejected always is.
  public func looksAtListing(of product: Product) -> Bool { trust == .new || product.status == .rejected }

  /// Whether new words and pictures of the product wait. Price and stock never do.
  public func looksAtChange(of product: Product) -> Bool { trust == .new && product.isOnShow }
}

/// How soon moderators mean to decide.
public enum ReviewTarget {
  public static func seconds(_ kind: ModerationKind) -> Int64 { kind == .shop ? 48 * 3600 : 24 * 3600 }
}
