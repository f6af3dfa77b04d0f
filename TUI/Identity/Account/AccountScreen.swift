// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Who is signed in, and everything about the account: a list of its parts beside the one that is open.
struct AccountScreen: Screen {
  let title = "Account"
  var panes: [any Screen]
  private(set) var menu: ListState
  private(set) var isInPane = false
  private var opened: Set<Int> = [0]

  /// Opens at a part, or in it.
  init(at index: Int = 0, isInPane: Bool = false) {
    panes = [
      ProfilePane(), ContactsPane(), AddressesPane(), SessionsPane(), TwoFactorPane(), ConsentsPane(),
      NotificationsPane(), KeysPane(),
    ]
    menu = ListState(count: panes.count)
    menu.select(index)
    self.isInPane = isInPane
  }

  private var index: Int { menu.selectedIndex ?? 0 }
  private var pane: any Screen { panes[index] }

  var isTyping: Bool { isInPane && pane.isTyping }
  var isWaiting: Bool { pane.isWaiting }
  var moves: Moves { isInPane ? pane.moves : .list }

  mutating func open(_ context: Context) -> [Step] { panes[0].open(context) }

  /// Opens the part that the caret of the list is on, when it is seen for the first time.
  private mutating func show(_ context: Context) -> [Step] {
    opened.insert(index).inserted ? panes[index].open(context) : []
  }

  // MARK: Keys

  func actions(_ context: Context) -> KeyTable<ActionID> {
    let owes = context.session?.secondFactor == .owed
    var own = [
      Action<ActionID>(
        .prove, name: "prove", keys: [Key("p")], title: "Give the second factor", hint: owes ? "second factor" : nil,
        availability: owes ? .enabled : .hidden),
      Action(.signOut, name: "sign-out", keys: [Key("o")], title: "Sign out", hint: isInPane ? nil : "sign out"),
    ]
    if !isInPane {
      let enter = Action<ActionID>(
        .nextPane, name: "into-pane", keys: [.enter, .tab, .right], title: "Into \(pane.title)",
        hint: "into \(pane.title.lowercased())")
      return KeyTable([enter] + own + [refresh])
    }
    own.append(
      Action(.stepBack, name: "out-of-pane", keys: [.escape, .backTab], title: "Back to the list", hint: "back"))
    return pane.actions(context).over(KeyTable(own))
  }

  private var refresh: Action<ActionID> {
    Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask again")
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .nextPane where !isInPane:
      isInPane = true
      return []
    case .stepBack where isInPane && !pane.isTyping:
      isInPane = false
      return []
    case .prove: return [.prove(.secondFactor)]
    case .signOut: return signOut(context)
    case .refresh: return opened.sorted().flatMap { panes[$0].perform(.refresh, context) }
    default: return panes[index].perform(action, context)
    }
  }

  private func signOut(_ context: Context) -> [Step] {
    let unsent = context.queue.count
    if unsent == 0 { return [.perform(.identity(.signOut))] }
    let dialog = Dialog(
      title: "Sign out?",
      message:
        "\(Words.count(unsent, "change has", "changes have")) not gone out yet. They wait until you sign in again.",
      confirmTitle: "Sign out", cancelTitle: "Stay")
    return [.ask(dialog, then: [.perform(.identity(.signOut))])]
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    if isInPane { return panes[index].handle(key, context) }
    switch menu.handle(key) {
    case .moved: return show(context)
    case .activated: return perform(.nextPane, context)
    case .marked:
      menu.clearMarks()
      return nil
    case .ignored: return nil
    }
  }

  mutating func paste(_ text: String, _ context: Context) -> [Step] {
    isInPane ? panes[index].paste(text, context) : []
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    panes.indices.flatMap { panes[$0].receive(message, context) }
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    guard event.action == .press else { return [] }
    let (list, body) = AccountScreen.split(area)
    if list.contains(event.at) {
      isInPane = false
      _ = menu.click(event.at, in: list)
      return show(context)
    }
    guard body.contains(event.at) else { return [] }
    isInPane = true
    return panes[index].click(event, in: body, context)
  }

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    let (list, body) = AccountScreen.split(area)
    menu.setHeight(list.height)
    return panes.indices.flatMap { panes[$0].resize(to: body, context) }
  }

  func keepDrafts() -> [Step] { panes.flatMap { $0.keepDrafts() } }

  // MARK: Drawing

  private static let menuWidth = 18

  /// The list and the part; narrow windows give the part everything below the list.
  private static func split(_ area: Rect) -> (list: Rect, body: Rect) {
    var rest = area
    let list = rest.takeLeft(min(menuWidth, area.width / 3))
    _ = rest.takeLeft(3)
    return (list, rest)
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    let (list, body) = AccountScreen.split(area)
    ListView(isFocused: !isInPane) { [Span(panes[$0].title)] }.draw(menu, in: list, on: &canvas)
    for y in area.y..<area.bottom { canvas.put(canvas.glyphs.vertical, x: list.right + 1, y: y, .border) }
    canvas.clipped(to: body) { pane.draw(in: body, on: &$0, context) }
  }
}
