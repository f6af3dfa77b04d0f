// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the caret of a list is, what is marked, how far it is scrolled. Rows are known by number: the owner keeps the
/// marks of its items across filters by their ids.
public struct ListState: Sendable, Equatable {
  public var count: Int { didSet { clamp() } }
  public private(set) var selected = 0
  public private(set) var first = 0
  public private(set) var marked: Set<Int> = []
  /// Where a range began, while `v` is on.
  public private(set) var anchor: Int?
  /// Rows of the last drawing; paging needs it.
  public private(set) var height = 24

  public init(count: Int = 0) {
    self.count = count
  }

  /// What a key did to the list.
  public enum Outcome: Sendable, Equatable {
    case moved, marked, activated(Int), ignored
  }

  public var selectedIndex: Int? { count == 0 ? nil : selected }

  /// What a bulk action acts on: the marks, else the row at the caret.
  public var targets: [Int] {
    if !markedAndRange.isEmpty { return markedAndRange.sorted() }
    return count == 0 ? [] : [selected]
  }

  /// The marks with the range that is being drawn.
  public var markedAndRange: Set<Int> {
    guard let anchor, count > 0 else { return marked }
    return marked.union(min(anchor, selected)...max(anchor, selected))
  }

  public mutating func select(_ index: Int) {
    selected = max(0, min(index, count - 1))
    scrollToSelection()
  }

  public mutating func setMarks(_ marks: Set<Int>) {
    marked = marks.filter { $0 >= 0 && $0 < count }
    anchor = nil
  }

  public mutating func clearMarks() {
    marked = []
    anchor = nil
  }

  /// Tells the list how many rows it can show, and keeps the caret in sight.
  public mutating func setHeight(_ rows: Int) {
    height = max(1, rows)
    scrollToSelection()
  }

  /// Scrolls without moving the caret further than it must, as the wheel does.
  public mutating func scroll(by rows: Int) {
    first = max(0, min(first + rows, max(0, count - height)))
    selected = max(first, min(selected, first + height - 1, max(0, count - 1)))
  }

  // MARK: Keys

  /// The movements of all lists: arrows, j k, pages, ctrl-d/u/f/b, Home, End, g G, marks and ranges, Enter.
  public mutating func handle(_ key: Key) -> Outcome {
    if let target = target(of: key) {
      if key.modifiers.contains(.shift), anchor == nil, key.text == nil { anchor = selected }
      select(target)
      return .moved
    }
    switch key {
    case .enter: return count == 0 ? .ignored : .activated(selected)
    case Key(" "): return toggleMark()
    case Key("v"):
      if count == 0 { return .ignored }
      if anchor != nil { keepRange() } else { anchor = selected }
      return .marked
    case Key("a"):
      marked = markedAndRange.count == count ? [] : Set(0..<count)
      anchor = nil
      return .marked
    case .escape where !markedAndRange.isEmpty, Key("\\") where !markedAndRange.isEmpty:
      clearMarks()
      return .marked
    default: return .ignored
    }
  }

  /// A click in the list's rectangle: selects the row under it, and opens it when it is selected already.
  public mutating func click(_ point: Point, in rect: Rect) -> Outcome {
    let index = first + point.y - rect.y
    guard rect.contains(point), index < count else { return .ignored }
    if index == selected { return .activated(index) }
    select(index)
    return .moved
  }

  private func target(of key: Key) -> Int? {
    switch (key.code, key.modifiers.subtracting(.shift)) {
    case (.up, []), (.character("k"), []): selected - 1
    case (.down, []), (.character("j"), []): selected + 1
    case (.pageUp, []), (.character("b"), .control): selected - height
    case (.pageDown, []), (.character("f"), .control): selected + height
    case (.character("u"), .control): selected - max(1, height / 2)
    case (.character("d"), .control): selected + max(1, height / 2)
    case (.home, []), (.character("g"), []): 0
    case (.end, []), (.character("G"), []): count - 1
    default: nil
    }
  }

  private mutating func toggleMark() -> Outcome {
    if count == 0 { return .ignored }
    if anchor != nil {
      keepRange()
    } else {
      if marked.remove(selected) == nil { marked.insert(selected) }
      select(selected + 1)
    }
    return .marked
  }

  private mutating func keepRange() {
    marked = markedAndRange
    anchor = nil
  }

  private mutating func clamp() {
    selected = max(0, min(selected, count - 1))
    marked = marked.filter { $0 < count }
    if let anchor, anchor >= count { self.anchor = nil }
    scrollToSelection()
  }

  private mutating func scrollToSelection() {
    if selected < first { first = selected }
    if selected >= first + height { first = selected - height + 1 }
    first = max(0, min(first, max(0, count - height)))
  }
}

/// A list of rows of which only the visible ones are asked for.
public struct ListView {
  public var isFocused: Bool
  public var row: (Int) -> [Span]
  /// What stands in place of the rows when there are none.
  public var emptyText: String

  public init(isFocused: Bool = true, emptyText: String = "Nothing here.", row: @escaping (Int) -> [Span]) {
    self.isFocused = isFocused
    self.emptyText = emptyText
    self.row = row
  }

  /// Draws the rows that fit. The state must have been told the height (`setHeight`); what it was told is what counts.
  public func draw(_ state: ListState, in rect: Rect, on canvas: inout Canvas) {
    if rect.isEmpty { return }
    if state.count == 0 {
      canvas.put(emptyText, in: rect.row(0).insetLeft(3), .muted)
      return
    }
    let first = state.firstShown(in: rect.height)
    let marked = state.markedAndRange
    for line in 0..<min(rect.height, state.count - first) {
      let index = first + line
      let area = rect.row(line)
      let isSelected = index == state.selected
      ListView.gutter(in: area, isSelected: isSelected, isMarked: marked.contains(index), isFocused, on: &canvas)
      canvas.put(row(index), x: area.x + 3, y: area.y, columnsMax: area.width - 5)
      ListView.tint(area, isSelected: isSelected, isMarked: marked.contains(index), isFocused, on: &canvas)
    }
    canvas.scrollBar(in: rect, first: first, shown: rect.height, total: state.count)
  }

  /// The caret and the mark before a row, and the hardware cursor on the caret.
  static func gutter(
    in area: Rect, isSelected: Bool, isMarked: Bool, _ isFocused: Bool, on canvas: inout Canvas
  ) {
    if isSelected {
      canvas.put(canvas.glyphs.caret, x: area.x, y: area.y, isFocused ? .focus : .muted)
      if isFocused { canvas.cursor = Point(x: area.x, y: area.y) }
    }
    if isMarked, area.width > 1 { canvas.put(canvas.glyphs.mark, x: area.x + 1, y: area.y, .accent) }
  }

  static func tint(_ area: Rect, isSelected: Bool, isMarked: Bool, _ isFocused: Bool, on canvas: inout Canvas) {
    if isSelected {
      canvas.tint(area, isFocused ? .selection : .selectionIdle)
    } else if isMarked {
      canvas.tint(area, .mark)
    }
  }
}

extension ListState {
  /// The first row to show in so many rows, with the caret in sight whatever height was set before.
  func firstShown(in rows: Int) -> Int {
    var copy = self
    copy.setHeight(rows)
    return copy.first
  }
}

extension Rect {
  /// The rectangle without some columns at its left.
  public func insetLeft(_ columns: Int) -> Rect {
    Rect(x: x + min(columns, width), y: y, width: width - columns, height: height)
  }
}
