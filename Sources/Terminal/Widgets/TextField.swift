// SPDX-License-Identifier: GPL-3.0-or-later

/// Text that is being edited: by grapheme, with a selection and undo. One line unless it is told otherwise.
public struct TextEditor: Sendable, Equatable {
  public private(set) var characters: [Character]
  public private(set) var caret: Int
  /// The other end of the selection.
  public private(set) var anchor: Int?
  public var isMultiline: Bool
  /// Characters it holds at most.
  public var lengthMax: Int

  private var undone: [Snapshot] = []
  private var done: [Snapshot] = []
  private var lastEdit = Edit.none
  private var killed: [Character] = []

  private struct Snapshot: Sendable, Equatable {
    var characters: [Character]
    var caret: Int
  }

  /// Edits of one kind in a row are one step of undo.
  private enum Edit: Sendable, Equatable {
    case none, typing, erasing, other
  }

  private static let undoMax = 200

  public init(_ text: String = "", isMultiline: Bool = false, lengthMax: Int = 4096) {
    characters = Array(text.prefix(lengthMax))
    caret = characters.count
    self.isMultiline = isMultiline
    self.lengthMax = lengthMax
  }

  public var text: String { String(characters) }
  public var isEmpty: Bool { characters.isEmpty }

  /// The selected characters, in order.
  public var selection: Range<Int>? {
    guard let anchor, anchor != caret else { return nil }
    return min(anchor, caret)..<max(anchor, caret)
  }

  public var selectedText: String? { selection.map { String(characters[$0]) } }

  /// Replaces everything, as one step of undo.
  public mutating func replaceAll(with text: String) {
    remember(.other)
    characters = Array(text.prefix(lengthMax))
    caret = characters.count
    anchor = nil
  }

  // MARK: Keys

  /// Takes a key. False when it is none of an editor's keys.
  public mutating func handle(_ key: Key) -> Bool {
    if let character = key.text {
      type(character)
      return true
    }
    if let place = destination(of: key) {
      move(to: place, isSelecting: key.modifiers.contains(.shift))
      return true
    }
    return edit(key)
  }

  /// Takes pasted text. Line ends become spaces in a single line.
  public mutating func paste(_ pasted: String) {
    let clean = SafeText.sanitised(pasted, keepsLineEnds: isMultiline)
    remember(.other)
    removeSelection()
    insert(Array(clean))
    lastEdit = .other
  }

  private mutating func type(_ character: Character) {
    remember(selection == nil ? .typing : .other)
    removeSelection()
    insert([character])
    lastEdit = .typing
  }

  private mutating func insert(_ new: [Character]) {
    let room = max(0, lengthMax - characters.count)
    let fitting = new.prefix(room)
    // A mark that is typed after its letter melts into it, so the count is taken from the text as it then is.
    let before = String(characters[..<caret]) + String(fitting)
    let after = characters[caret...]
    let head = Array(before)
    characters = head + after
    caret = head.count
  }

  private mutating func edit(_ key: Key) -> Bool {
    switch (key.code, key.modifiers) {
    case (.backspace, []): erase(to: caret - 1)
    case (.delete, []), (.character("d"), .control): erase(to: caret + 1)
    case (.character("w"), .control), (.backspace, .alt), (.backspace, .control): kill(to: wordStart())
    case (.character("d"), .alt), (.delete, .control): kill(to: wordEnd())
    case (.character("u"), .control): kill(to: lineStart())
    case (.character("k"), .control): kill(to: lineEnd())
    case (.character("y"), .control):
      remember(.other)
      removeSelection()
      insert(killed)
    case (.character("z"), .control), (.character("_"), .control): undo()
    case (.character("z"), .alt), (.character("r"), .control): redo()
    case (.enter, []) where isMultiline, (.enter, .alt) where isMultiline,
      (.character("j"), .control) where isMultiline:
      remember(.other)
      removeSelection()
      insert(["\n"])
    default: return false
    }
    return true
  }

  // MARK: Moving

  private func destination(of key: Key) -> Int? {
    switch (key.code, key.modifiers.subtracting(.shift)) {
    case (.left, []), (.character("b"), .control): caret - 1
    case (.right, []), (.character("f"), .control): caret + 1
    case (.left, .control), (.left, .alt), (.character("b"), .alt): wordStart()
    case (.right, .control), (.right, .alt), (.character("f"), .alt): wordEnd()
    case (.home, []), (.character("a"), .control): lineStart()
    case (.end, []), (.character("e"), .control): lineEnd()
    case (.up, []) where isMultiline: lineAbove()
    case (.down, []) where isMultiline: lineBelow()
    default: nil
    }
  }

  public mutating func move(to place: Int, isSelecting: Bool = false) {
    if isSelecting { anchor = anchor ?? caret } else { anchor = nil }
    caret = max(0, min(place, characters.count))
    lastEdit = .none
  }

  public mutating func selectAll() {
    anchor = 0
    caret = characters.count
  }

  private func wordStart() -> Int {
    var place = caret
    while place > 0, !isWord(characters[place - 1]) { place -= 1 }
    while place > 0, isWord(characters[place - 1]) { place -= 1 }
    return place
  }

  private func wordEnd() -> Int {
    var place = caret
    while place < characters.count, !isWord(characters[place]) { place += 1 }
    while place < characters.count, isWord(characters[place]) { place += 1 }
    return place
  }

  private func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

  private func lineStart(of place: Int? = nil) -> Int {
    let place = place ?? caret
    return (characters[..<place].lastIndex(of: "\n") ?? -1) + 1
  }

  private func lineEnd(of place: Int? = nil) -> Int {
    let place = place ?? caret
    return characters[place...].firstIndex(of: "\n") ?? characters.count
  }

  private func lineAbove() -> Int {
    let start = lineStart()
    if start == 0 { return 0 }
    let above = lineStart(of: start - 1)
    return min(above + caret - start, start - 1)
  }

  private func lineBelow() -> Int {
    let end = lineEnd()
    if end == characters.count { return end }
    return min(end + 1 + caret - lineStart(), lineEnd(of: end + 1))
  }

  // MARK: Erasing and undo

  private mutating func erase(to place: Int) {
    remember(.erasing)
    if selection != nil { return removeSelection() }
    remove(between: caret, and: place)
    lastEdit = .erasing
  }

  private mutating func kill(to place: Int) {
    remember(.other)
    if selection != nil { return removeSelection() }
    let range = min(caret, place)..<max(caret, place)
    if !range.isEmpty { killed = Array(characters[range]) }
    remove(between: caret, and: place)
  }

  private mutating func removeSelection() {
    if let selection { remove(between: selection.lowerBound, and: selection.upperBound) }
    anchor = nil
  }

  private mutating func remove(between one: Int, and other: Int) {
    let low = max(0, min(one, other))
    let high = min(characters.count, max(one, other))
    if low >= high { return }
    characters.removeSubrange(low..<high)
    caret = low
  }

  private mutating func remember(_ edit: Edit) {
    undone.removeAll()
    if edit == lastEdit, edit != .other { return }
    lastEdit = edit
    done.append(Snapshot(characters: characters, caret: caret))
    if done.count > TextEditor.undoMax { done.removeFirst() }
  }

  public mutating func undo() {
    guard let last = done.popLast() else { return }
    undone.append(Snapshot(characters: characters, caret: caret))
    restore(last)
  }

  public mutating func redo() {
    guard let next = undone.popLast() else { return }
    done.append(Snapshot(characters: characters, caret: caret))
    restore(next)
  }

  private mutating func restore(_ snapshot: Snapshot) {
    characters = snapshot.characters
    caret = min(snapshot.caret, characters.count)
    anchor = nil
    lastEdit = .none
  }
}

/// One line of text with a caret, scrolled so that the caret is in sight.
public struct TextField {
  public var placeholder: String
  public var isFocused: Bool
  /// Shows a dot for every character.
  public var isSecret: Bool

  public init(placeholder: String = "", isFocused: Bool = true, isSecret: Bool = false) {
    self.placeholder = placeholder
    self.isFocused = isFocused
    self.isSecret = isSecret
  }

  public func draw(_ editor: TextEditor, in rect: Rect, on canvas: inout Canvas) {
    let area = rect.row(0)
    if area.isEmpty { return }
    canvas.fill(area, Style(.text, on: .field))
    if editor.isEmpty {
      canvas.put(placeholder, in: area, Style(.placeholder, on: .field))
      if isFocused { canvas.showCursor(at: Point(x: area.x, y: area.y)) }
      return
    }
    let shown = editor.characters.map { isSecret ? "•" : String($0 == "\n" ? " " : $0) }
    let widths = shown.map { SafeText.width($0) }
    let caretAt = widths[..<editor.caret].reduce(0, +)
    let offset = isFocused ? max(0, caretAt - area.width + 1) : 0
    var at = 0
    for (index, character) in shown.enumerated() {
      let isSelected = editor.selection?.contains(index) ?? false
      let style = Style(.text, on: isSelected && isFocused ? .selection : .field)
      if at >= offset {
        canvas.put(character, x: area.x + at - offset, y: area.y, style, columnsMax: area.right - area.x - at + offset)
      }
      at += widths[index]
    }
    if isFocused { canvas.showCursor(at: Point(x: area.x + caretAt - offset, y: area.y)) }
  }
}

extension Canvas {
  /// Puts the hardware cursor in a text field.
  public mutating func showCursor(at point: Point) {
    guard clip.contains(point) else { return }
    cursor = point
    isCursorShown = true
  }
}
