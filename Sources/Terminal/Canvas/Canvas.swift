// SPDX-License-Identifier: GPL-3.0-or-later

// The map of this module:
//   Canvas      a grid of cells that screens draw on: text, boxes, fills, all clipped; plus what a frame asks of the
//               terminal (cursor, title, links, bell)
//   Style       how a cell looks, by Role and Ground; Theme turns that into colours
//   SafeText    width, cutting and cleaning of text that other people wrote
//   Layout      Rect.rows and Rect.columns by Extent
//   KeyDecoder  bytes of a terminal -> TerminalEvent
//   KeyTable    one table of actions: dispatch, hint line, help, palette, rebinding
//   Widgets     values with state outside that draw themselves in a Rect
//   Program     update and draw of an application; ProgramRunner runs it on an EventLoop with a CursesScreen
//   TextScreen  a canvas as text, for tests and plain output

/// One place of the grid. A wide character fills its cell and leaves a continuation of width 0 to its right.
public struct Cell: Hashable, Sendable {
  public var scalar: Unicode.Scalar
  /// Index into the canvas's marks plus one; 0 for none.
  var marks: UInt16
  public var width: UInt8
  public var style: Style

  static func blank(_ style: Style) -> Cell { Cell(scalar: " ", marks: 0, width: 1, style: style) }
}

/// A stretch of the canvas that opens an address when clicked (OSC 8).
public struct LinkSpan: Hashable, Sendable {
  public var rect: Rect
  public var url: String
}

/// A grid of cells to draw on, and what else the frame asks of the terminal.
public struct Canvas: Sendable {
  public let size: Size
  public private(set) var cells: [Cell]
  private(set) var markTable: [[Unicode.Scalar]] = []
  /// Nothing is drawn outside.
  public private(set) var clip: Rect
  /// Where the hardware cursor stands: magnifiers and braille displays follow it.
  public var cursor: Point? {
    didSet { if let cursor, !bounds.contains(cursor) { self.cursor = oldValue } }
  }
  /// Whether the cursor is seen: in text fields, not on lists.
  public var isCursorShown = false
  /// The window's title.
  public var title: String?
  public var links: [LinkSpan] = []
  /// The graphics that were drawn, whether or not something lies over them by now.
  public internal(set) var pictures: [PicturePlacement] = []
  public var glyphs: Glyphs

  public init(size: Size, glyphs: Glyphs = .unicode) {
    self.size = size
    self.glyphs = glyphs
    cells = Array(repeating: .blank(.text), count: size.columns * size.rows)
    clip = Rect(size)
  }

  public var bounds: Rect { Rect(size) }

  public subscript(x: Int, y: Int) -> Cell { cells[y * size.columns + x] }

  /// The marks (accents) that sit on a cell.
  public func marks(of cell: Cell) -> [Unicode.Scalar] {
    cell.marks == 0 ? [] : markTable[Int(cell.marks) - 1]
  }

  // MARK: Clipping

  /// Draws with everything outside `rect` protected.
  public mutating func clipped(to rect: Rect, _ draw: (inout Canvas) -> Void) {
    let before = clip
    clip = clip.intersection(rect)
    draw(&self)
    clip = before
  }

  // MARK: Filling

  public mutating func fill(_ rect: Rect, _ style: Style, with scalar: Unicode.Scalar = " ") {
    let area = rect.intersection(clip)
    if area.isEmpty { return }
    let cell = Cell(scalar: scalar, marks: 0, width: 1, style: style)
    for y in area.y..<area.bottom {
      splitWide(at: area.x, y)
      splitWide(at: area.right, y)
      let start = y * size.columns
      for index in (start + area.x)..<(start + area.right) { cells[index] = cell }
    }
  }

  /// Changes what lies behind the cells of a rectangle and keeps the text.
  public mutating func tint(_ rect: Rect, _ ground: Ground) {
    restyle(rect) { $0.on(ground) }
  }

  /// Puts everything in the rectangle into the background, as behind a dialog.
  public mutating func dim(_ rect: Rect) {
    restyle(rect) { Style(.muted, on: $0.ground ?? .page) }
  }

  public mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    let area = rect.intersection(clip)
    if area.isEmpty { return }
    for y in area.y..<area.bottom {
      for index in (y * size.columns + area.x)..<(y * size.columns + area.right) {
        cells[index].style = change(cells[index].style)
      }
    }
  }

  // MARK: Text

  /// Draws text at a place and returns the columns it used. What does not fit is left out; a line end stops it.
  @discardableResult
  public mutating func put(_ text: String, x: Int, y: Int, _ style: Style = .text, columnsMax: Int = .max) -> Int {
    guard y >= clip.y, y < clip.bottom else { return 0 }
    let limit = columnsMax == .max ? clip.right : min(clip.right, x + max(0, columnsMax))
    var at = x
    var lastCell = -1
    var isFull = false
    SafeText.forEachScalar(text) { scalar, width in
      if isFull { return }
      if width == 0 {
        if lastCell >= 0 { self.addMark(scalar, to: lastCell) }
        return
      }
      if at + width > limit {
        isFull = true
        return
      }
      lastCell = self.place(scalar, width: width, x: at, y: y, style)
      at += width
    }
    return at - x
  }

  /// Draws text in a rectangle's first row, aligned, with an ellipsis when it is too long. Returns the columns used.
  @discardableResult
  public mutating func put(
    _ text: String, in rect: Rect, _ style: Style = .text, alignment: Alignment = .leading
  ) -> Int {
    guard !rect.isEmpty else { return 0 }
    var shown = text
    var width = SafeText.width(text)
    if width > rect.width {
      shown = SafeText.cut(text, to: rect.width, ellipsis: glyphs.ellipsis)
      width = SafeText.width(shown)
    }
    let indent =
      switch alignment {
      case .leading: 0
      case .trailing: rect.width - width
      case .center: (rect.width - width) / 2
      }
    return put(shown, x: rect.x + indent, y: rect.y, style, columnsMax: rect.width - indent)
  }

  /// Draws pieces of different styles after each other, cut to the columns. Returns the columns used.
  @discardableResult
  public mutating func put(_ spans: [Span], x: Int, y: Int, columnsMax: Int = .max) -> Int {
    var used = 0
    for span in spans {
      let left = columnsMax == .max ? clip.right - x - used : columnsMax - used
      if left <= 0 { break }
      if SafeText.width(span.text) > left {
        used += put(
          SafeText.cut(span.text, to: left, ellipsis: glyphs.ellipsis), x: x + used, y: y, span.style, columnsMax: left)
        break
      }
      used += put(span.text, x: x + used, y: y, span.style, columnsMax: left)
    }
    return used
  }

  /// Puts one scalar with its marks into a cell; for pictures, which know their cells.
  public mutating func set(_ scalar: Unicode.Scalar, marks: [Unicode.Scalar] = [], x: Int, y: Int, _ style: Style) {
    let index = place(scalar, width: 1, x: x, y: y, style)
    if index < 0 { return }
    for mark in marks { addMark(mark, to: index) }
  }

  /// Puts a scalar into its cell or cells; the index of the cell, or -1 when it is outside.
  private mutating func place(_ scalar: Unicode.Scalar, width: Int, x: Int, y: Int, _ style: Style) -> Int {
    guard x >= clip.x, x + width <= clip.right, y >= clip.y, y < clip.bottom else { return -1 }
    splitWide(at: x, y)
    splitWide(at: x + width, y)
    let index = y * size.columns + x
    let plain = glyphs.isASCII && scalar.value > 0x7e ? Glyphs.plain[scalar] ?? "?" : scalar
    cells[index] = Cell(scalar: plain, marks: 0, width: UInt8(width), style: style)
    if width == 2 {
      if plain != scalar { cells[index].width = 1 }
      cells[index + 1] = Cell(
        scalar: plain == scalar ? "\0" : "?", marks: 0, width: plain == scalar ? 0 : 1, style: style)
    }
    return index
  }

  /// Blanks a wide character of which a new edge at `x` would keep only half.
  private mutating func splitWide(at x: Int, _ y: Int) {
    guard x > 0, x < size.columns else { return }
    let index = y * size.columns + x
    if cells[index].width != 0 { return }
    cells[index] = .blank(cells[index].style)
    cells[index - 1] = .blank(cells[index - 1].style)
  }

  private mutating func addMark(_ scalar: Unicode.Scalar, to index: Int) {
    if glyphs.isASCII { return }
    var marks = marks(of: cells[index])
    // ncurses keeps five scalars of a cell; two marks are as many as any language writes.
    if marks.count >= 2 || markTable.count >= Int(UInt16.max) { return }
    marks.append(scalar)
    markTable.append(marks)
    cells[index].marks = UInt16(markTable.count)
  }
}

/// Text of one style, a piece of a line.
public struct Span: Hashable, Sendable {
  public var text: String
  public var style: Style

  public init(_ text: String, _ style: Style = .text) {
    self.text = text
    self.style = style
  }
}
