// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Postgres

/// Wishlists and what is on them. Every change holds its account, so that no list and no account has more than it may,
/// whatever happens at the same time.
struct WishBook: Sendable {
  let database: Database
  let cursors: CursorSeal

  // MARK: Lists

  func lists(_ call: Call) async throws -> Reply<Page<Wishlist>> {
    let account = call.account
    var lists = try await database.reads.query(WishQueries.lists(of: account), WishQueries.readList(of: account))
    let first = lists.firstIndex(where: \.isDefault).map { lists.remove(at: $0) }
    lists.insert(first ?? unbegun(account), at: 0)
    return .value(Page(items: lists))
  }

  /// The default list of an account that has put nothing on it yet.
  private func unbegun(_ account: Account.ID) -> Wishlist {
    Wishlist(id: Wishlist.defaultID(of: account), name: Wishlist.defaultName, isDefault: true, itemCount: 0)
  }

  func create(_ draft: WishlistDraft, _ call: Call, _ transaction: Transaction) async throws -> Reply<Wishlist> {
    try await AccountLock.take(call.account, in: transaction)
    let lists = try await transaction.query(
      WishQueries.lists(of: call.account), WishQueries.readList(of: call.account))
    // The default one counts whether or not it has begun.
    if lists.count(where: { !$0.isDefault }) + 1 >= Wishlist.countMax { throw WishlistsFull() }
    try refuseTaken(draft.name, by: lists)
    let id = Wishlist.ID.random()
    try await transaction.execute(WishQueries.begin(id, draft.name, of: call.account))
    let list = try await find(id, call.account, transaction)
    return .value(
      list, tag: EntityTag(version: list.version), location: "\(Contract.basePath)/me/wishes?wishlist=\(id)")
  }

  func edit(_ patch: WishlistPatch, _ call: Call, _ transaction: Transaction) async throws -> Reply<Wishlist> {
    try await AccountLock.take(call.account, in: transaction)
    var list = try await begun(patch.wishlist, call.account, transaction)
    guard call.match.allows(list.version) else { throw VersionMismatch() }
    if let name = patch.name.newValue, name != list.name {
      let lists = try await transaction.query(
        WishQueries.lists(of: call.account), WishQueries.readList(of: call.account))
      try refuseTaken(name, by: lists)
      list.name = name
    }
    if let isShared = patch.isShared.newValue {
      // 160 bits: nobody comes upon a list by trying.
      list.share = isShared ? list.share ?? RandomID.make() + RandomID.make() : nil
    }
    try await transaction.execute(WishQueries.update(list, of: call.account))
    let written = try await find(list.id, call.account, transaction)
    return .value(written, tag: EntityTag(version: written.version))
  }

  func remove(_ input: WishlistPath, _ call: Call, _ transaction: Transaction) async throws -> Reply<Nothing> {
    try await AccountLock.take(call.account, in: transaction)
    let list = try await begun(input.wishlist, call.account, transaction)
    guard call.match.allows(list.version) else { throw VersionMismatch() }
    try await transaction.execute(WishQueries.delete(list.id, of: call.account))
    return .nothing
  }

  private func refuseTaken(_ name: String, by lists: [Wishlist]) throws {
    if lists.contains(where: { $0.name == name }) {
      throw InvalidInput([FieldError("/name", "taken", "Another of your wishlists is called so already.")])
    }
  }

  private func find(_ id: Wishlist.ID, _ account: Account.ID, _ runner: some SQLRunner) async throws -> Wishlist {
    let list = try await runner.first(WishQueries.list(id, of: account), WishQueries.readList(of: account))
    guard let list else { throw NotFound() }
    return list
  }

  /// A list; the default one is begun when it is wanted first.
  private func begun(_ id: Wishlist.ID, _ account: Account.ID, _ transaction: Transaction) async throws -> Wishlist {
    if id == Wishlist.defaultID(of: account) {
      try await transaction.execute(WishQueries.begin(id, Wishlist.defaultName, of: account))
    }
    return try await find(id, account, transaction)
  }

  // MARK: What is on them

  func wishes(_ query: WishQuery, _ call: Call) async throws -> Reply<Page<Wish>> {
    let id = query.wishlist ?? Wishlist.defaultID(of: call.account)
    let after = try place(query.cursor, on: id)
    if id != Wishlist.defaultID(of: call.account) { _ = try await find(id, call.account, database.reads) }
    let limit = query.limit ?? PageLimit.standard
    var rows = try await database.query(
      WishQueries.wishes(on: id, of: call.account, after: after, limit: limit + 1), WishRow.init)
    let hasMore = rows.count > limit
    if hasMore { rows.removeLast() }
    let last = hasMore ? rows.last : nil
    let next = last.map { cursor(on: id, $0.wish.addedAt, $0.wish.product.text) }
    return .ready(PageBytes.make(try rows.map { try $0.bytes() }, nextCursor: next))
  }

  func add(_ draft: WishDraft, _ call: Call, _ transaction: Transaction) async throws -> Reply<Wish> {
    let account = call.account
    try await AccountLock.take(account, in: transaction)
    let list = try await begun(draft.wishlist ?? Wishlist.defaultID(of: account), account, transaction)
    let known = WishQueries.wish(for: draft.product, on: list.id, of: account)
    if try await transaction.first(known, WishRow.init) != nil {
      if let note = draft.note {
        try await transaction.execute(WishQueries.note(note, for: draft.product, on: list.id, of: account))
      }
    } else {
      if list.itemCount >= Wishlist.itemsMax { throw WishlistFull() }
      let count = try await transaction.execute(WishQueries.add(draft, to: list.id, of: account))
      if count == 0 { throw NotFound() }
    }
    guard let row = try await transaction.first(known, WishRow.init) else { throw NotFound() }
    return .ready(try row.bytes())
  }

  func remove(_ choice: WishChoice, _ call: Call, _ transaction: Transaction) async throws -> Reply<Nothing> {
    let id = choice.wishlist ?? Wishlist.defaultID(of: call.account)
    if id != Wishlist.defaultID(of: call.account) { _ = try await find(id, call.account, transaction) }
    try await transaction.execute(WishQueries.remove(choice.product, from: id, of: call.account))
    return .nothing
  }

  // MARK: For whoever has a link

  func shared(_ query: SharedWishlistQuery) async throws -> Reply<SharedWishlist> {
    let list = try await database.reads.first(WishQueries.shared(query.share)) { row in
      (id: try row.nextID() as Wishlist.ID, name: try row.next(String.self))
    }
    guard let list else { throw NotFound() }
    let after = try place(query.cursor, on: list.id)
    let limit = query.limit ?? PageLimit.standard
    var rows = try await database.query(WishQueries.sharedItems(on: list.id, after: after, limit: limit + 1)) { row in
      (at: try row.nextTimestamp(), product: try row.next(String.self), card: try row.next([UInt8].self))
    }
    let hasMore = rows.count > limit
    if hasMore { rows.removeLast() }
    let last = hasMore ? rows.last : nil
    return .ready(
      try SharedBytes.make(list.name, rows.map(\.card), next: last.map { cursor(on: list.id, $0.at, $0.product) }))
  }

  // MARK: Places

  private func cursor(on id: Wishlist.ID, _ at: Timestamp, _ product: String) -> String {
    cursors.seal([String(at.microseconds), product], question: "wishes\n\(id)")
  }

  private func place(_ cursor: String?, on id: Wishlist.ID) throws -> (microseconds: Int64, product: String)? {
    try cursors.open(cursor, question: "wishes\n\(id)", count: 2).map { values in
      guard let microseconds = Int64(values[0]) else { throw InvalidCursor() }
      return (microseconds, values[1])
    }
  }
}
