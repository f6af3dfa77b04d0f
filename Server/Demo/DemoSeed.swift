// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Drawing
import Market
import Postgres

/// Fills an empty database with the demo market. What is there already stays as it is.
struct DemoSeed: Sendable {
  let database: Database
  let accounts: Accounts

  /// Returns how many products the demo market has. Pictures are drawn by jobs.
  func run() async throws -> Int {
    let products = (DemoMarket.shops + DemoMarket.newcomers).reduce(0) { $0 + $1.products.count }
    try await database.transaction { transaction in
      try await transaction.lock(DemoSeed.lockKey)
      let isThere = try await transaction.first("select true from accounts where demo_person = 'seller'") { row in
        try row.next(Bool.self)
      }
      if isThere != nil { return }
      try await addCategories(transaction)
      let people = try await addPeople(transaction)
      for (index, shop) in DemoMarket.shops.enumerated() {
        try await add(shop, number: index, people, transaction)
      }
      try await addQueue(transaction)
    }
    return products
  }

  private static let lockKey: Int64 = 0x64656d6f

  private struct People: Sendable {
    var seller: Account.ID
    var owners: [String: Account.ID]
  }

  private func addCategories(_ transaction: Transaction) async throws {
    for category in DemoMarket.categories {
      try await transaction.execute(
        "insert into categories (path, name) values (\(category.path), \(category.title)) on conflict do nothing")
    }
  }

  /// The seller of the demo owns the first shop; the other shops have owners of their own.
  private func addPeople(_ transaction: Transaction) async throws -> People {
    let seller = try await addAccount(DemoMarket.shops[0].owner, .seller, transaction)
    _ = try await addAccount("Robin Ashe", .buyer, transaction)
    let admin = try await addAccount("Mara Lindqvist", .admin, transaction)
    for scope in AdminScope.allCases {
      try await transaction.execute(
        "insert into admin_scopes (account, scope) values (\(admin.text), \(scope.rawValue))")
    }
    var owners: [String: Account.ID] = [DemoMarket.shops[0].slug: seller]
    for shop in DemoMarket.shops.dropFirst() {
      owners[shop.slug] = try await addAccount(shop.owner, nil, transaction)
    }
    return People(seller: seller, owners: owners)
  }

  func addAccount(_ name: String, _ person: DemoMember?, _ transaction: Transaction) async throws -> Account.ID {
    let id = Account.ID.random()
    try await transaction.execute(
      """
      insert into accounts (id, name, roles, demo_person)
      values (\(id.text), \(name), \([Role.buyer.rawValue]), \(person?.rawValue))
      """)
    if let person { try await accounts.put(.email(person.email), of: id, in: transaction) }
    return id
  }

  private func add(_ shop: DemoShop, number: Int, _ people: People, _ transaction: Transaction) async throws {
    guard let owner = people.owners[shop.slug] else { preconditionFailure("the demo shop \(shop.slug) has an owner") }
    let (id, currency) = try await open(shop, owner, transaction)
    try await transaction.execute(ShopQueries.trust(id))
    for (index, product) in shop.products.enumerated() {
      let made = try demoProduct(product, of: shop, currency, number: number, index: index)
        .published(ReviewPolicy(.trusted))
      try await transaction.execute(try ProductQueries.insert(made, shop: id))
      try await Jobs.add(DrawDemoPicture(product: made.id, shop: shop.slug, sku: product.sku), in: transaction)
    }
  }

  func open(_ shop: DemoShop, _ owner: Account.ID, _ transaction: Transaction) async throws -> (Shop.ID, Currency) {
    guard let country = Country(shop.country), let currency = Currency(shop.currency) else {
      preconditionFailure("the demo shop \(shop.slug) has a country and a currency")
    }
    let id = Shop.ID.random()
    let draft = ShopDraft(
      slug: shop.slug, name: shop.name, tagline: shop.tagline, story: shop.story, city: shop.city, country: country,
      currency: currency)
    try await transaction.execute(ShopQueries.insert(draft, id: id))
    try await transaction.execute(ShopQueries.addOwner(owner, to: id))
    return (id, currency)
  }

  /// A thing of the demo, as a draft.
  func demoProduct(_ product: DemoProduct, of shop: DemoShop, _ currency: Currency, number: Int, index: Int) -> Product
  {
    let moment = DemoSeed.listedAt(shop: number, product: index)
    return Product(
      id: .random(), shop: ShopReference(slug: shop.slug, name: shop.name), sku: product.sku, title: product.title,
      description: product.description, price: Money(product.price, currency), stock: product.stock,
      category: product.category, tags: product.tags, materials: product.materials, status: .draft, photo: nil,
      version: 1, createdAt: moment, updatedAt: moment)
  }

  /// Shops listed their things over some weeks, in turn, so that the newest page shows many crafts.
  private static func listedAt(shop: Int, product: Int) -> Timestamp {
    Timestamp(microseconds: 1_790_000_000_000_000).adding(seconds: Int64(product) * 86_400 + Int64(shop) * 1800)
  }
}

/// The people of the demo market that one can sign in as. Their mail lands in the data directory.
enum DemoMember: String, CaseIterable, Sendable {
  case seller, buyer, admin
  var email: String { "\(rawValue)@demo.example" }
}

/// Draws the picture of one product of the demo market.
struct DrawDemoPicture: Job {
  static let kind = "demo.draw_picture"
  var product: Product.ID
  var shop: String
  var sku: String

  func run(_ database: Database, _ importer: PhotoImporter) async throws {
    guard
      let recipe = (DemoMarket.shops + DemoMarket.newcomers).first(where: { $0.slug == shop })?.products.first(where: {
        $0.sku == sku
      })
    else {
      return
    }
    let photo = try await importer.keep(
      try await importer.drawing.render(svg: recipe.svg, width: PhotoSize.large.pixels))
    try await database.transaction { transaction in
      try await PhotoRows.insert(photo, transaction)
      // Owner: the market itself draws the demo; shops come before their products, whoever locks both.
      try await transaction.execute(
        "select 1 from shops where id = (select shop from products where id = \(product.text)) for share")
      let read = try await transaction.first(
        """
        select \(ProductQueries.columns) from \(ProductQueries.tables) where p.id = \(product.text)
        \(ProductQueries.locking)
        """, ProductQueries.read)
      // Its seller may have given it a picture meanwhile.
      guard var made = read, made.photo == nil else { return }
      made.photo = photo
      made.version += 1
      try await transaction.execute(try ProductQueries.update(made))
    }
  }
}
