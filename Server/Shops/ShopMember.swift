// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Who asks for what is a shop's: a member, by a session for all of their shops, by an API key perhaps for one.
///
/// Queries bind `m.account = \(member.account.text) \(member.limit)` on the row of shop_members that they call m.
struct ShopMember: Sendable {
  var account: Account.ID
  var onlyShop: Shop.ID?

  init(account: Account.ID, onlyShop: Shop.ID? = nil) {
    self.account = account
    self.onlyShop = onlyShop
  }

  init(_ principal: Principal) { self.init(account: principal.account, onlyShop: principal.key?.shop) }

  /// What a key adds to the condition.
  var limit: SQL { onlyShop.map { "and m.shop = \($0.text)" } ?? "" }
}
