// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// The addresses of storefronts: `/s/{slug}`, and `/s/{slug}/{product}` for each of its products.
enum StorefrontPath: Sendable, Equatable {
  case shop(String)
  case product(String, Product.ID)

  /// Nil for what is no storefront's address.
  init?(_ path: String) {
    guard path.hasPrefix("/s/") else { return nil }
    let words = path.dropFirst(3).split(separator: "/", omittingEmptySubsequences: false)
    guard let slug = words.first, (3...40).contains(slug.utf8.count), slug.utf8.allSatisfy(StorefrontPath.isSlugByte)
    else { return nil }
    switch words.count {
    case 1: self = .shop(String(slug))
    case 2:
      guard let id = Product.ID(String(words[1])) else { return nil }
      self = .product(String(slug), id)
    default: return nil
    }
  }

  var text: String {
    switch self {
    case .shop(let slug): "/s/\(slug)"
    case .product(let slug, let id): "/s/\(slug)/\(id)"
    }
  }

  /// What metrics and logs call the page.
  var name: String {
    switch self {
    case .shop: "pages.storefront"
    case .product: "pages.product"
    }
  }

  static let names = ["pages.storefront", "pages.product"]

  private static func isSlugByte(_ byte: UInt8) -> Bool {
    (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
  }
}
