// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// What lies over the screens and takes all keys.
enum Overlay: Sendable {
  case menu(ActionMenu<ActionID>)
  case question(Dialog, [Step])
  case conflict(ConflictDialog)
  case log
}

/// Two changes of one thing met: what I wanted, what is there now, and the choice.
struct ConflictDialog: Sendable, Equatable {
  let change: QueuedChange
  let theirs: Product
  private(set) var focus = Choice.later

  /// What a key decided.
  enum Choice: Sendable, Equatable, CaseIterable { case mine, theirs, later, pending }

  init(_ change: QueuedChange, theirs: Product) {
    self.change = change
    self.theirs = theirs
  }

  private static let buttons: [(Choice, String)] = [
    (.mine, "m  send mine anyway"), (.theirs, "t  keep theirs"), (.later, "l  decide later"),
  ]

  mutating func handle(_ key: Key) -> Choice {
    switch key {
    case Key("m"): return .mine
    case Key("t"): return .theirs
    case Key("l"), .escape: return .later
    case .enter: return focus
    case .tab, .right, .down: move(1)
    case .backTab, .left, .up: move(-1)
    default: break
    }
    return .pending
  }

  private mutating func move(_ step: Int) {
    let all = ConflictDialog.buttons.map(\.0)
    let now = all.firstIndex(of: focus) ?? 0
    focus = all[(now + step + all.count) % all.count]
  }

  /// A field: as I saw it, as I want it, as it is now.
  struct Row: Sendable, Equatable {
    var name: String
    var seen: String
    var mine: String
    var theirs: String
  }

  /// The fields that I or they changed.
  var rows: [Row] {
    guard case .editProduct(let patch) = change.change else {
      let after = change.change.applied(to: theirs).status.rawValue
      return [
        Row(name: "status", seen: change.seen?.status.rawValue ?? "", mine: after, theirs: theirs.status.rawValue),
        Row(name: "version", seen: change.version.map(String.init) ?? "", mine: "—", theirs: "\(theirs.version)"),
      ]
    }
    let all = ConflictDialog.facts(theirs)
    let before = change.seen.map(ConflictDialog.facts)
    let mine = ConflictDialog.facts(patch.applied(to: theirs))
    let wanted = Dictionary(
      FieldChange.all(of: patch, change.seen).map { ($0.name, $0.after) }, uniquingKeysWith: { first, _ in first })
    return all.indices.compactMap { index in
      let name = all[index].0
      let seen = before?[index].1 ?? ""
      let isMine = wanted[name] != nil
      let isTheirs = before != nil && seen != all[index].1
      guard isMine || isTheirs else { return nil }
      return Row(name: name, seen: seen, mine: isMine ? mine[index].1 : "—", theirs: isTheirs ? all[index].1 : "—")
    }
  }

  private static func facts(_ product: Product) -> [(String, String)] {
    [
      ("title", product.title), ("price", product.price.decimalText), ("stock", "\(product.stock)"),
      ("status", product.status.rawValue), ("category", product.category),
      ("tags", product.tags.joined(separator: ", ")), ("materials", product.materials.joined(separator: ", ")),
      ("description", String(product.description.prefix(40))),
    ]
  }

  func draw(in area: Rect, on canvas: inout Canvas) {
    canvas.dim(area)
    let rows = rows
    let box = area.centered(width: min(76, area.width - 2), height: min(area.height, rows.count + 9))
    canvas.fill(box, Style(.text, on: .panel))
    canvas.clipped(to: box) { canvas in
      var inner = canvas.box(box, title: "Changed by somebody else", Style(.warn, on: .panel))
        .inset(horizontal: 1, vertical: 0)
      _ = inner.takeTop(1)
      canvas.put(theirs.title, in: inner.takeTop(1), Style(.title, on: .panel))
      _ = inner.takeTop(1)
      let buttons = inner.takeBottom(1)
      let columns = [Extent.fixed(12), .fill, .fill, .fill]
      let heads = inner.takeTop(1).columns(columns, gap: 1)
      for (place, word) in zip(heads, ["", "you saw", "you want", "now there"]) {
        canvas.put(word, in: place, Style(.muted, on: .panel, .bold))
      }
      for row in rows {
        let places = inner.takeTop(1).columns(columns, gap: 1)
        let styles: [Terminal.Role] = [.muted, .muted, .accent, .warn]
        for (index, text) in [row.name, row.seen, row.mine, row.theirs].enumerated() {
          canvas.put(text, in: places[index], Style(styles[index], on: .panel))
        }
      }
      drawButtons(in: buttons, on: &canvas)
    }
  }

  private func drawButtons(in area: Rect, on canvas: inout Canvas) {
    var x = area.x
    for (choice, words) in ConflictDialog.buttons {
      let isFocused = choice == focus
      let text = isFocused ? "[ \(words) ]" : "  \(words)  "
      x += canvas.put(
        text, x: x, y: area.y, Style(isFocused ? .title : .text, on: isFocused ? .selection : .panel),
        columnsMax: area.right - x)
      if isFocused { canvas.cursor = Point(x: area.x, y: area.y) }
    }
  }
}
