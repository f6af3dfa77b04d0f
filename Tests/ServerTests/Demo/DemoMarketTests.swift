// SPDX-License-Identifier: GPL-3.0-or-later
import Drawing
import EventLoop
import Testing

@testable import soukd

@Suite(.timeLimit(.minutes(2))) struct DemoMarketTests {
  private let products = DemoMarket.shops.flatMap(\.products)

  /// The values that occur more than once.
  private func repeated<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    return values.filter { !seen.insert($0).inserted }
  }

  @Test func `there are enough shops and products to fill a screen`() {
    #expect(DemoMarket.shops.count >= 20)
    #expect(products.count >= 200)
    #expect(DemoMarket.shops.allSatisfy { (8...12).contains($0.products.count) })
  }

  @Test func `no slug, article number, title or text occurs twice`() {
    #expect(repeated(DemoMarket.shops.map(\.slug)).isEmpty)
    #expect(repeated(DemoMarket.shops.map(\.name)).isEmpty)
    #expect(repeated(DemoMarket.shops.map(\.story)).isEmpty)
    #expect(repeated(products.map(\.sku)).isEmpty)
    #expect(repeated(products.map(\.title)).isEmpty)
    #expect(repeated(products.map(\.description)).isEmpty)
  }

  @Test func `what waits for moderators is nowhere else`() {
    let shops = DemoMarket.shops + DemoMarket.newcomers
    #expect(repeated(shops.map(\.slug)).isEmpty && repeated(shops.map(\.name)).isEmpty)
    #expect(repeated(shops.flatMap(\.products).map(\.sku)).isEmpty)
    #expect(repeated(shops.flatMap(\.products).map(\.svg)).isEmpty)
    let paths = DemoMarket.categories.map(\.path)
    for product in DemoMarket.newcomers.flatMap(\.products) { #expect(paths.contains(product.category)) }
  }

  @Test func `slugs and article numbers keep to plain letters`() {
    let isPlain: (Character) -> Bool = { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
    for shop in DemoMarket.shops {
      #expect(shop.slug.allSatisfy(isPlain), "\(shop.slug)")
      #expect(shop.country.count == 2 && shop.country.allSatisfy(\.isUppercase))
      #expect(["EUR", "GBP", "USD", "JPY", "INR", "SEK"].contains(shop.currency))
    }
    for product in products { #expect(product.sku.lowercased().allSatisfy(isPlain), "\(product.sku)") }
  }

  @Test func `every product is told about in a few sentences`() {
    for shop in DemoMarket.shops {
      #expect(![shop.name, shop.tagline, shop.owner, shop.city].contains(""))
      #expect(shop.story.filter { $0 == "." }.count >= 2, "\(shop.slug)")
    }
    for product in products {
      #expect((60...400).contains(product.description.count), "\(product.sku)")
      #expect((8...60).contains(product.title.count), "\(product.sku)")
      #expect(product.description.filter { ".!?:".contains($0) }.count >= 2, "\(product.sku)")
      #expect((3...5).contains(product.tags.count) && repeated(product.tags).isEmpty, "\(product.sku)")
      #expect(!product.materials.isEmpty && !product.materials.contains(""), "\(product.sku)")
    }
  }

  /// About what a handmade thing costs, in the smallest unit of each currency.
  static let prices = [
    "EUR": 400...400_000, "GBP": 400...50_000, "USD": 400...100_000, "JPY": 1_000...60_000,
    "INR": 50_000...1_000_000, "SEK": 20_000...500_000,
  ]

  @Test func `prices are believable in their currency`() throws {
    for shop in DemoMarket.shops {
      let range = try #require(Self.prices[shop.currency])
      for product in shop.products {
        #expect(range.contains(product.price), "\(product.sku) \(product.price)")
        #expect(product.stock > 0, "\(product.sku)")
      }
    }
  }

  @Test func `every category exists, follows its parent, and the deepest ones hold something`() {
    let paths = DemoMarket.categories.map(\.path)
    #expect(repeated(paths).isEmpty)
    for (index, path) in paths.enumerated() {
      guard let slash = path.lastIndex(of: "/") else { continue }
      #expect(paths[..<index].contains(String(path[..<slash])), "\(path)")
    }
    for product in products { #expect(paths.contains(product.category), "\(product.sku) \(product.category)") }
    for path in paths where !paths.contains(where: { $0.hasPrefix(path + "/") }) {
      #expect(products.contains { $0.category == path }, "\(path)")
    }
  }

  @Test func `every motif is used, and no two products look the same`() {
    #expect(Set(products.map(\.picture.motif)) == Set(Motif.allCases))
    #expect(repeated(products.map(\.svg)).isEmpty)
  }

  @Test func `every picture is drawn`() async throws {
    let group = LoopGroup(count: 1, name: "demo-test")
    defer { group.shutDown() }
    let drawing = DrawingProcess(loop: group.loops[0])
    try await drawing.start()
    var files: Set<[UInt8]> = []
    for product in products {
      let png = try await drawing.render(svg: product.svg, width: 160)
      #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]), "\(product.sku)")
      files.insert(png)
    }
    #expect(files.count == products.count)
    #expect(await drawing.census().started == 1)
    await drawing.stop()
  }
}
