// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// Things of a small market, the same in every test.
enum Samples {
  static let now: Int64 = 1_795_000_000
  static let shop = ShopReference(slug: "salt-and-silver", name: "Salt & Silver")
  static let account = Account(
    id: Account.ID(body: "0000000000000001"), name: "Inês Duarte", roles: [.buyer, .seller], shops: [shop])
  static let session = Session(
    session: .example, accessToken: "a.b.c", expiresAt: .example, refreshToken: "rft_x", account: account,
    secondFactor: .off)

  static func id(_ number: Int) -> Product.ID {
    let digits = String(number)
    return Product.ID(body: String(repeating: "0", count: 16 - digits.count) + digits)
  }

  static func product(
    _ number: Int, _ title: String, price: Int = 4500, stock: Int = 7, status: ProductStatus = .active, version: Int = 3
  ) -> Product {
    Product(
      id: id(number), shop: shop, sku: "SS-\(number)", title: title,
      description: "Forged by hand.\n\n- **no** two alike\n- polished", price: Money(price, .eur), stock: stock,
      category: "jewellery/bracelets", tags: ["sea", "forged"], materials: ["sterling silver"], status: status,
      photo: nil, version: version, createdAt: Timestamp(microseconds: 0), updatedAt: Timestamp(microseconds: 0))
  }

  static let bracelet = product(1, "Wave bracelet")
  static let ring = product(2, "Harbour ring", price: 123_450, stock: 2)
  static let cuff = product(3, "Copper cuff with a very long name that does not fit", price: 900, stock: 0)
  static let brooch = product(4, "Gull brooch 海鷗", price: 3200, stock: 12, status: .draft)
  static let products = [bracelet, ring, cuff, brooch]
  static let cards = [bracelet, ring, cuff].map { ProductCard($0) }
  /// The cards with pictures of their own.
  static let picturedCards = cards.enumerated().map { index, card in
    var card = card
    let digit = Character("\(index)")
    card.photo = PhotoID(String(repeating: digit, count: 64)).map { Photo(id: $0, width: 4, height: 3) }
    return card
  }
  static let categories = [
    Market.Category(path: "jewellery", name: "Jewellery", productCount: 3),
    Market.Category(path: "jewellery/bracelets", name: "Bracelets", productCount: 2),
    Market.Category(path: "ceramics", name: "Ceramics", productCount: 0),
  ]
  static let fullShop = Shop(
    id: Shop.ID(body: "0000000000000001"), slug: shop.slug, name: shop.name, tagline: "Silver from the coast",
    story: "A two-bench workshop above the harbour.", city: "Porto", country: .example, currency: .eur,
    status: .approved, productCount: 3, version: 1, createdAt: Timestamp(microseconds: 0))

  /// So many seconds after now.
  static func moment(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: (now + seconds) * 1_000_000) }

  static let unreachable = ClientFailure.unreachable("no connection")
  static let refused = ClientFailure.refused(
    ProblemCode.tooManyRequests.problem(instance: "req-7"))

  /// The browsing question that is asked first.
  static let firstQuery = Query.products(ProductQuery(limit: 48))

  static func queued(_ change: Change, id: Int = 1, seen: Product? = bracelet, state: QueuedChange.State = .queued)
    -> QueuedChange
  {
    QueuedChange(
      id: id, change: change, seen: seen, version: seen?.version, idempotencyKey: "souk-key", madeAt: now - 120,
      state: state)
  }
}

/// An app that has been shown some things.
func app(
  _ columns: Int = 80, _ rows: Int = 24, session: Session? = nil, queue: [QueuedChange] = []
) -> Rehearsal<App> {
  let app = App(server: "http://souk.test", session: session, queue: queue)
  var rehearsal = Rehearsal(app, columns: columns, rows: rows)
  rehearsal.send(.clock(Samples.now))
  return rehearsal
}

extension Rehearsal<App> {
  /// What the browsing screen asks for first is answered.
  mutating func showProducts(
    _ freshness: Freshness = .live, _ cards: [ProductCard] = Samples.cards, next: String? = nil
  ) {
    send(.loaded(slot: "categories", .categories, .content(.categories(Samples.categories), freshness)))
    send(
      .loaded(
        slot: "browse", Samples.firstQuery, .content(.products(Page(items: cards, nextCursor: next)), freshness)))
  }

  /// Opens the table of the own shop and fills it.
  mutating func showStock(_ freshness: Freshness = .live) {
    press("S")
    let query = Query.stock(ShopProductQuery(slug: Samples.shop.slug, limit: 100))
    send(.loaded(slot: "stock", query, .content(.stock(Page(items: Samples.products)), freshness)))
  }
}
