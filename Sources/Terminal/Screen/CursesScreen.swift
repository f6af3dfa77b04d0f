// SPDX-License-Identifier: GPL-3.0-or-later
internal import CTerminal
import Glibc

/// Why the full-screen client cannot be shown here.
public enum TerminalRefusal: Error, Equatable, CustomStringConvertible {
  /// Input or output is not a terminal.
  case notATerminal
  /// The terminal cannot place a cursor (TERM=dumb), or nobody knows its type.
  case tooSimple(type: String)

  public var description: String {
    switch self {
    case .notATerminal: "this is not a terminal"
    case .tooSimple(let type): "the terminal type \"\(type)\" cannot show a full screen"
    }
  }
}

/// What may be set about the screen from outside.
public struct ScreenOptions: Sendable {
  /// How many colours to use, however many there are.
  public enum ColourChoice: Sendable, Equatable {
    /// As many as the terminal has, none when `NO_COLOR` says so.
    case automatic
    case atMost(ColourDepth)
  }
  public var colours = ColourChoice.automatic
  /// Whether frames are bracketed by mode 2026; nil: when the terminal says that it can.
  public var synchronized: Bool?
  public var glyphs: Glyphs?
  /// Whether pictures may be pixels where the terminal can draw them; else they are block symbols.
  public var drawsPixels = true
  public init() {}
}

/// The terminal in its full-screen mode, drawn by ncurses. There is one at a time, since ncurses has one.
///
/// It gives the terminal back by `close`, and by itself when a fatal signal or a trap ends the process.
public final class CursesScreen {
  public private(set) var size: Size
  /// Pixels of a cell, where the terminal's window has a size in pixels.
  public private(set) var cell: Size?
  public let depth: ColourDepth
  public let glyphs: Glyphs
  /// Whether the terminal understands synchronized output.
  public var isSynchronized: Bool
  /// The bytes of the last frame: a figure for budgets.
  public private(set) var lastFrameBytes = 0

  private var lastTitle: String?
  private var lastLinks: [LinkImprint] = []
  private var glass = PictureGlass()
  private var buffer: [ct_cell] = []

  private struct LinkImprint: Equatable {
    var link: LinkSpan
    var cells: [Cell]
  }

  public init(options: ScreenOptions = ScreenOptions()) throws(TerminalRefusal) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    let isUnicode = ct_locale() == 1
    let type = environment("TERM") ?? "dumb"
    let known = CursesScreen.candidates(for: type).first { unsafe ct_open(STDIN_FILENO, STDOUT_FILENO, $0) == 0 }
    guard known != nil else { throw .tooSimple(type: type) }
    glyphs = options.glyphs ?? (isUnicode ? .unicode : .ascii)
    isSynchronized = options.synchronized ?? false
    depth = CursesScreen.depth(options.colours, terminal: Int(ct_color_count()))
    (size, cell) = CursesScreen.currentSize()
  }

  /// The terminal types to try: its own, what its name begins with, and the one that nearly all imitate.
  static func candidates(for type: String) -> [String] {
    if type == "dumb" || type.isEmpty { return [] }
    var result = [type]
    var family = type[...]
    while let dash = family.lastIndex(of: "-") {
      family = family[..<dash]
      result.append("\(family)-256color")
      result.append(String(family))
    }
    result += ["xterm-256color", "xterm"]
    return result
  }

  static func depth(_ choice: ScreenOptions.ColourChoice, terminal count: Int) -> ColourDepth {
    let possible = ColourDepth(count: count)
    switch choice {
    case .automatic:
      if let refusal = environment("NO_COLOR"), !refusal.isEmpty { return .mono }
      return possible
    case .atMost(let wanted): return wanted.rawValue < possible.rawValue ? wanted : possible
    }
  }

  private static func currentSize() -> (Size, cell: Size?) {
    var rows: Int32 = 0
    var columns: Int32 = 0
    var width: Int32 = 0
    var height: Int32 = 0
    unsafe ct_size(&rows, &columns, &width, &height)
    let cell = Size(columns: Int(width), rows: Int(height))
    return (Size(columns: max(1, Int(columns)), rows: max(1, Int(rows))), cell.isCell ? cell : nil)
  }

  /// Asks the terminal for its size again. True when it changed.
  public func refreshSize() -> Bool {
    let (now, cell) = CursesScreen.currentSize()
    if now == size, cell == self.cell { return false }
    (size, self.cell) = (now, cell)
    dropPictures()
    ct_resize(Int32(now.rows), Int32(now.columns))
    lastLinks = []
    return true
  }

  /// Terminals do not agree about pixels at a change of size or when all is sent again: they are taken away first.
  private func dropPictures() {
    write(glass.farewell)
    glass.forget()
  }

  /// Shows a canvas: the difference goes to the terminal in one write. False when the terminal is gone.
  public func present(_ canvas: Canvas, _ palette: Palette, extra: [UInt8] = []) -> Bool {
    let pictures = canvas.picturesInSight
    fillBuffer(canvas.wipingHiddenPictures(but: pictures), palette)
    let cursor = canvas.cursor ?? Point(x: canvas.size.columns - 1, y: canvas.size.rows - 1)
    var scrolls: Int32 = 0
    guard
      unsafe ct_compose(
        buffer, Int32(canvas.size.rows), Int32(canvas.size.columns), Int32(max(0, min(cursor.y, size.rows - 1))),
        Int32(max(0, min(cursor.x, size.columns - 1))), canvas.cursor != nil && canvas.isCursorShown ? 1 : 0, &scrolls)
        == 0
    else { return false }
    let page = Array(sgr(palette.resolve(.text)).utf8)
    let change = glass.show(pictures, page: page, isScrolled: scrolls != 0)
    let farewell = glass.farewell
    unsafe ct_farewell(farewell, farewell.count)
    let after = titleBytes(canvas) + linkBytes(canvas, palette) + change.after + extra
    let written = unsafe ct_send(
      change.before, change.before.count, after, after.count, isSynchronized ? 1 : 0)
    lastFrameBytes = max(0, written)
    return written >= 0
  }

  private func fillBuffer(_ canvas: Canvas, _ palette: Palette) {
    let count = canvas.cells.count
    if buffer.count != count { buffer = Array(repeating: ct_cell(), count: count) }
    var style = Style.text
    var look = palette.resolve(style)
    for index in 0..<count {
      let cell = canvas.cells[index]
      if cell.style != style {
        style = cell.style
        look = palette.resolve(style)
      }
      var mark1: UInt32 = 0
      var mark2: UInt32 = 0
      if cell.marks != 0 {
        let marks = canvas.marks(of: cell)
        mark1 = marks.first?.value ?? 0
        mark2 = marks.dropFirst().first?.value ?? 0
      }
      buffer[index] = ct_cell(
        scalar: cell.scalar.value, mark1: mark1, mark2: mark2, foreground: look.ink, background: look.paper,
        attributes: look.attributes, width: cell.width)
    }
  }

  private func titleBytes(_ canvas: Canvas) -> [UInt8] {
    guard let title = canvas.title, title != lastTitle else { return [] }
    lastTitle = title
    return Array("\u{1b}]2;\(SafeText.prefix(title, columns: 200))\u{7}".utf8)
  }

  /// ncurses knows no links: their text is written again, inside OSC 8, after the frame, whenever it may have changed.
  private func linkBytes(_ canvas: Canvas, _ palette: Palette) -> [UInt8] {
    let imprints = canvas.links.map { link in
      let area = link.rect.intersection(canvas.bounds)
      return LinkImprint(link: link, cells: (area.x..<area.right).map { canvas[$0, area.y] })
    }
    if imprints == lastLinks { return [] }
    lastLinks = imprints
    var text = "\u{1b}7"
    for imprint in imprints where !imprint.cells.isEmpty {
      let url = SafeText.sanitised(imprint.link.url).filter { $0.isASCII && $0 != " " }
      text += "\u{1b}[\(imprint.link.rect.y + 1);\(imprint.link.rect.x + 1)H\u{1b}]8;;\(url)\u{1b}\\"
      for cell in imprint.cells where cell.width > 0 {
        text += sgr(palette.resolve(cell.style))
        text.unicodeScalars.append(cell.scalar)
        text.unicodeScalars.append(contentsOf: canvas.marks(of: cell))
      }
      text += "\u{1b}]8;;\u{1b}\\"
    }
    return Array((text + "\u{1b}8").utf8)
  }

  private func sgr(_ look: (ink: Int16, paper: Int16, attributes: UInt8)) -> String {
    var codes = ["0"]
    for (bit, code) in [(1, "1"), (2, "2"), (4, "3"), (8, "4"), (16, "7")] where look.attributes & UInt8(bit) != 0 {
      codes.append(code)
    }
    if look.ink >= 0 { codes.append("38;5;\(look.ink)") }
    if look.paper >= 0 { codes.append("48;5;\(look.paper)") }
    return "\u{1b}[\(codes.joined(separator: ";"))m"
  }

  /// Writes bytes past the frame: questions, the clipboard, the bell. The caller has cleaned them.
  public func write(_ bytes: [UInt8]) { _ = unsafe ct_write(bytes, bytes.count) }

  /// The next frame is sent whole.
  public func forget() {
    dropPictures()
    ct_forget()
    lastLinks = []
  }

  public func setMouse(_ isOn: Bool) { ct_mouse(isOn ? 1 : 0) }
  public func useKittyKeyboard() { ct_kitty_keyboard() }

  /// Gives the terminal back for a while.
  public func suspend() {
    ct_suspend()
    glass.forget()
  }

  /// Takes the terminal again; the next frame is sent whole.
  public func resume() {
    ct_resume()
    dropPictures()
    lastTitle = nil
    lastLinks = []
  }

  /// Gives the terminal back for good and forgets what was typed ahead.
  public func close() { ct_close() }
}

extension Size {
  /// Whether it can be the pixels of a cell.
  var isCell: Bool { (1...200).contains(columns) && (1...200).contains(rows) }
}

/// A variable of the environment.
func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
