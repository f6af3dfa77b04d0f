// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

struct Shop: Codable, Equatable {
  var slug: String
  var name: String
}

struct Price: Codable, Equatable {
  var amount: Int
  var currency: String
}

struct Card: Codable, Equatable {
  var id: String
  var title: String
  var shop: Shop
  var price: Price
  var rating: Double
  var tags: [String]
  var pictureUrl: String
  var description: String
}

/// What a listing sends: 24 cards, about 12 kB.
struct Page: Codable, Equatable {
  var items: [Card]
  var total: Int
  var next: String?

  static let sample = Page(
    items: (0..<24).map { i in
      Card(
        id: "prd_8f3k2q7h\(i)", title: "Håndlaget keramikkskål \(i) med «blå» glasur",
        shop: Shop(slug: "verksted-\(i % 7)", name: "Verksted nr. \(i % 7)"),
        price: Price(amount: 45_900 + i, currency: "NOK"), rating: 4.5 + Double(i % 5) / 10,
        tags: ["ceramics", "bowl", "gift"], pictureUrl: "https://cdn.example.com/i/8f/3k/8f3k2q\(i)_640.webp",
        description: "Thrown by hand in a small workshop by the fjord and fired twice, so that no two are alike. "
          + "It holds soup for one or olives for six, goes into the dishwasher, and comes in a box\nmade for the post.")
    }, total: 1483, next: "eyJvIjoyNH0")

  /// The same bytes as `JSONEncoder` gives, by hand.
  func write(to json: borrowing JSONWriter) {
    json.beginObject()
    json.key("items")
    json.beginArray()
    for card in items { card.write(to: json) }
    json.endArray()
    json.member("total", total)
    if let next { json.member("next", next) }
    json.endObject()
  }
}

extension Card {
  func write(to json: borrowing JSONWriter) {
    json.beginObject()
    json.member("id", id)
    json.member("title", title)
    json.key("shop")
    json.beginObject()
    json.member("slug", shop.slug)
    json.member("name", shop.name)
    json.endObject()
    json.key("price")
    json.beginObject()
    json.member("amount", price.amount)
    json.member("currency", price.currency)
    json.endObject()
    json.member("rating", rating)
    json.key("tags")
    json.beginArray()
    for tag in tags { json.string(tag) }
    json.endArray()
    json.member("picture_url", pictureUrl)
    json.member("description", description)
    json.endObject()
  }
}
