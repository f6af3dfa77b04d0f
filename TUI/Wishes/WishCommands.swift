// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market
import Terminal

extension CommandTable {
  private static let listFlag = FlagSpec("list", "LIST", "One of your lists by its name or id; the default one without")

  static let wishCommands: [CommandSpec] = [
    CommandSpec(name: .wishlistShow, summary: "What is on a wishlist, and what has changed since", flags: [listFlag]),
    CommandSpec(
      name: .wishlistAdd, summary: "Put products on a wishlist", operands: "ID…", operandCount: 1...100,
      flags: [listFlag, FlagSpec("note", "TEXT", "Why, or which size")]),
    CommandSpec(
      name: .wishlistRemove, summary: "Take products off a wishlist", operands: "ID…", operandCount: 1...100,
      flags: [listFlag]),
    CommandSpec(name: .wishlistLists, summary: "Your wishlists"),
    CommandSpec(name: .wishlistCreate, summary: "Begin another wishlist", operands: "NAME", operandCount: 1...1),
    CommandSpec(
      name: .wishlistRename, summary: "Call a wishlist something else", operands: "LIST NAME", operandCount: 2...2),
    CommandSpec(name: .wishlistDelete, summary: "Remove a wishlist", operands: "LIST", operandCount: 1...1),
    CommandSpec(
      name: .wishlistShare, summary: "Share a wishlist by a link", operands: "[LIST]", operandCount: 0...1),
    CommandSpec(
      name: .wishlistUnshare, summary: "End the link of a wishlist", operands: "[LIST]", operandCount: 0...1),
    CommandSpec(name: .viewsList, summary: "What you looked at"),
    CommandSpec(name: .viewsClear, summary: "Forget what you looked at"),
    CommandSpec(
      name: .compare, summary: "Compare two to six products", operands: "ID ID…",
      operandCount: Comparison.countAllowed),
  ]
}

/// Wishes of whoever is signed in are the account's; of a guest, this computer's.
extension CommandRunner {
  private var isGuest: Bool { desk.session == nil && desk.key == nil }
  private var wishes: WishRuntime { WishRuntime(desk: desk) }

  private func requireAccount() async throws {
    _ = try requireSession()
    if let words = try await wishes.join().words { out.note(words) }
  }

  private func lists() async throws -> MarketAnswer<Page<Wishlist>> { try await read(Wishlists.list, Nothing()) }

  /// The list that is named by its name or id; the default one when none is.
  private func list(_ name: String?) async throws -> Wishlist {
    let all = try await desk.client.call(Wishlists.list, Nothing(), mode: .reload).value.items
    let found =
      name.map { name in all.first { $0.id.text == name || $0.name == name } } ?? all.first(where: \.isDefault)
    guard let found else { throw CommandFailure.other("You have no wishlist \(name ?? "").") }
    return found
  }

  private func products() throws -> [Product.ID] {
    try invocation.operands.map { text in
      guard let id = Product.ID(text) else {
        throw CommandFailure.usage("\(text) is no product id such as \(Product.ID.example).")
      }
      return id
    }
  }

  private func refuseLists() throws {
    if invocation.values["list"] != nil { throw CommandFailure.notSignedIn }
  }

  func showWishlist() async throws {
    if isGuest {
      try refuseLists()
      try await wishes.refreshShelf()
      return try show(Page(items: try desk.shelf.wishes()))
    }
    try await requireAccount()
    let id = invocation.values["list"] == nil ? nil : try await list(invocation.values["list"]).id
    var query = WishQuery(wishlist: id, limit: 100)
    var page = try await read(Wishes.list, query).value
    while let cursor = page.nextCursor {
      query.cursor = cursor
      let next = try await read(Wishes.list, query).value
      page = Page(items: page.items + next.items, nextCursor: next.nextCursor)
    }
    try show(page)
  }

  private func show(_ page: Page<Wish>) throws {
    if out.isJSON { return out.bytes(try JSONEncoder().encode(page)) }
    if page.items.isEmpty { return out.line("Nothing is on this list.") }
    out.table(
      TextTable(
        [
          .init("PRODUCT", isFlexible: true), .init("PRICE", .trailing), .init("SINCE", isFlexible: true),
          .init("NOTE", isFlexible: true), .init("ID"),
        ],
        rows: page.items.map { wish in
          let price = wish.card.map { Words.grouped($0.price.decimalText) + " \($0.price.currency)" } ?? ""
          return [
            wish.card?.title ?? wish.title, price, WishWords.changes(wish), wish.note ?? "", wish.product.text,
          ]
        }))
  }

  func addWishes() async throws {
    let ids = try products()
    if isGuest {
      try refuseLists()
      for (index, id) in ids.enumerated() {
        let product = try await desk.client.call(Catalogue.show, ProductAddress(product: id)).value
        guard product.status.isOnSale else { throw CommandFailure.other("\(product.title) is not for sale.") }
        // One after the other, also within a second.
        let moment = Timestamp(microseconds: HTTPDate.now * 1_000_000 + Int64(index))
        guard try desk.shelf.add(ProductCard(product), note: invocation.values["note"], at: moment) else {
          throw CommandFailure.other("Your list is full: it holds \(Wishlist.itemsMax) products.")
        }
        out.say("On your wishlist, kept on this computer: \(product.title)")
      }
      return
    }
    try await requireAccount()
    let target = invocation.values["list"] == nil ? nil : try await list(invocation.values["list"]).id
    for id in ids {
      let draft = WishDraft(product: id, wishlist: target, note: invocation.values["note"])
      try check(draft)
      let answer = try await desk.client.call(Wishes.add, draft)
      if out.isJSON { out.bytes(answer.bytes) } else { out.say("On your wishlist: \(answer.value.title)") }
    }
  }

  func removeWishes() async throws {
    let ids = try products()
    if isGuest {
      try refuseLists()
      for id in ids { try desk.shelf.remove(id) }
    } else {
      try await requireAccount()
      let target = invocation.values["list"] == nil ? nil : try await list(invocation.values["list"]).id
      for id in ids { _ = try await desk.client.call(Wishes.remove, WishChoice(product: id, wishlist: target)) }
    }
    out.say("Off your wishlist: \(Words.count(ids.count, "product", "products")).")
  }

  func listWishlists() async throws {
    try await requireAccount()
    let answer = try await lists()
    if out.isJSON { return out.bytes(answer.bytes) }
    out.table(
      TextTable(
        [.init("LIST", isFlexible: true), .init("PRODUCTS", .trailing), .init("LINK", isFlexible: true), .init("ID")],
        rows: answer.value.items.map { [$0.name, "\($0.itemCount)", link($0) ?? "", $0.id.text] }))
  }

  private func link(_ list: Wishlist) -> String? {
    list.share.map { "\(desk.server)\(Contract.basePath)/wishlists/\($0)" }
  }

  func createWishlist() async throws {
    try await requireAccount()
    let draft = WishlistDraft(name: invocation.operands[0])
    try check(draft)
    let answer = try await desk.client.call(Wishlists.create, draft)
    if out.isJSON { out.bytes(answer.bytes) } else { out.say("Begun: \(answer.value.name) (\(answer.value.id))") }
  }

  func renameWishlist() async throws {
    try await edit(try await owned(invocation.operands[0])) { $0.name = .set(invocation.operands[1]) }
  }

  func shareWishlist(_ isShared: Bool) async throws {
    try await edit(try await owned(invocation.operands.first)) { $0.isShared = .set(isShared) }
  }

  func deleteWishlist() async throws {
    let list = try await owned(invocation.operands[0])
    _ = try await desk.client.call(
      Wishlists.remove, WishlistPath(wishlist: list.id), CallOptions(version: list.version))
    out.say("Removed: \(list.name).")
  }

  private func owned(_ name: String?) async throws -> Wishlist {
    try await requireAccount()
    return try await list(name)
  }

  private func edit(_ list: Wishlist, _ change: (inout WishlistPatch) -> Void) async throws {
    var patch = WishlistPatch(wishlist: list.id)
    change(&patch)
    try check(patch)
    let answer = try await desk.client.call(Wishlists.edit, patch, CallOptions(version: list.version))
    if out.isJSON { return out.bytes(answer.bytes) }
    out.say(link(answer.value) ?? "\(answer.value.name) is not shared.")
  }

  // MARK: Looks and comparisons

  func listViews() async throws {
    let page: Page<SeenProduct>
    if isGuest {
      page = Page(items: try desk.shelf.looks())
    } else {
      _ = try requireSession()
      try await wishes.report()
      let answer = try await read(Views.list, ViewQuery(limit: 100))
      page = answer.value
    }
    if out.isJSON { return out.bytes(try JSONEncoder().encode(page)) }
    if page.items.isEmpty { return out.line("Nothing is kept.") }
    out.table(
      TextTable(
        [.init("PRODUCT", isFlexible: true), .init("PRICE", .trailing), .init("SEEN"), .init("ID")],
        rows: page.items.map { row in
          [
            row.card.title, Words.grouped(row.card.price.decimalText) + " \(row.card.price.currency)",
            Words.since(HTTPDate.now - row.seenAt.microseconds / 1_000_000), row.card.id.text,
          ]
        }))
  }

  func clearViews() async throws {
    if desk.key != nil { _ = try requireSession() }
    if let trouble = await wishes.forgetSeen() { throw CommandFailure.other(trouble) }
    out.say("What you looked at is forgotten.")
  }

  func compareProducts() async throws {
    guard let choice = ProductChoice(try products()) else {
      throw CommandFailure.usage("Name from two to six different products.")
    }
    let answer = try await read(Catalogue.compare, ComparisonQuery(ids: choice))
    if out.isJSON { return out.bytes(answer.bytes) }
    let comparison = answer.value
    out.table(
      TextTable(
        [.init("")] + comparison.items.map { .init($0.title, isFlexible: true) },
        rows: comparison.rows.map { row in
          [(row.isDifferent ? "≠ " : "  ") + WishWords.attribute(row.attribute)]
            + comparison.items.indices.map { WishWords.value(row, $0) }
        }))
  }
}
