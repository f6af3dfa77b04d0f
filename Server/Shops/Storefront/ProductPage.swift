// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import RichText

/// A product of a shop, as a browser shows it.
struct ProductPage {
  var product: Product
  var origin: String

  private var url: String { origin + StorefrontPath.product(product.shop.slug, product.id).text }
  private var image: String? { product.photo?.address(.large, at: origin) }
  private var availability: Availability { Availability(stock: product.stock) }

  func html(in language: Language) -> Markup {
    let frame = StorefrontFrame(
      title: product.title, description: MarkdownText(product.description).plain, url: url, image: image,
      kind: "product", data: data)
    return frame.html(
      in: language,
      """
      <header><p><a href="\(StorefrontPath.shop(product.shop.slug).text)">\(product.shop.name)</a></p><h1>\(product.title)</h1></header>
      <main><div class="pair"><div>\(picture)</div><div>
      <p class="lead"><span class="price">\(product.price.description)</span></p><p class="soft">\(Phrase.of(availability)[language])</p>
      \(facts)\(ShareLinks(title: product.title, url: url).html(in: language))</div></div>
      <section class="story">\(Markup.markdown(product.description))</section></main>
      """)
  }

  private var picture: Markup {
    guard let photo = product.photo else { return "<span class=\"blank big\"></span>" }
    return """
      <img class="big" src="\(photo.address(.large, at: ""))" alt="\(product.title)" width="\(String(photo.width))" \
      height="\(String(photo.height))">
      """
  }

  private var facts: Markup {
    let words = product.materials + product.tags
    return words.isEmpty ? "" : "<ul class=\"facts\">\(words.map { "<li>\($0)</li>" as Markup })</ul>"
  }

  /// schema.org, Product with its Offer.
  private var data: JSONValue {
    var members: [(String, JSONValue)] = [
      ("@context", .string("https://schema.org")), ("@type", .string("Product")), ("name", .string(product.title)),
      ("url", .string(url)), ("sku", .string(product.sku)),
      ("description", .string(MarkdownText(product.description).plain)),
      ("brand", .object([("@type", .string("Brand")), ("name", .string(product.shop.name))])),
      (
        "offers",
        .object([
          ("@type", .string("Offer")), ("price", .string(product.price.decimalText)),
          ("priceCurrency", .string(product.price.currency.code)), ("url", .string(url)),
          ("availability", .string("https://schema.org/" + offered)),
        ])
      ),
    ]
    if let image { members.append(("image", .string(image))) }
    if !product.materials.isEmpty { members.append(("material", .string(product.materials.joined(separator: ", ")))) }
    return .object(members)
  }

  private var offered: String {
    if product.status == .archived { return "Discontinued" }
    return switch availability {
    case .inStock: "InStock"
    case .low: "LimitedAvailability"
    case .soldOut: "OutOfStock"
    }
  }
}
