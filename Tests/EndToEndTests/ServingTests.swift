// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import Glibc
import HTTPClient
import JSON
import Market
import Postgres
import TestSupport
import Testing

/// The real server on an empty directory, from the outside.
@Suite(.timeLimit(.minutes(3)))
struct ServingTests {
  let folder: Folder
  let thread = ClientThread()

  init() throws { folder = try Folder() }

  @Test func `a seller creates, edits and archives a product`() async throws {
    let server = try Soukd.serve(folder.path)
    let (seller, account) = try await thread.caller(server.address().url).signedIn(mail: MailTray(folder.path))
    let shop = try #require(account.shops.first)

    let made = try await seller.call(Catalogue.create, draft(shop.slug, "E2E-1"))
    #expect(made.status == 201)
    #expect(made.headers["Location"] == "/api/v1/products/\(made.value.id)")
    let product = made.value.id
    let tag = try #require(made.headers["ETag"])

    var change = ProductPatch(product: product)
    change.title = .set("A jug with a new name")
    #expect(try await seller.refusal(Catalogue.edit, change) == "version_required")
    let edited = try await seller.call(Catalogue.edit, change, headers: ["If-Match": tag])
    #expect(edited.value.title == "A jug with a new name")
    #expect(edited.headers["ETag"] != tag)
    #expect(try await seller.refusal(Catalogue.edit, change, headers: ["If-Match": tag]) == "version_mismatch")

    let address = ProductAddress(product: product)
    let newTag = try #require(edited.headers["ETag"])
    let known = try seller.request(Catalogue.show, address, headers: ["If-None-Match": newTag])
    #expect(try await thread.client.send(known).status == 304)

    let archived = try await seller.call(Catalogue.archive, address, headers: ["If-Match": newTag])
    #expect(archived.status == 200 && archived.value.status == .archived)
    #expect(try await seller.call(Catalogue.show, address).value.status == .archived)
    let found = try await seller.call(Catalogue.search, ProductQuery(shop: shop.slug, limit: 100)).value.items
    #expect(!found.contains { $0.id == product })
    let lastTag = try #require(archived.headers["ETag"])
    let restored = try await seller.call(Catalogue.restore, address, headers: ["If-Match": lastTag])
    #expect(restored.value.status == .active)
    #expect(try await seller.refusal(Catalogue.restore, address, headers: ["If-Match": "*"]) == "not_archived")

    let (buyer, _) = try await thread.caller(seller.url).signedIn(as: "buyer", mail: MailTray(folder.path))
    #expect(try await buyer.refusal(Catalogue.edit, change, headers: ["If-Match": "*"]) == "not_found")
  }

  @Test func `links name the port that the system chose, and lead to pages`() async throws {
    let server = try Soukd.serve(folder.path)
    let url = try await server.address().url
    let grant = try await thread.caller(url).call(Identity.requestDevice, DeviceRequest(device: "laptop")).value
    #expect(grant.verificationURI == url + "/device")
    let page = try await thread.get(grant.verificationURIComplete)
    #expect(page.status == 200 && page.text.contains("value=\"\(grant.userCode)\""))
    #expect(try await thread.get(url + "/.well-known/jwks.json").status == 200)
    let early = DeviceRedemption(deviceCode: grant.deviceCode)
    #expect(try await thread.caller(url).refusal(Identity.redeemDevice, early) == "authorization_pending")
  }

  @Test func `a picture that was uploaded is served`() async throws {
    let server = try Soukd.serve(folder.path)
    let (seller, account) = try await thread.caller(server.address().url).signedIn(mail: MailTray(folder.path))
    let made = try await seller.call(Catalogue.create, draft(account.shops[0].slug, "E2E-2"))
    var request = try seller.request(Photos.replace, ProductAddress(product: made.value.id))
    request.headers["If-Match"] = made.headers["ETag"]
    request.headers["Content-Type"] = "image/png"
    request.headers["If-Match"] = "*"
    request.body = .bytes(redSquare)
    let answer = try await thread.client.send(request)
    #expect(answer.status == 200)
    let photo = try #require(try JSONDecoder().decode(Product.self, from: answer.body).photo)
    #expect(photo.width == 8 && photo.height == 8)
    let shown = try await thread.get("\(seller.url)/api/v1/photos/\(photo.id)/small")
    #expect(shown.status == 200)
    #expect(shown.headers["Content-Type"] == "image/png")
    #expect(shown.headers["Cache-Control"]?.contains("immutable") == true)
    #expect(shown.body.starts(with: [0x89, 0x50, 0x4e, 0x47]))

    request.headers["If-Match"] = answer.headers["ETag"]
    request.body = .bytes(Array("this is no picture".utf8))
    let refused = try await thread.client.send(request)
    #expect(refused.status == 422)
    #expect(try JSONDecoder().decode(Problem.self, from: refused.body).code == "not_a_picture")
  }

  @Test func `events come live and can be resumed`() async throws {
    let server = try Soukd.serve(folder.path)
    let (seller, account) = try await thread.caller(server.address().url).signedIn(mail: MailTray(folder.path))
    let request = try seller.request(Events.feed, EventQuery())
    var updates = ServerSentEvents(client: thread.client, request: request).makeAsyncIterator()
    #expect(try await updates.next() == .opened)
    let product = try await seller.call(Catalogue.create, draft(account.shops[0].slug, "E2E-3"))
    let first = try await nextEvent(&updates)
    #expect(first.kind == .productCreated && first.product == product.value.id)

    let tag = try #require(product.headers["ETag"])
    let address = ProductAddress(product: product.value.id)
    _ = try await seller.call(Catalogue.archive, address, headers: ["If-Match": tag])
    #expect(try await nextEvent(&updates).kind == .productArchived)

    var resumed = ServerSentEvents(client: thread.client, request: request, lastEventID: first.id.description)
      .makeAsyncIterator()
    #expect(try await resumed.next() == .opened)
    #expect(try await nextEvent(&resumed).kind == .productArchived)
  }

  @Test func `a stop lets the request under way finish`() async throws {
    let server = try Soukd.serve(folder.path)
    let (seller, account) = try await thread.caller(server.address().url).signedIn(mail: MailTray(folder.path))
    let body = try JSONEncoder().encode(draft(account.shops[0].slug, "E2E-4"))
    let connection = try SlowConnection(url: seller.url)
    try connection.send(
      """
      POST /api/v1/products HTTP/1.1\r\nHost: souk\r\nAuthorization: Bearer \(seller.token ?? "")\r
      Content-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n
      """)
    try connection.send(body.prefix(20))
    // The server answers others meanwhile, so it has read what was sent before.
    _ = try await seller.call(Identity.me, Nothing())
    server.child.send(SIGTERM)
    _ = try await server.log.line { $0.contains(#""message":"draining""#) }
    try connection.send(body.dropFirst(20))
    let answer = try connection.readToEnd()
    #expect(answer.hasPrefix("HTTP/1.1 201"), "answered: \(answer)")
    let end = try await server.end()
    #expect(end.exit == .code(0))
    #expect(end.errors.contains(#""message":"stopped""#))
  }

  @Test func `a second server on the same directory is refused`() async throws {
    let server = try Soukd.serve(folder.path)
    _ = try await server.address()
    let second = try await Soukd.serve(folder.path).end()
    #expect(second.exit == .code(1))
    #expect(second.errors.contains(folder.path) && second.errors.contains("\(server.child.pid)"), "\(second.errors)")
    // The first goes on.
    let (url, admin) = try await server.address()
    #expect(try await thread.get("\(admin)/readyz").status == 200)
    #expect(try await thread.get("\(url)/api/v1/products?limit=1").status == 200)
  }

  @Test func `another PostgreSQL is used when one is named`() async throws {
    let cluster = try await TestCluster.shared()
    let database = Database(cluster.info, loops: [thread.loop])
    try await database.execute("create database soukd_trial")
    let url = "host=\(cluster.plan.directory)/run user=owner dbname=soukd_trial"
    let server = try Soukd.serve(folder.path, environment: ["DATABASE_URL": url])
    let (seller, _) = try await thread.caller(server.address().url).signedIn(mail: MailTray(folder.path))
    #expect(try await !seller.call(Shops.list, ShopQuery(limit: 3)).value.items.isEmpty)
    #expect(!server.log.lines.contains { $0.contains("a private PostgreSQL was made") })
    let hasPrivateOne = unsafe access(folder.path + "/postgresql", F_OK) == 0
    #expect(!hasPrivateOne)
    server.child.send(SIGTERM)
    #expect(try await server.end().exit == .code(0))
    try await database.execute("drop database soukd_trial with (force)")
    await database.close()
  }

  private func nextEvent(_ updates: inout ServerSentEvents.Iterator) async throws -> MarketEvent {
    while let update = try await updates.next() {
      guard case .event(let event) = update else { continue }
      return try JSONDecoder().decode(MarketEvent.self, from: Array(event.data.utf8))
    }
    throw HTTPClientError(.interrupted, "the stream ended")
  }
}

func draft(_ shop: String, _ sku: String) -> ProductDraft {
  ProductDraft(
    shop: shop, sku: sku, title: "A jug of a trial", description: "Holds water.", priceAmount: 4500, stock: 3,
    category: "ceramics", tags: ["trial"], status: .active)
}

/// A PNG of eight by eight red pixels.
private let redSquare: [UInt8] = [
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
  0x08, 0x00, 0x00, 0x00, 0x08, 0x08, 0x02, 0x00, 0x00, 0x00, 0x4b, 0x6d, 0x29, 0xdc, 0x00, 0x00, 0x00, 0x11, 0x49,
  0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x38, 0xa1, 0xa1, 0x81, 0x15, 0x31, 0x0c, 0x2d, 0x09, 0x00, 0x82, 0x5d, 0x46,
  0x01, 0x6a, 0x8d, 0x16, 0x6b, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
]
