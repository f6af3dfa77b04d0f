// SPDX-License-Identifier: GPL-3.0-or-later
import Drawing
import HTTPClient
import Market
import Testing

@testable import soukd

/// A storefront as a browser paints it, on a phone and on a desk; the pictures stay in `.build/artifacts`.
@Suite(.timeLimit(.minutes(3))) struct StorefrontPictureTests {
  private let goods = [
    ("Wave ring", "teal"), ("Tide bracelet", "steelblue"), ("Foam earrings", "lightseagreen"),
    ("Salt spoon", "goldenrod"),
    ("Harbour brooch", "indianred"), ("Sextant pendant", "slategray"),
  ]

  @Test func `a shop and a product are painted, on a phone and on a desk`() async throws {
    try await withMarket { market in
      try await market.importer.drawing.start()
      try await market.served { served in
        var product: Product?
        for (number, (title, colour)) in goods.enumerated() {
          let made = try await market.addProduct("A-\(number)", title: title)
          try await show(made, colour, served)
          product = made
        }
        let shop = "\(served.url)/s/\(TestMarket.shop)"
        let pages = [("storefront", shop), ("product-page", "\(shop)/\(try #require(product).id)")]
        for (name, url) in pages {
          for (width, height) in [(390, 844), (1280, 900)] {
            let numbers = try await Chromium.paint(url, width: width, height: height, as: name)
            #expect(numbers.count == 3 && numbers[0] == width && numbers[1] == height, "\(numbers)")
            #expect(numbers[2] > 150, "\(name): \(numbers)")
          }
        }
      }
    }
  }

  private func show(_ product: Product, _ colour: String, _ served: ServedMarket) async throws {
    let svg = """
      <svg xmlns='http://www.w3.org/2000/svg' width='600' height='600'><rect width='600' height='600' fill='\(colour)'/>
      <circle cx='300' cy='300' r='180' fill='none' stroke='white' stroke-width='36'/></svg>
      """
    let picture = try await served.market.importer.drawing.render(svg: svg, width: 600)
    var request = ClientRequest("PUT", served.url + "/api/v1/products/\(product.id)/photo", body: .bytes(picture))
    request.headers["Content-Type"] = "image/png"
    request.headers["If-Match"] = "*"
    request.headers["Authorization"] = "Bearer \(served.market.token(served.market.seller))"
    let answer = try await served.client.send(request)
    try #require(answer.status == 200)
  }
}
