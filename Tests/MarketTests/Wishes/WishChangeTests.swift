// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Market

struct WishChangeTests {
  private static let usd = Currency("USD") ?? .eur

  @Test(arguments: [
    (WishLook(price: Money(100, .eur), isSoldOut: false), []),
    (WishLook(price: Money(99, .eur), isSoldOut: false), [WishChange.priceLower]),
    (WishLook(price: Money(101, .eur), isSoldOut: true), [.priceHigher, .soldOut]),
    (WishLook(price: Money(50, usd), isSoldOut: false), []),
    (nil, [.gone]),
  ]) func `what has changed since it was put on the list`(now: WishLook?, changes: [WishChange]) {
    #expect(WishChange.since(WishLook(price: Money(100, .eur), isSoldOut: false), now: now) == changes)
  }

  @Test func `what was sold out then is not news, and what is back is`() {
    let then = WishLook(price: Money(100, .eur), isSoldOut: true)
    #expect(WishChange.since(then, now: then) == [])
    #expect(WishChange.since(then, now: WishLook(price: Money(100, .eur), isSoldOut: false)) == [.backInStock])
  }

  @Test func `the default list of an account is always the same one`() {
    let account = Account.ID(body: "abcdefgh01234567")
    #expect(Wishlist.defaultID(of: account).text == "wsl_abcdefgh01234567")
  }

  @Test func `of several views of a product the latest counts, and none is of the future`() {
    let (a, b) = (Product.ID(body: "000000000000000a"), Product.ID(body: "000000000000000b"))
    func at(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: seconds * 1_000_000) }
    let views = [(a, 5), (b, 7), (a, 99), (a, 3)].map { ProductView(product: $0.0, seenAt: at($0.1)) }
    #expect(
      ProductView.newest(of: views, now: at(10)) == [
        ProductView(product: a, seenAt: at(10)), ProductView(product: b, seenAt: at(7)),
      ])
  }
}
