// SPDX-License-Identifier: GPL-3.0-or-later

/// Several lines of text with a caret, wrapped to the width and scrolled so that the caret is in sight.
public struct TextArea {
  public var placeholder: String
  public var isFocused: Bool

  public init(placeholder: String = "", isFocused: Bool = true) {
    self.placeholder = placeholder
    self.isFocused = isFocused
  }

  public func draw(_ editor: TextEditor, in rect: Rect, on canvas: inout Canvas) {
    if rect.isEmpty { return }
    canvas.fill(rect, Style(.text, on: .field))
    if editor.isEmpty { canvas.put(placeholder, in: rect.row(0), Style(.placeholder, on: .field)) }
    let lines = TextArea.lines(of: editor.characters, width: rect.width)
    let caretLine = lines.lastIndex { $0.lowerBound <= editor.caret } ?? 0
    let first = isFocused ? max(0, caretLine - rect.height + 1) : 0
    for row in 0..<min(rect.height, lines.count - first) {
      var x = rect.x
      for index in lines[first + row] {
        if isFocused, index == editor.caret { canvas.showCursor(at: Point(x: x, y: rect.y + row)) }
        let isSelected = isFocused && editor.selection?.contains(index) ?? false
        x += canvas.put(
          String(editor.characters[index]), x: x, y: rect.y + row, Style(.text, on: isSelected ? .selection : .field),
          columnsMax: rect.right - x)
      }
      if isFocused, editor.caret == lines[first + row].upperBound, first + row == caretLine {
        canvas.showCursor(at: Point(x: min(x, rect.right - 1), y: rect.y + row))
      }
    }
  }

  /// The stretches of characters that make a row each; the line end itself belongs to none.
  static func lines(of characters: [Character], width: Int) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = 0
    var used = 0
    var lastSpace: Int?
    for index in characters.indices {
      if characters[index] == "\n" {
        result.append(start..<index)
        (start, used, lastSpace) = (index + 1, 0, nil)
        continue
      }
      let wide = SafeText.width(String(characters[index]))
      if used + wide > width, index > start {
        let next = lastSpace.map { $0 + 1 } ?? index
        result.append(start..<next)
        start = next
        used = characters[next..<index].reduce(0) { $0 + SafeText.width(String($1)) }
        lastSpace = nil
      }
      if characters[index] == " " { lastSpace = index }
      used += wide
    }
    result.append(start..<characters.count)
    return result
  }
}
