// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Who is signed in; else, who of the demo market one may be.
struct AccountScreen: Screen {
  let title = "Account"
  let moves = Moves.list
  private(set) var list = ListState(count: DemoSignIn.Person.allCases.count)
  private(set) var isSigningIn = false
  private(set) var refusal: String?

  static let people: [(DemoSignIn.Person, String, String)] = [
    (.seller, "Seller", "runs a shop: products, prices, stock"),
    (.buyer, "Buyer", "browses and buys"),
    (.admin, "Administrator", "keeps the market in order"),
  ]

  mutating func open(_ context: Context) -> [Step] { [] }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    if context.session != nil {
      let isSeller = context.shop != nil
      return KeyTable([
        Action(
          .sell, name: "to-shop", keys: [.enter], title: "Run my shop", hint: "my shop",
          availability: isSeller ? .enabled : .hidden),
        Action(.signOut, name: "sign-out", keys: [Key("o")], title: "Sign out", hint: "sign out"),
      ])
    }
    return KeyTable([
      Action(.open, name: "sign-in", keys: [.enter], title: "Sign in as this person", hint: "sign in"),
      Action(.signInSeller, name: "as-seller", keys: [], title: "Sign in as the seller"),
      Action(.signInBuyer, name: "as-buyer", keys: [], title: "Sign in as the buyer"),
      Action(.signInAdmin, name: "as-admin", keys: [], title: "Sign in as the administrator"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .open: return list.selectedIndex.map { signIn(AccountScreen.people[$0].0) } ?? []
    case .signInSeller: return signIn(.seller)
    case .signInBuyer: return signIn(.buyer)
    case .signInAdmin: return signIn(.admin)
    case .signOut:
      let unsent = context.queue.count
      if unsent == 0 { return [.perform(.signOut)] }
      let dialog = Dialog(
        title: "Sign out?",
        message:
          "\(Words.count(unsent, "change has", "changes have")) not gone out yet. They wait until you sign in again.",
        confirmTitle: "Sign out", cancelTitle: "Stay")
      return [.ask(dialog, then: [.perform(.signOut)])]
    default: return []
    }
  }

  private mutating func signIn(_ person: DemoSignIn.Person) -> [Step] {
    isSigningIn = true
    refusal = nil
    return [.perform(.signIn(person))]
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    if context.session != nil { return nil }
    switch list.handle(key) {
    case .moved: return []
    case .activated: return perform(.open, context)
    case .marked, .ignored: return nil
    }
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    if case .refusedSignIn(let why) = message {
      isSigningIn = false
      refusal = why
    }
    return []
  }

  private static let listTop = 3

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    guard context.session == nil, event.action == .press else { return [] }
    var rows = area
    _ = rows.takeTop(AccountScreen.listTop)
    if case .activated = list.click(event.at, in: rows) { return perform(.open, context) }
    return []
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    var rest = area
    if let session = context.session { return draw(session.account, context, in: area, on: &canvas) }
    canvas.put("Sign in to the demo market", in: rest.takeTop(1), .heading)
    canvas.put("Choose who you are. There are no passwords here.", in: rest.takeTop(1), .muted)
    _ = rest.takeTop(1)
    let people = rest.takeTop(AccountScreen.people.count)
    ListView { index in
      let (_, name, what) = AccountScreen.people[index]
      return [Span(SafeText.padded(name, to: 16), .title), Span(what, .muted)]
    }.draw(list, in: people, on: &canvas)
    _ = rest.takeTop(1)
    if isSigningIn { canvas.put("Signing in…", in: rest.takeTop(1), .muted) }
    if let refusal {
      for line in Wrapping.lines([Span("\(canvas.glyphs.cross) \(refusal)", .bad)], width: rest.width) {
        let row = rest.takeTop(1)
        canvas.put(line, x: row.x, y: row.y, columnsMax: row.width)
      }
    }
  }

  private func draw(_ account: Account, _ context: Context, in area: Rect, on canvas: inout Canvas) {
    var rest = area
    canvas.put(account.name, in: rest.takeTop(1), .heading)
    _ = rest.takeTop(1)
    let shops = account.shops.map(\.name).joined(separator: ", ")
    KeyValuePane([
      ("Roles", [Span(account.roles.map(\.rawValue).joined(separator: ", "))]),
      ("Shops", [Span(shops.isEmpty ? "none" : shops)]), ("Id", [Span(account.id.text, .muted)]),
      ("Server", [Span(context.server, .muted)]),
    ]).draw(in: rest, on: &canvas)
  }
}
