// SPDX-License-Identifier: GPL-3.0-or-later
import Drawing
import HTTPClient
import Market
import Observability
import Postgres
import TestSupport
import Testing

@testable import soukd

/// Pictures in a bucket, kept by a server of another make that checks signatures.
@Suite(.timeLimit(.minutes(3))) struct PhotoBucketTests {
  private func bucket(_ peer: PythonPeer, _ name: String = "pictures") throws -> PhotoBucket {
    let key = try readFile("\(peer.folder)/key").split(separator: " ").map(String.init)
    return PhotoBucket(
      url: "http://127.0.0.1:\(peer.port)/\(name)", region: "eu-west-1", accessKey: key[0], secretKey: Secret(key[1]))
  }

  private func start() async throws -> PythonPeer {
    try await onThread {
      try PythonPeer("object_store_peer.py", ["pictures"], python: try PythonTools.interpreter())
    }
  }

  private func put(_ served: ServedMarket, _ product: Product.ID, _ bytes: [UInt8]) async throws -> ClientResponse {
    var request = ClientRequest("PUT", served.url + "/api/v1/products/\(product)/photo", body: .bytes(bytes))
    request.headers["Content-Type"] = "image/png"
    request.headers["If-Match"] = "*"
    request.headers["Authorization"] = "Bearer \(served.market.token(served.market.seller))"
    request.retry = .never
    return try await served.client.send(request)
  }

  private func picture(_ market: TestMarket) async throws -> [UInt8] {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'><rect width='30' height='20'/></svg>"
    return try await market.importer.drawing.render(svg: svg, width: 300)
  }

  @Test func `a picture is kept in the bucket and served from it, and nothing stays on this machine`() async throws {
    let peer = try await start()
    let bucket = try bucket(peer)
    try await withMarket(loops: 2, { $0.photoBucket = bucket }) { market in
      try await market.importer.drawing.start()
      let product = try await market.addProduct("A-1")
      let bytes = try await picture(market)
      try await market.served { served in
        #expect(try await put(served, product.id, bytes).status == 200)
        let photo = try #require(try await market.call(Catalogue.show, ProductAddress(product: product.id)).photo)
        for size in PhotoSize.allCases {
          let path = "/photos/\(photo.id)/\(size.rawValue)"
          let shown = try await served.ask("GET", path)
          #expect(shown.status == 200 && shown.body.starts(with: [0x89, 0x50, 0x4e, 0x47]))
          #expect(shown.headers["Content-Type"] == "image/png")
          let tag = try #require(shown.headers["ETag"])
          #expect(try await served.ask("GET", path, ["If-None-Match": tag]).status == 304)
        }
        #expect(try await served.ask("GET", "/photos/\(PhotoID.example)/small").status == 404)
      }
      #expect(Postgres.Files.names(in: market.configuration.photoDirectory).isEmpty)
    }
  }

  @Test func `while the bucket is away the product keeps what it has, and is told to come again`() async throws {
    let peer = try await start()
    let bucket = try bucket(peer)
    try await withMarket(loops: 2, { $0.photoBucket = bucket }) { market in
      try await market.importer.drawing.start()
      let product = try await market.addProduct("A-1")
      let bytes = try await picture(market)
      peer.stop()
      try await market.served { served in
        let answer = try await put(served, product.id, bytes)
        #expect(answer.status == 503 && answer.headers["Retry-After"] != nil)
        #expect(try await market.call(Catalogue.show, ProductAddress(product: product.id)).version == product.version)
        #expect(try await served.ask("GET", "/photos/\(PhotoID.example)/small").status == 503)
      }
    }
  }
}
