// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres
import TestSupport
import Testing

@testable import soukd

@Suite(.timeLimit(.minutes(2))) struct ModerationMigrationTests {
  @Test func `what was there before is open and trusted, and what had run out says so`() async throws {
    let before = Migrations.all.filter { $0.number < 11 }
    try await withTestDatabase(migrations: before) { database, _ in
      try await database.execute("insert into categories (path, name) values ('jewellery', 'Jewellery')")
      try await database.execute(
        """
        insert into shops (id, slug, name, tagline, story, city, country, currency)
        values ('shp_0000000000000000', 'a-shop', 'A Shop', '', '', 'Porto', 'PT', 'EUR')
        """)
      for (number, status, stock) in [(0, "active", 3), (1, "active", 0), (2, "draft", 0), (3, "archived", 1)] {
        let document = #"{"description":"say \"status\":\"active\"","status":"\#(status)"}"#
        try await database.execute(
          """
          insert into products (id, shop, sku, title, description, price, stock, category, tags, materials, status, card,
            document, words)
          values (\("prd_000000000000000\(number)"), 'shp_0000000000000000', \("A-\(number)"), 'T', '', 1, \(stock),
            'jewellery', '{}', '{}', \(status), '', \(Array(document.utf8)), '')
          """)
      }
      try await Migrator(database).run(Migrations.all)
      let shop = try await database.first("select status, trust from shops") { row in
        "\(try row.next(String.self)) \(try row.next(String.self))"
      }
      #expect(shop == "approved trusted")
      let products = try await database.query(
        "select status, is_listed, is_shown, convert_from(document, 'UTF8') from products order by id"
      ) { row in
        (
          status: try row.next(String.self), isListed: try row.next(Bool.self), isShown: try row.next(Bool.self),
          document: try row.next(String.self)
        )
      }
      #expect(products.map(\.status) == ["active", "out_of_stock", "draft", "archived"])
      #expect(products.map(\.isListed) == [true, true, false, false])
      #expect(products.map(\.isShown) == [true, true, false, true])
      #expect(products[1].document == #"{"description":"say \"status\":\"active\"","status":"out_of_stock"}"#)
      #expect(products[0].document.hasSuffix(#""status":"active"}"#))
      // A new shop begins as what it is now.
      try await database.execute(
        """
        insert into shops (id, slug, name, tagline, story, city, country, currency)
        values ('shp_0000000000000001', 'b-shop', 'B Shop', '', '', 'Porto', 'PT', 'EUR')
        """)
      let new = try await database.first("select status, trust from shops where slug = 'b-shop'") { row in
        "\(try row.next(String.self)) \(try row.next(String.self))"
      }
      #expect(new == "draft new")
    }
  }
}
