// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import JSON
import Market
import SQLite
import Synchronization

/// What this computer keeps of wishes and looks. Of a guest it is all that there is; of an account only the looks that the
/// server has not been told of yet. Several processes may use it.
final class ShelfFile: Sendable {
  private let database: Mutex<SQLiteDatabase>

  init(path: String) throws {
    Places.makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    let opened = try SQLiteDatabase(path: path, busyTimeout: .seconds(1))
    try opened.run(script: ShelfFile.schema)
    unsafe chmod(path, 0o600)
    database = Mutex(opened)
  }

  private static let schema = """
    create table if not exists wishes (
      product text primary key, then_card text not null, now_card text, note text, added_at integer not null);
    create table if not exists looks (product text primary key, card text not null, seen_at integer not null);
    """

  // MARK: Wishes

  /// The newest first, with what has changed as far as it is known here.
  func wishes() throws -> [Wish] {
    let rows = try database.withLock { database in
      try database.query("select then_card, now_card, note, added_at from wishes order by added_at desc, product") {
        row throws(SQLiteError) in
        (
          then: try row.bytes(0), now: row.isNull(1) ? nil : try row.bytes(1), note: try row.optionalString(2),
          at: try row.int(3)
        )
      }
    }
    return rows.compactMap { row in
      guard let then = ShelfFile.card(row.then) else { return nil }
      let now = row.now.flatMap(ShelfFile.card)
      return Wish(
        product: then.id, title: then.title, addedAt: Timestamp(microseconds: Int64(row.at)), note: row.note,
        priceThen: then.price, changes: WishChange.since(WishLook(then), now: now.map { WishLook($0) }), card: now)
    }
  }

  /// Puts a product on the list, once; false when the list is full.
  func add(_ card: ProductCard, note: String? = nil, at moment: Timestamp) throws -> Bool {
    let text = try ShelfFile.text(card)
    return try database.withLock { database in
      try database.transaction {
        let (count, known) =
          try database.first("select count(*), coalesce(sum(product = ?), 0) from wishes", .text(card.id.text)) {
            row throws(SQLiteError) in (try row.int(0), try row.int(1))
          } ?? (0, 0)
        if known == 0, count >= Wishlist.itemsMax { return false }
        try database.execute(
          """
          insert into wishes (product, then_card, now_card, note, added_at) values (?, ?, ?, ?, ?)
          on conflict (product) do update set note = coalesce(excluded.note, note)
          """, .text(card.id.text), .text(text), .text(text), .optional(note), .int(Int(moment.microseconds)))
        return true
      }
    }
  }

  func remove(_ product: Product.ID) throws {
    try database.withLock { database in
      _ = try database.execute("delete from wishes where product = ?", .text(product.text))
    }
  }

  /// How a product is now; nil when it is not for sale any more.
  func update(_ product: Product.ID, to card: ProductCard?) throws {
    let text = try card.map { try ShelfFile.text($0) }
    try database.withLock { database in
      _ = try database.execute(
        "update wishes set now_card = ? where product = ?", .optional(text), .text(product.text))
    }
  }

  // MARK: Looks

  /// Notes a look; the newest two hundred stay.
  func look(at card: ProductCard, _ moment: Timestamp) throws {
    let text = try ShelfFile.text(card)
    try database.withLock { database in
      try database.transaction {
        try database.execute(
          "insert or replace into looks (product, card, seen_at) values (?, ?, ?)", .text(card.id.text), .text(text),
          .int(Int(moment.microseconds)))
        try database.execute(
          """
          delete from looks where product in (
            select product from looks order by seen_at desc, product limit -1 offset \(ProductView.countMax))
          """)
      }
    }
  }

  /// The latest first.
  func looks() throws -> [SeenProduct] {
    let rows = try database.withLock { database in
      try database.query("select card, seen_at from looks order by seen_at desc, product") {
        row throws(SQLiteError) in (card: try row.bytes(0), at: try row.int(1))
      }
    }
    return rows.compactMap { row in
      ShelfFile.card(row.card).map { SeenProduct(seenAt: Timestamp(microseconds: Int64(row.at)), card: $0) }
    }
  }

  /// Forgets looks that were reported, but not those of the same products that came after.
  func forget(_ views: [ProductView]) throws {
    try database.withLock { database in
      try database.transaction {
        for view in views {
          try database.execute(
            "delete from looks where product = ? and seen_at <= ?", .text(view.product.text),
            .int(Int(view.seenAt.microseconds)))
        }
      }
    }
  }

  func forgetLooks() throws { try database.withLock { database in _ = try database.execute("delete from looks") } }

  // MARK: How

  private static func text(_ card: ProductCard) throws -> String {
    String(decoding: try JSONEncoder().encode(card), as: UTF8.self)
  }

  /// A card; nil when a later version of this program wrote something that this one cannot read.
  private static func card(_ bytes: [UInt8]) -> ProductCard? {
    var decoder = JSONDecoder()
    decoder.unknownKeys = .ignore
    return try? decoder.decode(ProductCard.self, from: bytes)
  }
}
