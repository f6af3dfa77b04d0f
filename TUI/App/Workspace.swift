// SPDX-License-Identifier: GPL-3.0-or-later

/// What a person is here for.
enum Workspace: Sendable, Equatable {
  case buy, sell

  var title: String { self == .buy ? "Buy" : "Sell" }
  var sections: [Section] {
    switch self {
    case .buy: [.browse, .shops, .account]
    case .sell: [.products, .myShop, .queue, .account]
    }
  }
}

/// A page of a workspace that is always one key away.
enum Section: Sendable, Hashable {
  case browse, shops, products, myShop, queue, account

  var title: String {
    switch self {
    case .browse: "Browse"
    case .shops: "Shops"
    case .products: "Products"
    case .myShop: "My shop"
    case .queue: "Unsent"
    case .account: "Account"
    }
  }
}
