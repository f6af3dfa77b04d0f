// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import HTTPClient
import Market
import Testing

/// `souk --plain` against a real server: a seller's errand without a screen.
@Suite(.timeLimit(.minutes(3)))
struct LineModeTests {
  let folder: Folder
  let thread = ClientThread()

  init() throws { folder = try Folder() }

  @Test func `a seller finds the shop's products and changes a price, line by line`() async throws {
    let server = try Soukd.serve(folder.path)
    let url = try await server.address().url
    let souk = Souk(home: try Folder(), server: url)
    let tray = MailTray(folder.path)
    try await souk.signIn(as: "seller", in: tray)
    let end = try await souk.typing(["sell", "edit 1", "77.70", "", "1", "leave", "quit"])
    #expect(end.code == 0)
    #expect(end.notes.isEmpty, "\(end.notes)")
    let (seller, account) = try await thread.caller(url).signedIn(mail: tray)
    let query = ShopProductQuery(slug: account.shops[0].slug, limit: 1)
    let product = try #require(try await seller.call(Catalogue.ofShop, query).value.items.first)
    #expect(product.price.amount == 7770)
    for line in [
      "Price of \(product.title), now ",
      "Stock of \(product.title), now \(product.stock).",
      "Saved. \(product.title): price ", "Edit \(product.title)",
    ] {
      #expect(end.output.contains(line), "wants \(line) in:\n\(end.output)")
    }
    #expect(!end.output.contains("\u{1b}"))
  }
}
