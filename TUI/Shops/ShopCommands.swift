// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

extension CommandRunner {
  func listShops() async throws {
    let query = ShopQuery(limit: try number("limit"), cursor: invocation.values["cursor"])
    try check(query)
    let answer = try await read(Shops.list, query)
    if out.isJSON { return out.bytes(answer.bytes) }
    out.table(
      TextTable(
        [
          .init("SHOP", isFlexible: true), .init("WHERE"), .init("PRODUCTS", .trailing),
          .init("WHAT IT SAYS", isFlexible: true), .init("SLUG"),
        ],
        rows: answer.value.items.map {
          [$0.name, "\($0.city), \($0.country)", "\($0.productCount)", $0.tagline, $0.slug]
        }))
    noteMore(answer.value.nextCursor)
  }

  func showShop() async throws {
    let address = ShopAddress(slug: invocation.operands[0])
    if !address.faults.isEmpty {
      throw CommandFailure.usage("\(address.slug) is no shop's address such as salt-and-silver.")
    }
    let answer = try await read(Shops.show, address)
    if out.isJSON { return out.bytes(answer.bytes) }
    let shop = answer.value
    out.line(SafeText.sanitised(shop.name))
    if !shop.tagline.isEmpty { out.line(SafeText.sanitised(shop.tagline)) }
    out.line(
      "\(SafeText.sanitised(shop.city)), \(shop.country)   \(Words.count(shop.productCount, "product", "products"))   \(shop.currency)"
    )
    let story = Markdown.lines(shop.story, width: min(out.width ?? 100, 100))
    if !story.isEmpty { out.line("") }
    for line in story { out.line(line.map(\.text).joined()) }
  }
}
