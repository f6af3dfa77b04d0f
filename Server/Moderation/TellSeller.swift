// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Tells a shop's owners by mail what was decided, each in the language of their profile.
struct TellSeller: Job {
  static let kind = "moderation.tell_seller"
  var shop: Shop.ID
  var notice: SellerNotice

  init(shop: Shop.ID, _ notice: SellerNotice) {
    self.shop = shop
    self.notice = notice
  }

  func run(_ database: Database, _ post: Post, _ accounts: Accounts) async throws {
    // Owner: the shop's owners, who are told.
    let owners = try await database.query(
      """
      select m.account, s.name, f.language
      from shop_members m
        join shops s on s.id = m.shop
        left join profiles f on f.account = m.account
      where m.shop = \(shop.text) and m.role = 'owner'
      order by m.account
      """
    ) { row in
      (account: try row.nextID() as Account.ID, shop: try row.next(String.self), language: try row.next(String?.self))
    }
    for owner in owners {
      let language = owner.language.flatMap(Language.init(rawValue:)) ?? .english
      let message = SellerMessage(notice, shop: owner.shop, in: language)
      for case .email(let address) in try await accounts.contacts(of: owner.account, in: database) {
        try await post.mail(to: address, subject: message.subject, text: message.text)
      }
    }
  }
}
