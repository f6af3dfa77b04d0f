// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import Glibc
import HTTPClient
import JSON
import Market
import Testing

/// `souk` against a server that goes away, comes back, and was changed by somebody else meanwhile.
@Suite(.timeLimit(.minutes(3)))
struct OfflineTests {
  let folder: Folder
  let thread = ClientThread()

  init() throws { folder = try Folder() }

  @Test func `a change made while the server was away goes out unless its own field was changed`() async throws {
    var server = try Soukd.serve(folder.path)
    let url = try await server.address().url
    let port = try #require(url.split(separator: ":").last.map(String.init))
    let souk = Souk(home: try Folder(), server: url)
    let tray = MailTray(folder.path)
    try await souk.signIn(as: "seller", in: tray)
    let (seller, account) = try await thread.caller(url).signedIn(mail: tray)
    let query = ShopProductQuery(slug: account.shops[0].slug, limit: 2)
    let products = try await seller.call(Catalogue.ofShop, query).value.items
    for product in products { #expect(try await souk("products", "show", product.id.text).code == 0) }

    server.child.send(SIGTERM)
    _ = try await server.end()
    for product in products {
      let edited = try await souk("products", "edit", product.id.text, "--price", "77.00")
      #expect(edited.code == 0)
      #expect(edited.notes.contains("queued, not saved yet"), "\(edited)")
    }

    server = try Soukd.serve(folder.path, ["--port", port])
    _ = try await server.address()
    let another = ProductPatch(product: products[0].id, title: .set("A name from elsewhere"))
    let same = ProductPatch(product: products[1].id, priceAmount: .set(5500))
    for patch in [another, same] { _ = try await seller.call(Catalogue.edit, patch, headers: ["If-Match": "*"]) }

    let sent = try await souk("outbox", "send")
    #expect(sent.code == 1)
    #expect(sent.output.contains("saved") && sent.notes.contains("somebody changed it first"), "\(sent)")
    let merged = try await seller.call(Catalogue.show, ProductAddress(product: products[0].id)).value
    #expect((merged.title, merged.price.amount) == ("A name from elsewhere", 7700))
    let kept = try await seller.call(Catalogue.show, ProductAddress(product: products[1].id)).value
    #expect(kept.price.amount == 5500)
    #expect(try await souk("outbox", "list").output.contains("conflict"))
  }
}
