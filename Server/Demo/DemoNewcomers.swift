// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

extension DemoMarket {
  /// Shops that nobody has looked at yet, with what they want to sell: they fill the moderators' queue.
  static let newcomers: [DemoShop] = [
    DemoShop(
      "lantern-row", "Lantern Row", "Lamps folded from paper and light", in: "Gent", "BE", "EUR",
      owner: "Lotte Claes", prefix: "LRW",
      story: """
        Lotte folds lampshades from Belgian paper at the kitchen table, one in an evening. Every sheet is scored by hand \
        before it is folded. The paper is treated so that it does not burn.
        """,
      [
        DemoProduct(
          "Folded stair lantern", 6400, stock: 3, "home/candles", tags: "lamp, paper, folded",
          of: "paper, beech",
          PictureRecipe(.candle, .cream, .ochre, .bands),
          """
          A lantern of sixteen folds, 22 cm high, for a lamp or a candle in a glass. The light comes through the scores \
          as fine lines. Treated against fire; keep it dry all the same.
          """),
        DemoProduct(
          "Pocket lantern, set of two", 2800, stock: 0, "home/candles", tags: "lamp, paper, pair",
          of: "paper",
          PictureRecipe(.candle, .white, .cobalt, .speckle),
          """
          Two small lanterns that fold flat into an envelope. They stand by themselves once they are opened. Made for \
          tables in the garden, not for the rain.
          """),
      ]),
    DemoShop(
      "second-fret", "Second Fret", "Ukuleles from old tables", in: "Bristol", "GB", "GBP", owner: "Dai Prosser",
      prefix: "SFR",
      story: """
        Dai takes table tops that nobody wants and makes four-stringed things of them. Each one keeps a trace of its \
        table: a burn, a name, the ring of a cup. They are tuned before they leave and settle within a week.
        """,
      [
        DemoProduct(
          "Café table ukulele", 24500, stock: 1, "music/guitars", tags: "ukulele, reclaimed, concert",
          of: "mahogany, walnut",
          PictureRecipe(.ukulele, .tenmoku, .ochre),
          """
          A concert ukulele from a mahogany café table of the fifties. A pale ring on its back says where the cups \
          stood. Walnut fingerboard, bone nut, a soft case of felt.
          """)
      ]),
  ]
}

extension DemoSeed {
  /// What waits for a moderator: shops, products of theirs, and new words of a shop that is open. Some of it for long.
  func addQueue(_ transaction: Transaction) async throws {
    for (index, shop) in DemoMarket.newcomers.enumerated() {
      let id = try await addNewcomer(shop, number: DemoMarket.shops.count + index, transaction)
      let found = try await transaction.first(ShopRow.lock(id), ShopRow.read)
      guard let row = found else { preconditionFailure("the shop was written in this transaction") }
      _ = try await MoveShop(.submit, by: .seller)(row, transaction)
    }
    try await proposeChange(transaction)
    // So that ages can be told apart; the change is past its time.
    for (kind, hours) in [(ModerationKind.shop, 5), (.product, 3), (.change, 26)] {
      try await transaction.execute(
        """
        update moderation_items
        set opened_at = opened_at - \(hours) * interval '1 hour', due_at = due_at - \(hours) * interval '1 hour'
        where kind = \(kind.rawValue)
        """)
    }
  }

  private func addNewcomer(_ shop: DemoShop, number: Int, _ transaction: Transaction) async throws -> Shop.ID {
    let owner = try await addAccount(shop.owner, nil, transaction)
    let (id, currency) = try await open(shop, owner, transaction)
    for (index, product) in shop.products.enumerated() {
      let made = try demoProduct(product, of: shop, currency, number: number, index: index)
        .published(ReviewPolicy(.new))
      try await transaction.execute(try ProductQueries.insert(made, shop: id))
      try await ModerationQueue.follow(nil, made, of: id, in: transaction)
      try await Jobs.add(DrawDemoPicture(product: made.id, shop: shop.slug, sku: product.sku), in: transaction)
    }
    return id
  }

  /// The last of the open shops is new still, and wants to say something else of its first thing.
  private func proposeChange(_ transaction: Transaction) async throws {
    guard let shop = DemoMarket.shops.last, let product = shop.products.first else { return }
    let words = ProductWords(
      title: "\(product.title), numbered",
      description: product.description + "\n\nFrom this spring each one carries its number and the year.",
      tags: product.tags + ["numbered"])
    // Owner: the market itself sows the demo.
    let place = try await transaction.first(
      """
      update shops s
      set trust = 'new'
      from products p
      where s.slug = \(shop.slug) and p.shop = s.id and p.sku = \(product.sku)
      returning s.id, p.id
      """
    ) { row in (shop: try row.nextID() as Shop.ID, product: try row.nextID() as Product.ID) }
    guard let place else { preconditionFailure("the product was written in this transaction") }
    try await transaction.execute(ProposalRows.put(words, for: place.product))
    try await ModerationQueue.open(.change, place.product.text, of: place.shop, in: transaction)
  }
}
