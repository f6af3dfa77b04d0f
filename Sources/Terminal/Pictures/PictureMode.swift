// SPDX-License-Identifier: GPL-3.0-or-later

// The map of pictures:
//   PictureMode      what the terminal has said that it can show (decided here, from its answers)
//   Picture          a picture made for a mode and a room: SymbolCells, or a Graphic
//   Graphic          what a terminal is sent to show pixels: KittyGraphics, InlineFile or Sixel say it in its language
//   Canvas.place     keeps a box of cells free for a graphic; what is drawn over the box hides the graphic
//   PictureGlass     what is on the glass: which graphics a frame must send, move or take away

/// How a terminal shows pictures.
public struct PictureMode: Sendable, Hashable {
  /// From what always works to what must have been promised.
  public enum Method: Sendable, Hashable {
    /// Block characters: text.
    case symbols
    /// The same in one ink, shaded, where there are no colours.
    case plainSymbols
    /// The kitty graphics protocol: files are sent once and placed by number.
    case kitty
    /// The same, placed by characters that stand for parts of the picture, which is how it gets through tmux.
    case kittyCells
    /// iTerm2's inline files.
    case inline
    case sixel
  }

  public var method: Method
  /// Pixels of a cell. Where nobody said, or cells are all that counts, it is half as wide as high.
  public var cell: Size

  public init(_ method: Method, cell: Size = Size(columns: 1, rows: 2)) {
    self.method = method
    self.cell = cell
  }

  public static let symbols = PictureMode(.symbols)

  /// Whether pictures are text.
  public var isText: Bool { method == .symbols || method == .plainSymbols }

  /// What the terminal's answers allow. A multiplexer draws for itself, so only what it lets through, or draws itself,
  /// counts there. `window` is a cell by the window's size, for terminals that do not answer for their cells.
  static func decide(_ abilities: TerminalAbilities, window: Size?, depth: ColourDepth = .indexed) -> PictureMode {
    let best = pixels(abilities, window: window)
    return best == .symbols && depth == .mono ? PictureMode(.plainSymbols) : best
  }

  private static func pixels(_ abilities: TerminalAbilities, window: Size?) -> PictureMode {
    let cell = abilities.cell ?? window
    let standard = PictureMode.symbols.cell
    if abilities.multiplexer != nil {
      if abilities.sixel, let cell { return PictureMode(.sixel, cell: cell) }
      if abilities.kittyGraphics, abilities.hasPlaceholders { return PictureMode(.kittyCells, cell: cell ?? standard) }
      return .symbols
    }
    if abilities.kittyGraphics { return PictureMode(.kitty, cell: cell ?? standard) }
    if abilities.takesInlineFiles { return PictureMode(.inline, cell: cell ?? standard) }
    // A sixel picture has a size in pixels only: not knowing the cells, it would cover too many or too few.
    if abilities.sixel, let cell { return PictureMode(.sixel, cell: cell) }
    return .symbols
  }

  /// xterm cuts what is larger than this, unless it is told otherwise (`maxGraphicSize`).
  private static let sixelSideMax = 1000

  /// The room that the method can fill.
  func limited(_ room: Size) -> Size {
    switch method {
    case .sixel:
      Size(
        columns: min(room.columns, PictureMode.sixelSideMax / cell.columns),
        rows: min(room.rows, PictureMode.sixelSideMax / cell.rows))
    case .kittyCells:
      Size(columns: min(room.columns, KittyCells.sideMax), rows: min(room.rows, KittyCells.sideMax))
    case .symbols, .plainSymbols, .kitty, .inline: room
    }
  }
}
