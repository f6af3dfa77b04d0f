// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market
import Postgres
import Testing

@testable import soukd

/// Shops and products for browsers.
@Suite(.timeLimit(.minutes(2))) struct StorefrontTests {
  private let hostile = "</script><script>alert(1)</script>\"'&<b>"

  private func data(_ text: String) throws -> JSONValue {
    let start = try #require(text.firstRange(of: "<script type=\"application/ld+json\">"))
    let rest = text[start.upperBound...]
    let end = try #require(rest.firstRange(of: "</script>"))
    return try JSONDecoder().decode(JSONValue.self, from: Array(rest[..<end.lowerBound].utf8))
  }

  private func meta(_ text: String, _ name: String) -> String? {
    guard let start = text.firstRange(of: "<meta property=\"\(name)\" content=\"") else { return nil }
    return String(text[start.upperBound...].prefix { $0 != "\"" })
  }

  @Test func `a shop has a page with its story, its products and what previews and search engines read`() async throws {
    try await withMarket { market in
      try await market.database.execute(
        "update shops set story = '# Hands\n\nWe *forge*.\n- by day\n- by night', tagline = 'Silver & salt' where slug = \(TestMarket.shop)"
      )
      let product = try await market.addProduct("A-1")
      try await market.served { served in
        let browser = Browser(served.client, at: served.url)
        try await browser.open("/s/\(TestMarket.shop)")
        #expect(browser.status == 200 && browser.answer.headers["Content-Type"] == "text/html; charset=utf-8")
        #expect(
          browser.text.contains("<h3>Hands</h3><p>We <em>forge</em>.</p><ul><li>by day</li><li>by night</li></ul>"))
        #expect(browser.words.contains(product.title) && browser.words.contains(product.price.description))
        #expect(meta(browser.text, "og:title") == "Salt &amp; Silver")
        #expect(meta(browser.text, "og:description") == "Silver &amp; salt")
        #expect(meta(browser.text, "og:url")?.hasSuffix("/s/salt-and-silver") == true)
        let store = try data(browser.text)
        #expect(store["@type"] == .string("Store") && store["name"] == .string("Salt & Silver"))
        #expect(browser.cookies.isEmpty)
        let tag = try #require(browser.answer.headers["ETag"])
        var again = ClientRequest("GET", browser.url)
        again.headers["If-None-Match"] = tag
        #expect(try await served.client.send(again).status == 304)
        let link = try #require(HTMLText.links(browser.text).first { $0.address.contains("/prd_") })
        try await browser.open(link.address)
        #expect(browser.status == 200 && browser.words.contains(product.title))
        let data = try data(browser.text)
        #expect(data["offers"]?["price"] == .string(product.price.decimalText))
        #expect(data["offers"]?["availability"] == .string("https://schema.org/InStock"))
        #expect(browser.text.contains("<link rel=\"canonical\" href=\"\(market.configuration.origin)/s/"))
      }
    }
  }

  @Test func `nothing that a seller writes becomes markup or ends the data`() async throws {
    try await withMarket { market in
      try await market.database.execute(
        """
        update shops set name = \(hostile), tagline = \(hostile), story = \("- " + hostile + "\n\n" + hostile), city = \(hostile)
        where slug = \(TestMarket.shop)
        """)
      let draft = TestMarket.draft("A-1")
      var wild = draft
      wild.title = hostile
      wild.description = "> " + hostile
      wild.tags = ["<i>"]
      let product = try await market.call(Catalogue.create, wild, as: market.seller)
      try await market.served { served in
        for path in ["/s/\(TestMarket.shop)", "/s/\(TestMarket.shop)/\(product.id)"] {
          let text = try await served.client.send(ClientRequest("GET", served.url + path)).text
          #expect(text.split(separator: "<script", omittingEmptySubsequences: false).count == 2, "\(path)")
          #expect(!text.contains("<b>\"") && !text.contains("alert(1)</script>") && !text.contains("<i>"))
          #expect(try data(text)["name"] == .string(hostile))
        }
      }
    }
  }

  @Test func `pages of a shop show each product once`() async throws {
    try await withMarket { market in
      for number in 0..<50 { _ = try await market.addProduct("A-\(number)") }
      try await market.served { served in
        let browser = Browser(served.client, at: served.url)
        var seen: [String] = []
        try await browser.open("/s/\(TestMarket.shop)")
        while true {
          seen += HTMLText.links(browser.text).map(\.address).filter { $0.contains("/prd_") }
          guard HTMLText.links(browser.text).contains(where: { $0.words == "More" }) else { break }
          try await browser.follow("More")
        }
        #expect(seen.count == 50 && Set(seen).count == 50)
      }
    }
  }

  @Test func `what is not there, not yours to see or nonsense is told in the reader's language`() async throws {
    try await withMarket { market in
      var draft = TestMarket.draft("A-1")
      draft.status = .draft
      let hidden = try await market.call(Catalogue.create, draft, as: market.seller)
      let product = try await market.addProduct("A-2")
      try await market.served { served in
        func status(_ path: String, _ method: String = "GET") async throws -> ClientResponse {
          var request = ClientRequest(method, served.url + path, headers: ["Accept-Language": "de"])
          request.retry = .never
          return try await served.client.send(request)
        }
        for path in [
          "/s/nobody-here", "/s/\(TestMarket.shop)/\(hidden.id)", "/s/\(TestMarket.shop)/\(Product.ID.random())",
        ] {
          let answer = try await status(path)
          #expect(answer.status == 404 && answer.text.contains("Nicht gefunden"), "\(path)")
        }
        for path in [
          "/s/", "/s/UPPER", "/s/a", "/s/\(TestMarket.shop)/", "/s/\(TestMarket.shop)/x", "/s/\(TestMarket.shop)/a/b",
        ] {
          #expect(try await status(path).status == 404, "\(path)")
        }
        #expect(try await status("/s/\(TestMarket.shop)?cursor=nonsense").status == 400)
        #expect(try await status("/s/\(TestMarket.shop)?utm_source=x&y=%C3%A9").status == 200)
        #expect(try await status("/s/\(TestMarket.shop)?cursor=%zz").status == 400)
        let post = try await status("/s/\(TestMarket.shop)", "POST")
        #expect(post.status == 405 && post.headers["Allow"] == "GET, HEAD, OPTIONS")
        let moved = try await status("/s/\(TestMarket.rivalShop)/\(product.id)")
        #expect(moved.status == 301 && moved.headers["Location"] == "/s/\(TestMarket.shop)/\(product.id)")
        let german = try await status("/s/\(TestMarket.rivalShop)")
        #expect(german.status == 200 && german.text.contains("gerade nichts zu kaufen"))
      }
    }
  }

  @Test(arguments: ShopStatus.allCases) func `a storefront is there when the shop may be seen`(
    _ status: ShopStatus
  ) async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      let reason = status == .rejected || status == .suspended ? "Because." : nil
      try await market.database.execute(
        "update shops set status = \(status.rawValue), status_reason = \(reason) where slug = \(TestMarket.shop)")
      try await market.database.execute(
        "update products set shop_status = \(status.rawValue) where id = \(product.id.text)")
      let isShown = status == .approved || status == .dormant
      try await market.served { served in
        for path in ["/s/\(TestMarket.shop)", "/s/\(TestMarket.shop)/\(product.id)"] {
          let answer = try await served.client.send(ClientRequest("GET", served.url + path))
          #expect(answer.status == (isShown ? 200 : 404), "\(path)")
        }
      }
    }
  }

  @Test(
    arguments: [
      ("/s/abc", StorefrontPath.shop("abc")), ("/s/a-1", .shop("a-1")),
      ("/s/abc/\(Product.ID.example)", .product("abc", .example)), ("/s", nil), ("/s/ab", nil), ("/s/abc/", nil),
      ("/s/a b c", nil), ("/S/abc", nil), ("/s//abc", nil),
    ] as [(String, StorefrontPath?)])
  func `an address is a storefront's or it is not`(_ text: String, _ path: StorefrontPath?) {
    #expect(StorefrontPath(text) == path)
    if let path { #expect(path.text == text && StorefrontPath.names.contains(path.name)) }
  }
}
