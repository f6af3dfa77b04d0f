// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// The API keys of the account.
struct KeysPane: Screen {
  let moves = Moves.list
  var isWaiting: Bool { phase == .loading }
  let title = "API keys"
  private(set) var keys: [APIKey] = []
  private(set) var list = ListState()
  private(set) var phase = Phase.loading

  static let slot = "keys"

  mutating func open(_ context: Context) -> [Step] { [.perform(.load(slot: KeysPane.slot, .keys, reload: false))] }

  private var current: APIKey? { list.selectedIndex.map { keys[$0] } }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    let isFull = keys.count >= APIKey.countMax
    return KeyTable([
      Action(
        .create, name: "new-key", keys: [Key("c")], title: "Make an API key", hint: "make one",
        availability: isFull ? .disabled(reason: "you have as many as there may be") : .enabled),
      Action(
        .revoke, name: "revoke-key", keys: [Key("D")], title: "Revoke this key", hint: "revoke",
        availability: current == nil ? .disabled(reason: "there is no key here") : .enabled),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask again", hint: "refresh"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .create: return [.go(.newKey)]
    case .revoke: return current.map(askToRevoke) ?? []
    case .refresh: return [.perform(.load(slot: KeysPane.slot, .keys, reload: true))]
    default: return []
    }
  }

  private func askToRevoke(_ key: APIKey) -> [Step] {
    let dialog = Dialog(
      title: "Revoke this key?", message: "Whatever uses \(key.name) is refused within a minute, and for good.",
      confirmTitle: "Revoke it", cancelTitle: "Keep it")
    return [.ask(dialog, then: [.perform(.identity(.account(.revokeKey(key.id))))])]
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    switch list.handle(key) {
    case .moved, .activated: return []
    case .marked:
      list.clearMarks()
      return nil
    case .ignored: return nil
    }
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(KeysPane.slot, _, .content(.keys(let found), let freshness)):
      keys = found
      list.count = found.count
      phase = .shown(freshness)
    case .loaded(KeysPane.slot, _, .failed(let failure)): phase = .failed(failure)
    case .identity(.account(.makeKey, .success)): return perform(.refresh, context)
    case .identity(.account(.revokeKey, .success)):
      return [.toast(.ok, "The key is revoked, everywhere within a minute.")] + perform(.refresh, context)
    case .identity(.account(.revokeKey, .failure(let failure))):
      if failure == .cancelled { return [] }
      let words = failure.problemCode == .notFound ? "That key was revoked already." : failure.words
      return [.toast(.error, words)] + perform(.refresh, context)
    default: break
    }
    return []
  }

  private static let top = 2

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    var rows = area
    _ = rows.takeTop(KeysPane.top)
    _ = list.click(event.at, in: rows)
    return []
  }

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    list.setHeight(area.height - KeysPane.top)
    return []
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    var rest = area
    let head = rest.takeTop(1)
    canvas.put(phase.heading("API keys", context), x: head.x, y: head.y, columnsMax: head.width)
    if keys.isEmpty {
      switch phase {
      case .failed(let failure): return StateText.draw(failure, in: rest, on: &canvas, context)
      case .loading: return
      case .shown:
        let hint = "A program calls with one in your place, with only the rights you give it. c makes one."
        return StateText.draw("There is no key.", hint: hint, in: rest, on: &canvas)
      }
    }
    if let current { drawDetail(current, context.now, in: &rest, on: &canvas) }
    let table = TableView(columns: [
      TableColumn("Name", min: 12, weight: 2, importance: 9), TableColumn("Key", min: 14, importance: 3),
      TableColumn("Last used", min: 12, importance: 8),
    ]) { index in
      let key = keys[index]
      return [Span(key.name), Span("\(key.beginning)…", .muted), KeyWords.lastUse(key, context.now)]
    }
    table.draw(list, in: rest, on: &canvas)
  }

  /// What the key under the caret may do, where there is room below the list.
  private func drawDetail(_ key: APIKey, _ now: Int64, in rest: inout Rect, on canvas: inout Canvas) {
    let lines = KeyWords.facts(key, now)
    // A line more, because what a key may do may want two.
    guard rest.height > keys.count + 1 + lines.count + 2 else { return }
    var area = rest.takeBottom(lines.count + 2)
    canvas.line(x: area.x, y: area.y, width: area.width)
    _ = area.takeTop(1)
    KeyValuePane(lines).draw(in: area, on: &canvas)
  }
}
