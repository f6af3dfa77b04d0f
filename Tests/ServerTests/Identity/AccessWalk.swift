// SPDX-License-Identifier: GPL-3.0-or-later
import Drawing
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

/// Who calls in the walk: every standing that access distinguishes.
enum Walker: String, CaseIterable, Sendable {
  case nobody, buyer, owner, rival
  /// The owner's new session, whose second factor is still owed.
  case owing
  /// The owner, whose last proof is an hour old.
  case stale
  /// A seller of another shop who never turned two-factor on.
  case bare
  /// Administrators: of everything, and of support only.
  case admin, support
  /// Without a token, with a guest's pass.
  case guest
  /// Programs with keys of the owner: with every scope, and with every scope but the one that is asked for.
  case key, narrow

  func token(in market: TestMarket, _ things: WalkThings) -> String? {
    let now = SystemClock.timestamp()
    switch self {
    case .nobody, .guest: return nil
    case .key: return things.key
    case .narrow: return things.narrowKey
    case .buyer: return market.token(Principal(account: market.buyer, session: things.strangeSession, provenAt: now))
    case .owner:
      return market.token(
        Principal(account: market.seller, session: things.session, isSeller: true, hasTwoFactor: true, provenAt: now))
    case .rival:
      return market.token(
        Principal(
          account: market.rival, session: things.strangeSession, isSeller: true, hasTwoFactor: true, provenAt: now))
    case .owing:
      return market.token(
        Principal(account: market.seller, session: things.session, isSeller: true, hasTwoFactor: true))
    case .stale:
      return market.token(
        Principal(
          account: market.seller, session: things.session, isSeller: true, hasTwoFactor: true,
          provenAt: now.adding(seconds: -3600)))
    case .bare: return market.token(Principal(account: market.rival, session: things.strangeSession, isSeller: true))
    case .admin:
      return market.token(
        Principal(
          account: market.buyer, session: things.strangeSession, adminScopes: Set(AdminScope.allCases),
          hasTwoFactor: true, provenAt: now))
    case .support:
      return market.token(
        Principal(
          account: market.buyer, session: things.strangeSession, adminScopes: [.support], hasTwoFactor: true,
          provenAt: now))
    }
  }
}

/// What belongs to the owner and to nobody else: the things that the walk asks for.
struct WalkThings: Sendable {
  var product: Product.ID
  /// Something that waits for a moderator, and the item by which it does.
  var reviewed: Product.ID
  var item: ModerationItem.ID
  /// Two that are for sale.
  var forSale: [Product.ID]
  var address: Address.ID
  var wishlist: Wishlist
  /// A stranger's.
  var pass: String
  var session: OpenSession.ID
  var strangeSession: OpenSession.ID
  /// The owner.
  var account: Account.ID
  /// Keys of the owner: with all scopes, and without the one that the endpoint wants.
  var key: String
  var narrowKey: String
  /// A key that nobody calls with: the one that is revoked.
  var keyToRevoke: APIKey.ID
  let picture: [UInt8]

  init(_ market: TestMarket, _ endpoint: AnyEndpoint) async throws {
    account = market.seller
    try await market.buildIndex()
    // Who administers by a token must still do so where it counts what is true now.
    try await market.database.execute(WalkThings.administrator(market.buyer))
    key = try await market.makeKey(KeyScope.allCases).secret
    narrowKey = try await market.makeKey(KeyScope.allCases.filter { $0 != endpoint.traits.keys }).secret
    keyToRevoke = try await market.makeKey([.eventsRead]).key.id
    product = try await market.addProduct("WALK-1", status: .draft).id
    reviewed = try await market.addProduct("WALK-2", status: .draft).id
    item = .random()
    try await market.database.execute("update products set status = 'in_review' where id = \(reviewed.text)")
    try await market.database.execute(
      """
      insert into moderation_items (id, kind, subject, shop, due_at)
      select \(item.text), 'product', id, shop, now() from products where id = \(reviewed.text)
      """)
    try await WalkThings.propose(product, market)
    forSale = [try await market.addProduct("WALK-3").id, try await market.addProduct("WALK-4").id]
    let begun = try await market.call(Wishlists.create, WishlistDraft(name: "Walk"), as: market.seller)
    wishlist = try await market.call(
      Wishlists.edit, WishlistPatch(wishlist: begun.id, isShared: .set(true)), as: market.seller, match: "*")
    try await market.database.execute("create table kept_wishlists as select * from wishlists")
    let postal = PostalAddress(
      recipient: "Inês", lines: ["Rua 1"], city: "Porto", postalCode: "4050-600", country: .example)
    address = try await market.call(Addresses.add, AddressDraft(postal), as: market.seller).id
    try await market.database.execute("create table kept_addresses as select * from addresses")
    pass = try await market.call(Guests.begin, GuestDraft(email: .example)).token
    try await market.importer.drawing.start()
    picture = try await market.importer.drawing.render(
      svg: "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='60'/>", width: 90)
    session = .random()
    strangeSession = .random()
    for (id, account) in [(session, market.seller), (strangeSession, market.rival)] {
      try await market.database.execute(
        "insert into sessions (id, account, device) values (\(id.text), \(account.text), 'walk')")
    }
  }

  private static func administrator(_ account: Account.ID) -> SQL {
    "insert into admin_scopes (account, scope) values (\(account.text), 'config') on conflict do nothing"
  }

  private static func propose(_ product: Product.ID, _ market: TestMarket) async throws {
    try await market.database.execute(
      "insert into product_proposals (product, title) values (\(product.text), 'Other') on conflict do nothing")
  }

  /// Undoes what one walker may have done, so that the next finds the same.
  func restore(_ market: TestMarket) async throws {
    try await market.database.execute("update sessions set ended_at = null")
    try await market.database.execute("update api_keys set revoked_at = null")
    try await market.database.execute("delete from admin_scopes where account <> \(market.buyer.text)")
    try await market.database.execute(
      "delete from products where id not in (\(product.text), \(reviewed.text)) and id <> all (\(forSale.map(\.text)))")
    try await market.database.execute(
      "update products set status = 'draft', archived_from = null, status_reason = null, shop_status = 'approved' where id <> all (\(forSale.map(\.text)))"
    )
    try await market.database.execute("update products set shop_status = 'approved'")
    try await market.database.execute("update products set status = 'in_review' where id = \(reviewed.text)")
    try await WalkThings.propose(product, market)
    try await market.database.execute(
      """
      update moderation_items
      set closed_at = null, outcome = null, decided_by = null, reason = null, claimed_by = null, claimed_until = null
      where id = \(item.text)
      """)
    try await market.database.execute("update shops set status = 'approved', status_reason = null, trust = 'trusted'")
    try await market.database.execute("delete from wishlists")
    try await market.database.execute("insert into wishlists select * from kept_wishlists")
    try await market.database.execute("delete from addresses")
    try await market.database.execute("insert into addresses select * from kept_addresses")
  }

  /// A value for a place of a body that must fit what is there.
  func value(of member: String) -> JSONValue? {
    switch member {
    case "category": .string("jewellery/rings")
    case "product": .string(forSale[0].text)
    case "ids": .string(forSale.map(\.text).joined(separator: ","))
    default: nil
    }
  }

  /// The owner's thing for a place of a path. A new kind of thing is added here.
  func name(of place: String) -> String? {
    switch place {
    case "product": product.text
    case "item": item.text
    case "shop": TestMarket.shop
    case "address": address.text
    case "wishlist": wishlist.id.text
    case "share": wishlist.share
    case "slug": TestMarket.shop
    case "session": session.text
    case "key": keyToRevoke.text
    case "account": account.text
    default: nil
    }
  }
}

extension TestMarket {
  /// The status that a walker gets for an endpoint's example, asked of the owner's things.
  func walk(_ endpoint: AnyEndpoint, as walker: Walker, _ things: WalkThings) async throws -> Int {
    guard
      case .object(var members) = try JSONDecoder().decode(
        JSONValue.self, from: try endpoint.encodedExampleInput())
    else { return 0 }
    for index in members.indices {
      let isPlace =
        endpoint.path.placeNames.contains(members[index].0)
        || ["session", "key", "wishlist"].contains(members[index].0)
      if let name = things.name(of: members[index].0), isPlace {
        members[index].1 = .string(name)
      } else if let value = things.value(of: members[index].0) {
        members[index].1 = value
      }
    }
    let sent = try Wire(endpoint, members)
    var headers: [String: String] = [:]
    if let token = walker.token(in: self, things) { headers["Authorization"] = "Bearer \(token)" }
    if walker == .guest { headers[GuestPass.header] = things.pass }
    if endpoint.traits.requiresMatch { headers["If-Match"] = "*" }
    if endpoint.traits.idempotency != .none { headers["Idempotency-Key"] = "walk-\(walker.rawValue)" }
    let method = HTTPMethod(rawValue: endpoint.method.rawValue)
    if case .file = endpoint.traits.body {
    } else {
      return try await ask(method, sent.address, headers, json: sent.body).status
    }
    headers["Content-Type"] = "image/png"
    let file = try SpooledFile(directory: configuration.uploadDirectory)
    try soukd.Files.write(things.picture, to: file.path)
    return try await ask(method, sent.address, headers, file: file).status
  }
}

extension AnyEndpoint {
  fileprivate func encodedExampleInput() throws -> [UInt8] { try JSONEncoder().encode(exampleInput) }
}
