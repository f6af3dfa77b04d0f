// SPDX-License-Identifier: GPL-3.0-or-later
import Drawing
import HTTPClient
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

/// Pictures, drawn by the real drawing process.
@Suite(.timeLimit(.minutes(2))) struct PhotoTests {
  private func put(
    _ served: ServedMarket, _ product: Product.ID, _ bytes: [UInt8], as person: Account.ID?, type: String = "image/png",
    match: String? = "*"
  ) async throws -> ClientResponse {
    var request = ClientRequest("PUT", served.url + "/api/v1/products/\(product)/photo", body: .bytes(bytes))
    request.headers["Content-Type"] = type
    if let match { request.headers["If-Match"] = match }
    if let person { request.headers["Authorization"] = "Bearer \(served.market.token(person))" }
    request.retry = .never
    return try await served.client.send(request)
  }

  private func uploads(_ market: TestMarket) -> [String] {
    Postgres.Files.names(in: market.configuration.uploadDirectory)
  }

  @Test func `a product gets its picture, in every size, under an address that never changes`() async throws {
    try await withMarket { market in
      try await market.importer.drawing.start()
      let product = try await market.addProduct("A-1")
      let svg =
        "<svg xmlns='http://www.w3.org/2000/svg' width='300' height='200'><rect width='300' height='200' fill='teal'/></svg>"
      let picture = try await market.importer.drawing.render(svg: svg, width: 300)
      try await market.served { served in
        let heard = try await put(served, product.id, picture, as: market.seller, match: "\"1\"")
        #expect(heard.status == 200 && heard.headers["ETag"] == "\"2\"")
        #expect(heard.headers["Content-Location"]?.hasSuffix("/products/\(product.id)") == true)
        let photo = try #require(try JSONDecoder().decode(Product.self, from: heard.body).photo)
        #expect(photo.width == 300 && photo.height == 200)
        for size in PhotoSize.allCases {
          let path = "/photos/\(photo.id)/\(size.rawValue)"
          let shown = try await served.ask("GET", path)
          #expect(shown.status == 200 && shown.body.starts(with: [0x89, 0x50, 0x4e, 0x47]))
          #expect(shown.headers["Content-Type"] == "image/png")
          #expect(shown.headers["Cache-Control"] == "public, max-age=31536000, immutable")
          let tag = try #require(shown.headers["ETag"])
          #expect(try await served.ask("GET", path, ["If-None-Match": tag]).status == 304)
          let part = try await served.ask("GET", path, ["Range": "bytes=0-3"])
          #expect(part.status == 206 && part.body == Array(shown.body.prefix(4)))
        }
        #expect(try await served.ask("GET", "/photos/\(PhotoID.example)/small").status == 404)
        #expect(try await served.ask("GET", "/photos/\(photo.id)/huge").status == 404)
        #expect(try await served.ask("GET", "/photos/\(photo.id)/..%2fsmall").status == 404)
        let card = try await market.call(Catalogue.search, ProductQuery()).items.first
        #expect(card?.photo == photo)
        // The same picture again is the same picture.
        let again = try await put(served, product.id, picture, as: market.seller)
        #expect(try JSONDecoder().decode(Product.self, from: again.body).photo == photo)
      }
      #expect(uploads(market).isEmpty)
    }
  }

  @Test func `what is no picture, or not for the caller, is refused and leaves nothing`() async throws {
    try await withMarket { market in
      try await market.importer.drawing.start()
      let product = try await market.addProduct("A-1")
      let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>"
      let picture = try await market.importer.drawing.render(svg: svg, width: 30)
      try await market.served { served in
        func status(_ bytes: [UInt8], _ person: Account.ID?, _ type: String = "image/png", _ match: String? = "*")
          async throws -> Int
        {
          try await put(served, product.id, bytes, as: person, type: type, match: match).status
        }
        let text = try await put(served, product.id, Array("no picture at all".utf8), as: market.seller)
        #expect(text.status == 422)
        #expect(try JSONDecoder().decode(Problem.self, from: text.body).code == "not_a_picture")
        #expect(try await status(Array(picture.prefix(picture.count / 2)), market.seller) == 422)
        #expect(try await status([], market.seller) == 422)
        #expect(try await status(picture, market.seller, "text/plain") == 415)
        #expect(try await status(picture, market.seller, "image/png", nil) == 428)
        #expect(try await status(picture, market.seller, "image/png", "\"7\"") == 412)
        #expect(try await status(picture, market.rival) == 404)
        #expect(try await status(picture, nil) == 401)
      }
      #expect(uploads(market).isEmpty)
      #expect(Postgres.Files.names(in: market.configuration.photoDirectory).isEmpty)
      #expect(try await market.call(Catalogue.show, ProductAddress(product: product.id)).version == 1)
    }
  }

  @Test func `while the drawing is away the picture is asked for again later`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      try await market.importer.drawing.start()
      await market.importer.drawing.stop()
      try await market.served { served in
        let heard = try await put(served, product.id, [0x89, 0x50], as: market.seller)
        #expect(heard.status == 503 && heard.headers["Retry-After"] != nil)
      }
    }
  }
}
