// SPDX-License-Identifier: GPL-3.0-or-later

/// One of several values on one line: `‹ value ›`.
public struct SelectView {
  public var options: [String]
  public var isFocused: Bool

  public init(options: [String], isFocused: Bool = true) {
    self.options = options
    self.isFocused = isFocused
  }

  public func draw(selected: String, in rect: Rect, on canvas: inout Canvas) {
    if rect.isEmpty { return }
    let arrows = canvas.glyphs.isASCII ? ("<", ">") : ("‹", "›")
    let place = options.firstIndex(of: selected).map { "  \($0 + 1)/\(options.count)" } ?? ""
    let style: Style = isFocused ? .focus : .muted
    canvas.put(
      [
        Span("\(arrows.0) ", style), Span(selected, isFocused ? .title : .text), Span(" \(arrows.1)", style),
        Span(isFocused ? place : "", .muted),
      ],
      x: rect.x, y: rect.y, columnsMax: rect.width)
    if isFocused { canvas.cursor = Point(x: rect.x, y: rect.y) }
  }
}

/// A switch with its state in words.
public struct ToggleView {
  public var isFocused: Bool
  public var words: (off: String, on: String)

  public init(isFocused: Bool = true, off: String = "no", on: String = "yes") {
    self.isFocused = isFocused
    words = (off, on)
  }

  public func draw(isOn: Bool, in rect: Rect, on canvas: inout Canvas) {
    if rect.isEmpty { return }
    let box = isOn ? "[\(canvas.glyphs.check)]" : "[ ]"
    canvas.put(
      [Span(box, isFocused ? .focus : isOn ? .ok : .muted), Span(" \(isOn ? words.on : words.off)")],
      x: rect.x, y: rect.y, columnsMax: rect.width)
    if isFocused { canvas.cursor = Point(x: rect.x, y: rect.y) }
  }
}

/// Names of pages beside each other, one of them open.
public struct TabsView {
  public var titles: [String]
  public var selected: Int

  public init(titles: [String], selected: Int) {
    self.titles = titles
    self.selected = selected
  }

  /// Draws the tabs from the left; those before the open one give way when there is too little room.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    if rect.isEmpty { return }
    for span in layout(width: rect.width) {
      let area = Rect(x: rect.x + span.x, y: rect.y, width: span.width, height: 1)
      let isOpen = span.index == selected
      canvas.put(" \(titles[span.index]) ", in: area, isOpen ? Style(.accent, [.bold, .underline]) : .muted)
    }
  }

  /// The tab under a point.
  public func tab(at point: Point, in rect: Rect) -> Int? {
    guard rect.row(0).contains(point) else { return nil }
    return layout(width: rect.width).first { point.x - rect.x >= $0.x && point.x - rect.x < $0.x + $0.width }?.index
  }

  private func layout(width: Int) -> [(index: Int, x: Int, width: Int)] {
    let widths = titles.map { SafeText.width($0) + 2 }
    guard titles.indices.contains(selected) else { return [] }
    var first = 0
    while first < selected, widths[first...selected].reduce(0, +) > width { first += 1 }
    var x = 0
    var result: [(index: Int, x: Int, width: Int)] = []
    for index in first..<titles.count where x < width {
      let size = min(widths[index], width - x)
      if size < widths[index], index != selected { break }
      result.append((index, x, size))
      x += size
    }
    return result
  }
}
