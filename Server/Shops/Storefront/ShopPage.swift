// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import RichText

/// A shop, as a browser shows it: what it says of itself, and what it has for sale.
struct ShopPage {
  var storefront: Storefront
  /// Whether it begins with the newest products.
  var isFirst: Bool
  var origin: String

  private var shop: Shop { storefront.shop }
  private var products: Page<ProductCard> { storefront.products }
  private var url: String { storefront.url }
  private var image: String? { products.items.lazy.compactMap(\.photo).first.map { $0.address(.large, at: origin) } }

  func html(in language: Language) -> Markup {
    let story = MarkdownText(shop.story).plain
    let frame = StorefrontFrame(
      title: shop.name, description: shop.tagline.isEmpty ? story : shop.tagline, url: url, image: image,
      kind: "website", data: data)
    return frame.html(
      in: language,
      """
      <header><h1>\(shop.name)</h1><p class="lead">\(shop.tagline)</p><p class="soft">\(shop.city), \(shop.country.code)</p></header>
      <main>\(isFirst && !shop.story.isEmpty ? "<section class=\"story\">\(Markup.markdown(shop.story))</section>" : nil as Markup?)
      <h2>\(Phrase.forSale[language])</h2>\(goods(language))\(more(language))
      \(ShareLinks(title: shop.name, url: url).html(in: language))</main>
      """)
  }

  private func goods(_ language: Language) -> Markup {
    if products.items.isEmpty { return "<p class=\"soft\">\(Phrase.nothingForSale[language])</p>" }
    return "<ul class=\"goods\">\(products.items.map { card($0, language) })</ul>"
  }

  private func card(_ card: ProductCard, _ language: Language) -> Markup {
    let picture: Markup =
      if let photo = card.photo {
        "<img src=\"\(photo.address(.medium, at: ""))\" alt=\"\" loading=\"lazy\" width=\"480\" height=\"480\">"
      } else {
        "<span class=\"blank\"></span>"
      }
    return """
      <li><a href="\(StorefrontPath.product(shop.slug, card.id).text)">\(picture)<div><b>\(card.title)</b>
      <span class="price">\(card.price.description)</span> <span class="soft">\(note(card.availability, language))</span></div></a></li>
      """
  }

  /// What is in stock needs no words.
  private func note(_ availability: Availability, _ language: Language) -> String {
    availability == .inStock ? "" : Phrase.of(availability)[language]
  }

  private func more(_ language: Language) -> Markup? {
    guard let cursor = products.nextCursor else { return nil }
    return """
      <p><a class="next" rel="next" href="\(StorefrontPath.shop(shop.slug).text)?cursor=\(PercentEncoding.encode(cursor))">\
      \(Phrase.more[language])</a></p>
      """
  }

  /// schema.org, Store.
  private var data: JSONValue {
    var members: [(String, JSONValue)] = [
      ("@context", .string("https://schema.org")), ("@type", .string("Store")), ("name", .string(shop.name)),
      ("url", .string(url)), ("currenciesAccepted", .string(shop.currency.code)),
      (
        "address",
        .object([
          ("@type", .string("PostalAddress")), ("addressLocality", .string(shop.city)),
          ("addressCountry", .string(shop.country.code)),
        ])
      ),
    ]
    if !shop.tagline.isEmpty { members.append(("description", .string(shop.tagline))) }
    if let image { members.append(("image", .string(image))) }
    return .object(members)
  }
}

extension Photo {
  /// Where the picture is; without an origin, on the host of the page.
  func address(_ size: PhotoSize, at origin: String) -> String {
    "\(origin)\(Contract.basePath)/photos/\(id)/\(size.rawValue)"
  }
}
