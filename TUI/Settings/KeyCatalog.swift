// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// The key tables of every place of the full screen, to check a person's own keys against before they are used.
enum KeyCatalog {
  /// A place and its tables, the nearest first: where two use a key, the nearer one has it.
  struct Place: Sendable {
    var name: String
    var isTyping = false
    var tables: [KeyTable<ActionID>]
  }

  static let places: [Place] = {
    let account = Account(
      id: .example, name: "", roles: [.buyer, .seller, .admin], adminScopes: [.config],
      shops: [ShopReference(slug: "a-shop", name: "")])
    var signedIn = Context()
    signedIn.session = Session(
      session: .example, accessToken: "", expiresAt: .example, refreshToken: "", account: account, secondFactor: .off)
    var moderating = signedIn
    moderating.session?.account.adminScopes = [.moderation]
    let shop = account.shops[0]
    let item = ModerationItem(
      id: .example, kind: .shop, title: "", shop: shop, shopStatus: .submitted, trust: .new, product: nil,
      openedAt: .example, dueAt: .example, claim: nil, version: 1)
    let link = DeviceGrant(
      deviceCode: "", userCode: "", verificationURI: "", verificationURIComplete: "",
      expiresAt: Timestamp(microseconds: 0), interval: 5)
    let newKey = NewAPIKey(
      secret: "",
      key: APIKey(id: .example, name: "", beginning: "", scopes: [], createdAt: Timestamp(microseconds: 0)))
    func place(
      _ name: String, _ screen: any Screen, _ context: Context = signedIn, _ workspace: Workspace = .buy, depth: Int = 1
    ) -> Place {
      let outer = AppKeys.table(context, workspace: workspace, depth: depth, hasUndo: true)
      return Place(
        name: name, isTyping: screen.isTyping,
        tables: [screen.actions(context), AppKeys.moves(screen.moves), outer])
    }
    var cell = place("a cell of Products", ProductTable(shop: shop), signedIn, .sell)
    cell.isTyping = true
    cell.tables[0] = ProductTable.cellActions(other: "stock")
    return [
      place("Browse", BrowseScreen()), place("a product", ProductScreen(id: .example), depth: 2),
      place("Shops", ShopsScreen()), place("a shop", ShopScreen(shop), depth: 2),
      place("Products", ProductTable(shop: shop), signedIn, .sell),
      cell, place("the form of a product", ProductEditor(product: nil, shop: shop), signedIn, .sell, depth: 2),
      place("Unsent", QueueScreen(), signedIn, .sell), place("Audit", AuditScreen(), signedIn, .manage),
      place("Moderation", ModerationScreen(), moderating, .moderate),
      place("an item of Moderation", ReviewScreen(item, queue: []), moderating, .moderate, depth: 2),
      place("Wishlist", WishesScreen(), depth: 2), place("Recently viewed", WishesScreen(showsSeen: true), depth: 2),
      place("Compare", CompareScreen(.example), depth: 2),
      place("Account", AccountScreen()),
      place("signing in", SignInScreen(), Context()),
      place("the contact to sign in with", SignInScreen(at: .contact), Context()),
      place("the code to sign in with", SignInScreen(at: .code), Context()),
      place("a link to sign in by", SignInScreen(at: .link(link, LinkPace(intervalSeconds: 5))), Context()),
      place("an address", AddressEditor(nil), depth: 2),
      place("a new API key", KeyEditor(shops: account.shops), depth: 2),
      place("an API key that was made", KeyEditor(shops: account.shops, made: newKey), depth: 2),
    ]
      + AccountScreen().panes.indices.map { index in
        let screen = AccountScreen(at: index, isInPane: true)
        return place("\(screen.panes[index].title) of Account", screen)
      }
  }()

  /// Every action by its name, in the order of the places.
  static let names: [String] = {
    var seen = Set<String>()
    // What only says which keys a form has cannot be bound.
    let actions = places.flatMap(\.tables).flatMap(\.actions).filter { $0.id != .move }
    return actions.map(\.name).filter { seen.insert($0).inserted }
  }()

  /// Own keys that cannot do what they are meant to.
  struct Conflict: Sendable, Hashable, CustomStringConvertible {
    var action: String
    var description: String
  }

  static func conflicts(_ keys: [String: [Key]]) -> [Conflict] {
    if keys.isEmpty { return [] }
    var found: [Conflict] = []
    for place in places {
      let actions = place.tables.flatMap(\.actions)
      for action in actions {
        for key in keys[action.name] ?? [] {
          if place.isTyping, key.text != nil, place.tables[0].actions.contains(where: { $0.name == action.name }) {
            found.append(Conflict(action: action.name, description: "\(key) is typed as text in \(place.name)"))
            continue
          }
          let others = actions.filter { $0.name != action.name && (keys[$0.name] ?? $0.keys).contains(key) }.map(\.name)
          // Of two own keys it is enough to name the pair once.
          if let other = others.first(where: { keys[$0] == nil || action.name < $0 }) {
            found.append(
              Conflict(
                action: action.name,
                description: keys[other] == nil
                  ? "\(key) for \(action.name) takes the key of \(other) in \(place.name)"
                  : "\(key) is for \(action.name) and for \(other) in \(place.name)"))
          }
        }
      }
    }
    var seen = Set<Conflict>()
    return found.filter { seen.insert($0).inserted }
  }
}
