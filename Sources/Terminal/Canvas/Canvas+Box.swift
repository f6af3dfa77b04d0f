// SPDX-License-Identifier: GPL-3.0-or-later

extension Canvas {
  /// Draws text that opens an address when it is clicked, where the terminal can do that.
  @discardableResult
  public mutating func putLink(_ text: String, url: String, in rect: Rect, _ style: Style = .link) -> Int {
    let used = put(text, in: rect, style)
    let area = Rect(x: rect.x, y: rect.y, width: used, height: 1).intersection(clip)
    if !area.isEmpty { links.append(LinkSpan(rect: area, url: url)) }
    return used
  }

  /// Draws a frame and returns the room inside. Too small a rectangle gets no frame.
  @discardableResult
  public mutating func box(_ rect: Rect, title: String? = nil, _ style: Style = .border) -> Rect {
    guard rect.width >= 2, rect.height >= 2 else { return rect }
    line(x: rect.x + 1, y: rect.y, width: rect.width - 2, style)
    line(x: rect.x + 1, y: rect.bottom - 1, width: rect.width - 2, style)
    for y in (rect.y + 1)..<max(rect.y + 1, rect.bottom - 1) {
      put(glyphs.vertical, x: rect.x, y: y, style)
      put(glyphs.vertical, x: rect.right - 1, y: y, style)
    }
    put(glyphs.corners[0], x: rect.x, y: rect.y, style)
    put(glyphs.corners[1], x: rect.right - 1, y: rect.y, style)
    put(glyphs.corners[2], x: rect.x, y: rect.bottom - 1, style)
    put(glyphs.corners[3], x: rect.right - 1, y: rect.bottom - 1, style)
    if let title, rect.width >= 6 {
      let room = Rect(x: rect.x + 2, y: rect.y, width: rect.width - 4, height: 1)
      let shown = SafeText.cut(title, to: room.width - 2, ellipsis: glyphs.ellipsis)
      put(" \(shown) ", x: room.x, y: room.y, Style(.title, on: style.ground ?? .page))
    }
    return rect.inset()
  }

  /// A horizontal line.
  public mutating func line(x: Int, y: Int, width: Int, _ style: Style = .border) {
    guard let scalar = glyphs.horizontal.unicodeScalars.first else { return }
    for column in x..<max(x, x + width) { set(scalar, x: column, y: y, style) }
  }

  /// A vertical line.
  public mutating func verticalLine(x: Int, y: Int, height: Int, _ style: Style = .border) {
    for row in y..<max(y, y + height) { put(glyphs.vertical, x: x, y: row, style) }
  }

  /// A scroll bar in the rectangle's last column, when not everything is seen.
  public mutating func scrollBar(in rect: Rect, first: Int, shown: Int, total: Int) {
    guard total > shown, rect.height > 1, rect.width > 1 else { return }
    let length = max(1, rect.height * shown / total)
    let travel = rect.height - length
    let start = rect.y + (total - shown > 0 ? travel * min(first, total - shown) / (total - shown) : 0)
    for y in start..<(start + length) { put(glyphs.scrollThumb, x: rect.right - 1, y: y, .border) }
  }
}
