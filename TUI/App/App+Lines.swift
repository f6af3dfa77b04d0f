// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// The app in lines: what a person types is a number of the outline, or the name of an action.
extension App: LineProgram {
  static var background: Set<String> {
    ["follow", "picture", "link", "wishes", "looks", "shelf", SignInScreen.tick, ProofPrompt.tick]
  }

  var notices: [Toast] { toasts.log }
  var isBusy: Bool { proof?.isBusy ?? front.isWaiting }
  var isInterlude: Bool { overlay != nil || proof != nil }
  var prompt: String? { proof.map { $0.question } ?? overlay?.prompt ?? front.prompt(context) }

  /// Rows that are read out at once.
  static let lineRows = 20

  var outline: [OutlineLine] {
    if let proof { return proof.outline }
    if let overlay { return overlay.outline(self) }
    let all = front.outline(context)
    let rows = all.filter { $0.choice != nil }
    var first = all.first ?? OutlineLine(front.title)
    let shown = rows.dropFirst(lines.start).prefix(App.lineRows)
    if rows.count > App.lineRows, let from = shown.first?.choice, let to = shown.last?.choice {
      first.text += ", \(from) to \(to) of \(rows.count)"
    }
    return [first, OutlineLine(standing)] + all.dropFirst().filter { $0.choice == nil } + shown
  }

  /// Who is here, and how the link is.
  private var standing: String {
    var parts = [context.link.words]
    if let name = context.session?.account.name { parts.append("signed in as \(name)") }
    if !context.queue.isEmpty {
      let stuck = context.queue.count { $0.state != .queued }
      parts.append("\(context.queue.count) queued" + (stuck > 0 ? ", \(stuck) to decide" : ""))
    }
    return parts.joined(separator: ", ") + "."
  }

  mutating func takeAside() -> [OutlineLine] {
    defer { lines.aside = [] }
    return lines.aside
  }

  mutating func say(_ line: String) -> [Command<Effect, Message>] {
    let text = SafeText.sanitised(line).split(separator: " ").joined(separator: " ")
    let before = front.title
    let commands = hear(text)
    if front.title != before { lines.start = 0 }
    return commands
  }

  private mutating func hear(_ text: String) -> [Command<Effect, Message>] {
    if proof != nil { return answerProof(text) }
    if overlay != nil { return answerOverlay(text) }
    if front.prompt(context) != nil { return carryOut(changeFront { $0.answer(text, $1) }) }
    if text.isEmpty || text == "again" {
      lines.aside = outline
      return []
    }
    if let number = Int(text) { return open(number) }
    let name = String(text.prefix { $0 != " " }).lowercased()
    let words = String(text.drop { $0 != " " }.drop { $0 == " " })
    switch name {
    case "help", "?": lines.aside = help
    case "more": return more()
    default:
      if let steps = changeFrontIfAny({ $0.command(name, words, $1) }) { return carryOut(steps) }
      return act(name, words)
    }
    return []
  }

  private mutating func more() -> [Command<Effect, Message>] {
    let count = front.outline(context).count { $0.choice != nil }
    guard lines.start + App.lineRows < count else { return carryOut([.toast(.info, "That is all.")]) }
    lines.start += App.lineRows
    // Coming near the end asks for the next page.
    return carryOut(select(min(count, lines.start + App.lineRows)))
  }

  private mutating func open(_ number: Int) -> [Command<Effect, Message>] {
    guard front.outline(context).contains(where: { $0.choice == "\(number)" }) else {
      return carryOut([.toast(.info, "There is no number \(number) here.")])
    }
    let steps = select(number)
    if front.commands.contains(where: { $0.usage == "NUMBER" }),
      let own = changeFrontIfAny({ $0.command("\(number)", "", $1) })
    {
      return carryOut(steps + own)
    }
    // What Enter does on the row.
    let enter = front.actions(context).actions.first { $0.keys.contains(.enter) && $0.availability == .enabled }
    guard let action = front.actions(context)[.open] ?? enter else {
      return carryOut(steps + [.toast(.info, "There is nothing to open. help says what can be done with it.")])
    }
    return carryOut(steps) + perform(action.id)
  }

  /// Puts the caret of the front list on a row, by the keys that lists know.
  private mutating func select(_ number: Int) -> [Step] {
    changeFront { screen, context in
      var steps = screen.handle(.home, context) ?? []
      for _ in 1..<max(1, number) { steps += screen.handle(.down, context) ?? [] }
      return steps
    }
  }

  /// An action by its name, the beginning of it, or a word of its title, on the row of a number when one follows.
  private mutating func act(_ name: String, _ words: String) -> [Command<Effect, Message>] {
    let actions = keys.actions.filter { $0.availability != .hidden && $0.id != .move }
    let exact = actions.first { $0.name == name }
    var near = actions.filter { $0.name.hasPrefix(name) }
    if near.isEmpty { near = actions.filter { $0.title.lowercased().contains(name) } }
    guard let action = exact ?? (near.count == 1 ? near[0] : nil) else {
      let hint = near.isEmpty ? "help lists what there is." : near.map(\.name).joined(separator: ", ") + "?"
      return carryOut([.toast(.info, "Nothing here is called \(name): \(hint)")])
    }
    var commands: [Command<Effect, Message>] = []
    if let number = Int(words) { commands += carryOut(select(number)) }
    switch keys[action.id]?.availability {
    case .disabled(let reason): return commands + carryOut([.toast(.warning, "Not now: \(reason).")])
    default: return commands + perform(action.id)
    }
  }

  private var help: [OutlineLine] {
    var lines = [OutlineLine("Type a number to open it, or one of these. Nothing but return reads the screen again.")]
    lines += front.commands.filter { $0.usage != "NUMBER" }.map { OutlineLine("\($0.usage): \($0.what)") }
    lines.append(OutlineLine("more: The next rows"))
    let screenOnly: Set<ActionID> = [
      .move, .help, .palette, .mouse, .redraw, .suspend, .nextTheme, .togglePictures, .toggleDetail, .nextPane,
      .moveUp, .moveDown, .pageUp, .pageDown, .halfUp, .halfDown, .first, .last, .markRange,
    ]
    let own = Set(front.commands.map { String($0.usage.prefix { $0 != " " }) })
    for action in keys.actions where !screenOnly.contains(action.id) && !own.contains(action.name) {
      switch action.availability {
      case .hidden: continue
      case .enabled: lines.append(OutlineLine("\(action.name): \(action.title)"))
      case .disabled(let reason): lines.append(OutlineLine("\(action.name): \(action.title) — not now, \(reason)"))
      }
    }
    return lines
  }

  // MARK: What lies over the screens

  private mutating func answerOverlay(_ text: String) -> [Command<Effect, Message>] {
    guard let open = overlay else { return [] }
    let letter = text.lowercased().first.map { String($0) } ?? ""
    switch open {
    case .question: return press(letter == "y" ? Key("y") : Key("n"))
    case .conflict: return press("mtl".contains(letter) && !letter.isEmpty ? Key(Character(letter)) : Key("l"))
    case .log:
      overlay = nil
      return []
    case .menu(let menu):
      overlay = nil
      guard let number = Int(text), menu.entries.indices.contains(number - 1) else { return [] }
      let entry = menu.entries[number - 1]
      if let reason = entry.reason { return carryOut([.toast(.warning, "Not now: \(reason).")]) }
      return perform(entry.id)
    }
  }

  private mutating func changeFront(_ change: (inout any Screen, Context) -> [Step]) -> [Step] {
    changeFrontIfAny { change(&$0, $1) } ?? []
  }

  private mutating func changeFrontIfAny(_ change: (inout any Screen, Context) -> [Step]?) -> [Step]? {
    var screen = front
    let steps = change(&screen, context)
    replaceFront(screen)
    return steps
  }
}

/// Where the reading of lines stands.
struct LineReading: Sendable {
  /// The first row that is read out.
  var start = 0
  /// To be read out once.
  var aside: [OutlineLine] = []
}

extension LinkState {
  var words: String {
    switch self {
    case .unknown: "connecting"
    case .online: "online"
    case .live: "online, changes are told as they happen"
    case .offline: "offline"
    }
  }
}

extension Overlay {
  var prompt: String? {
    switch self {
    case .question: "yes or no?"
    case .conflict: "m, t or l?"
    case .menu: "Which number? Return leaves it."
    case .log: "Return goes on."
    }
  }

  func outline(_ app: App) -> [OutlineLine] {
    switch self {
    case .question(let dialog, _): return [OutlineLine(dialog.title), OutlineLine(dialog.message)]
    case .conflict(let dialog):
      let rows = dialog.rows.map { row in
        OutlineLine("\(row.name): you saw \(row.seen), you want \(row.mine), now there \(row.theirs)")
      }
      return [OutlineLine("Changed by somebody else: \(dialog.theirs.title)")] + rows + [
        OutlineLine("send mine anyway", choice: "m"), OutlineLine("keep theirs", choice: "t"),
        OutlineLine("decide later", choice: "l"),
      ]
    case .log: return [OutlineLine("Notices")] + app.toasts.log.map { OutlineLine($0.text) }
    case .menu(let menu):
      return [OutlineLine(menu.title)]
        + menu.entries.enumerated().map { index, entry in
          OutlineLine(entry.reason.map { "\(entry.title) — not now, \($0)" } ?? entry.title, choice: "\(index + 1)")
        }
    }
  }
}
