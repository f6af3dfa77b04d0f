// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// What a person is here for.
enum Workspace: Sendable, Equatable, CaseIterable {
  case buy, sell, moderate, manage

  var title: String {
    switch self {
    case .buy: "Buy"
    case .sell: "Sell"
    case .moderate: "Moderate"
    case .manage: "Manage"
    }
  }

  var sections: [Section] {
    switch self {
    case .buy: [.browse, .shops, .account]
    case .sell: [.products, .myShop, .queue, .account]
    case .moderate: [.moderation, .account]
    case .manage: [.audit, .account]
    }
  }

  /// Whether it is somebody's.
  func isOpen(to account: Account?) -> Bool {
    switch self {
    case .buy: true
    case .sell: account?.shops.isEmpty == false
    case .moderate: account?.adminScopes.contains(.moderation) == true
    case .manage: account?.adminScopes.contains(.config) == true
    }
  }

  /// The one after it that is somebody's.
  func next(for account: Account?) -> Workspace {
    let open = Workspace.allCases.filter { $0.isOpen(to: account) }
    let index = open.firstIndex(of: self) ?? 0
    return open[(index + 1) % open.count]
  }
}

/// A page of a workspace that is always one key away.
enum Section: Sendable, Hashable {
  case browse, shops, products, myShop, queue, moderation, audit, account

  var title: String {
    switch self {
    case .browse: "Browse"
    case .shops: "Shops"
    case .products: "Products"
    case .myShop: "My shop"
    case .queue: "Unsent"
    case .moderation: "Moderation"
    case .audit: "Audit"
    case .account: "Account"
    }
  }
}
