// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres
import Synchronization

/// Fills the database with many generated products, for measuring. The same numbers give the same products.
struct BulkSeed: Sendable {
  let database: Database

  func run(products count: Int, progress: @Sendable (Int) -> Void) async throws {
    let shops = try await addShops(max(1, count / 500))
    try await addCategories()
    var done = 0
    while done < count {
      let batch = done..<min(count, done + 10_000)
      let source = Mutex(batch.makeIterator())
      let shops = shops
      try await database.copyIn(
        """
        copy products (id, shop, sku, title, description, price, stock, category, tags, materials, status, version,
          created_at, updated_at, card, document, words, shop_status) from stdin
        """
      ) { row in
        guard let number = source.withLock({ $0.next() }) else { return false }
        try BulkProduct(number: number, shops: shops).write(to: &row)
        return true
      }
      done = batch.upperBound
      progress(done)
    }
    try await database.execute("analyze products")
  }

  private func addShops(_ count: Int) async throws -> [(id: Shop.ID, reference: ShopReference)] {
    var shops: [(id: Shop.ID, reference: ShopReference)] = []
    for number in 0..<count {
      let reference = ShopReference(slug: "bulk-\(number)", name: "Workshop \(number)")
      let draft = ShopDraft(
        slug: reference.slug, name: reference.name, tagline: "Made in number \(number)", story: "", city: "Porto",
        country: .example, currency: .eur)
      let known = try await database.first("select id from shops where slug = \(reference.slug)") { row in
        try row.nextID() as Shop.ID
      }
      let id = known ?? .random()
      if known == nil {
        try await database.execute(ShopQueries.insert(draft, id: id))
        try await database.execute(ShopQueries.trust(id))
      }
      shops.append((id, reference))
    }
    return shops
  }

  private func addCategories() async throws {
    for category in DemoMarket.categories {
      try await database.execute(
        "insert into categories (path, name) values (\(category.path), \(category.title)) on conflict do nothing")
    }
  }
}

/// One generated product: words drawn with a long tail, as real titles have.
private struct BulkProduct {
  let product: Product
  let shop: Shop.ID

  init(number: Int, shops: [(id: Shop.ID, reference: ShopReference)]) {
    var dice = SplitMix(seed: UInt64(number) &* 0x9e37_79b9_7f4a_7c15 &+ 1)
    let shop = shops[Int(dice.next() % UInt64(shops.count))]
    let category = DemoMarket.categories[Int(dice.next() % UInt64(DemoMarket.categories.count))]
    let moment = Timestamp(microseconds: 1_700_000_000_000_000 + Int64(number) * 1_000_000)
    let made = Product(
      id: .random(), shop: shop.reference, sku: "B-\(number)-\(dice.next() % 1_000_000)",
      title: BulkWords.phrase(4, &dice), description: BulkWords.phrase(40, &dice),
      price: Money(Int(dice.next() % 20_000) + 100, .eur), stock: Int(dice.next() % 50), category: category.path,
      tags: [BulkWords.word(&dice), BulkWords.word(&dice)], materials: [BulkWords.word(&dice)], status: .active,
      photo: nil, version: 1, createdAt: moment, updatedAt: moment)
    product = made.restocked()
    self.shop = shop.id
  }

  func write(to row: inout CopyRow) throws {
    let ready = try ReadyProduct(product)
    row.add(product.id.text)
    row.add(shop.text)
    row.add(product.sku)
    row.add(product.title)
    row.add(product.description)
    row.add(product.price.amount)
    row.add(product.stock)
    row.add(product.category)
    row.add(BulkProduct.array(product.tags))
    row.add(BulkProduct.array(product.materials))
    row.add(product.status.rawValue)
    row.add(product.version)
    row.add(product.createdAt.description)
    row.add(product.updatedAt.description)
    row.add(ready.card)
    row.add(ready.document)
    row.add(ready.words)
    row.add(ShopStatus.approved.rawValue)
  }

  /// A text array as PostgreSQL writes it; the words hold letters only.
  private static func array(_ words: [String]) -> String { "{\(words.joined(separator: ","))}" }
}

/// A small fast generator whose numbers depend on the seed alone (Steele, Lea, Flood 2014).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// Words by rank: the first are common, the last are rare.
enum BulkWords {
  private static let words: [String] = {
    let starts = ["silver", "oak", "linen", "clay", "wool", "brass", "ash", "glass", "steel", "walnut", "felt", "cork"]
    let middles = ["", "grain", "wave", "stone", "leaf", "field", "spark", "moss", "river", "dawn", "thorn", "drift"]
    let ends = ["", "ring", "bowl", "cloth", "plate", "work", "craft", "line", "hook", "band", "case", "wheel"]
    return ends.flatMap { end in middles.flatMap { middle in starts.map { $0 + middle + end } } }
  }()

  static func word(_ dice: inout SplitMix) -> String {
    // The product of two even draws falls off as rank grows.
    let a = Int(dice.next() % UInt64(words.count))
    let b = Int(dice.next() % UInt64(words.count))
    return words[a * b / words.count]
  }

  static func phrase(_ count: Int, _ dice: inout SplitMix) -> String {
    (0..<count).map { _ in word(&dice) }.joined(separator: " ")
  }
}
