// SPDX-License-Identifier: GPL-3.0-or-later

/// A searchable list of actions that runs the chosen one: the help page of a screen and the command palette.
public struct ActionMenu<ID: Hashable & Sendable>: Sendable {
  public let title: String
  public private(set) var query = TextEditor()
  public private(set) var state = ListState()
  private let table: KeyTable<ID>
  private let recent: [ID]
  private var found: [KeyTable<ID>.Entry]

  /// What a key did.
  public enum Outcome: Sendable, Equatable {
    case chosen(ID)
    /// The chosen action cannot be done now, and why.
    case refused(reason: String)
    case closed
    case pending
  }

  /// What is offered now, best first.
  public var entries: [KeyTable<ID>.Entry] { found }

  public init(title: String, table: KeyTable<ID>, recent: [ID] = []) {
    self.title = title
    self.table = table
    self.recent = recent
    found = table.search("", recent: recent)
    state.count = found.count
  }

  public mutating func handle(_ key: Key) -> Outcome {
    switch key {
    case .escape: return .closed
    case .enter: return choose()
    case .up, .down, .pageUp, .pageDown: _ = state.handle(key)
    case .control("p"): _ = state.handle(.up)
    case .control("n"): _ = state.handle(.down)
    default:
      let before = query.characters
      guard query.handle(key), query.characters != before else { return .pending }
      search()
    }
    return .pending
  }

  public mutating func paste(_ text: String) {
    query.paste(text)
    search()
  }

  private mutating func search() {
    found = table.search(query.text, recent: recent)
    state.count = found.count
    state.select(0)
  }

  private func choose() -> Outcome {
    guard let index = state.selectedIndex else { return .pending }
    if let reason = found[index].reason { return .refused(reason: reason) }
    return .chosen(found[index].id)
  }

  /// Draws the menu over what is there.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    canvas.dim(rect)
    let wanted = min(rect.height - 2, max(8, min(found.count, 14) + 5))
    let box = rect.centered(width: min(72, max(20, rect.width - 8)), height: max(3, wanted))
    canvas.fill(box, Style(.text, on: .panel))
    canvas.clipped(to: box) { canvas in
      var inner = canvas.box(box, title: title, Style(.border, on: .panel)).inset(horizontal: 1, vertical: 0)
      let input = inner.takeTop(1)
      if inner.height > 3 { _ = inner.takeTop(1) }
      drawEntries(in: inner, on: &canvas)
      canvas.put("/ ", x: input.x, y: input.y, Style(.muted, on: .panel))
      TextField(placeholder: "type to search").draw(query, in: input.insetLeft(2), on: &canvas)
    }
  }

  private func drawEntries(in rect: Rect, on canvas: inout Canvas) {
    if found.isEmpty {
      canvas.put("Nothing is called that.", in: rect.row(0), Style(.muted, on: .panel))
      return
    }
    let first = state.firstShown(in: max(1, rect.height))
    for row in 0..<max(0, min(rect.height, found.count - first)) {
      let entry = found[first + row]
      let area = rect.row(row)
      let isSelected = first + row == state.selected
      let keys = min(SafeText.width(entry.keys), area.width / 2)
      if isSelected { canvas.put(canvas.glyphs.caret, x: area.x, y: area.y, Style(.focus, on: .panel)) }
      let words = entry.reason.map { "\(entry.title) — \($0)" } ?? entry.title
      canvas.put(
        words, in: Rect(x: area.x + 2, y: area.y, width: area.width - keys - 5, height: 1),
        Style(entry.reason == nil ? .text : .muted, on: .panel))
      canvas.put(
        entry.keys, in: Rect(x: area.right - keys - 2, y: area.y, width: keys, height: 1), Style(.muted, on: .panel))
      if isSelected { canvas.tint(area, .selection) }
    }
    canvas.scrollBar(in: rect, first: first, shown: rect.height, total: found.count)
  }
}
