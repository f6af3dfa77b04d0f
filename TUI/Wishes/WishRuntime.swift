// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import Market

/// Does what screens and commands want done about wishes and looks: for an account at the server, for a guest on this
/// computer.
struct WishRuntime: Sendable {
  let desk: Desk
  private var client: MarketClient { desk.client }

  private var now: Timestamp { Timestamp(microseconds: HTTPDate.now * 1_000_000) }

  // MARK: Wishes

  /// Brings a guest's wishes into the account, the oldest first. Each leaves this computer only when the account has it,
  /// and the account takes one that it has only once: nothing is lost or doubled wherever this stops.
  func join() async throws -> WishJoin {
    var join = WishJoin()
    guard desk.session != nil else { return join }
    let shelf = try desk.guestShelf()
    let wishes = try shelf.wishes().reversed()
    for (index, wish) in wishes.enumerated() {
      do throws(ClientFailure) {
        _ = try await client.call(
          Wishes.add, WishDraft(product: wish.product, note: wish.note, addedAt: wish.addedAt))
        join.joined += 1
      } catch {
        guard error.problemCode == .notFound else {
          join.left = wishes.count - index
          break
        }
        join.gone += 1
      }
      try shelf.remove(wish.product)
    }
    return join
  }

  /// What is on the default list.
  func known() async throws -> Set<Product.ID> {
    guard desk.session != nil else { return Set(try desk.shelf.wishes().map(\.product)) }
    var (known, cursor) = (Set<Product.ID>(), String?.none)
    repeat {
      let page = try await client.call(Wishes.list, WishQuery(limit: 100, cursor: cursor), mode: .reload).value
      known.formUnion(page.items.map(\.product))
      cursor = page.nextCursor
    } while cursor != nil
    return known
  }

  /// Nil when it was done, else why not.
  func set(_ target: WishTarget, isOn: Bool) async -> String? {
    do {
      if desk.session == nil { return try setHere(target, isOn: isOn) }
      if isOn {
        _ = try await client.call(Wishes.add, WishDraft(product: target.product, wishlist: target.list))
      } else {
        _ = try await client.call(Wishes.remove, WishChoice(product: target.product, wishlist: target.list))
      }
      return nil
    } catch { return (error as? ClientFailure)?.words ?? "\(error)" }
  }

  func edit(_ patch: WishlistPatch, version: Int) async -> WishNews {
    do throws(ClientFailure) {
      let answer = try await client.call(Wishlists.edit, patch, CallOptions(version: version))
      return .listEdited(answer.value, trouble: nil)
    } catch { return .listEdited(nil, trouble: error.words) }
  }

  private func setHere(_ target: WishTarget, isOn: Bool) throws -> String? {
    if !isOn {
      try desk.shelf.remove(target.product)
    } else if let card = target.card, try !desk.shelf.add(card, at: now) {
      return "Your list is full: it holds \(Wishlist.itemsMax) products."
    }
    return nil
  }

  /// Asks how a guest's wishes are now. Ends early when the server is away: what is known stays.
  func refreshShelf() async throws {
    for wish in try desk.shelf.wishes() {
      var now: ProductCard?
      do throws(ClientFailure) {
        let product = try await client.call(Catalogue.show, ProductAddress(product: wish.product)).value
        if product.status.isOnSale { now = ProductCard(product) }
      } catch {
        guard error.problemCode == .notFound else { return }
      }
      try desk.shelf.update(wish.product, to: now)
    }
  }

  // MARK: Looks

  func note(_ card: ProductCard) throws {
    try desk.shelf.look(at: card, now)
    if desk.session == nil { try desk.shelf.update(card.id, to: card) }
  }

  /// Tells the server of an account's looks. Without consent it keeps none, and neither does this computer then.
  func report() async throws {
    guard desk.session != nil else { return }
    while true {
      let views = try desk.shelf.looks().prefix(ViewReport.countAllowed.upperBound).map {
        ProductView(product: $0.card.id, seenAt: $0.seenAt)
      }
      if views.isEmpty { return }
      _ = try await client.call(Views.report, ViewReport(views: views))
      try desk.shelf.forget(views)
    }
  }

  func forgetSeen() async -> String? {
    do {
      try desk.shelf.forgetLooks()
      if desk.session != nil { _ = try await client.call(Views.clear, Nothing()) }
      return nil
    } catch { return (error as? ClientFailure)?.words ?? "\(error)" }
  }
}
