// SPDX-License-Identifier: GPL-3.0-or-later

/// A picture made for a terminal and a room: block symbols, which are text and behave as text, or what a terminal that
/// draws pixels is sent.
public struct Picture: Sendable, Equatable {
  enum Content: Sendable, Equatable {
    case symbols([SymbolCell])
    case graphic(Graphic)
  }

  /// The cells it takes.
  public let size: Size
  let content: Content

  /// Pixels in the way of a terminal, fitting the room and keeping their shape. Tens of milliseconds: do it away from
  /// the loop's thread and keep the result.
  public init(_ pixels: Pixels, fitting room: Size, mode: PictureMode = .symbols) {
    self.init(pixels, fitting: room, mode) { pixels.png }
  }

  /// The picture of a PNG file; nothing when the file is none. As slow as the other.
  public init?(png: [UInt8], fitting room: Size, mode: PictureMode) {
    guard let pixels = Pixels(png: png) else { return nil }
    self.init(pixels, fitting: room, mode) { png }
  }

  private init(_ pixels: Pixels, fitting room: Size, _ mode: PictureMode, file: () -> [UInt8]) {
    size = Picture.fit(pixels, into: mode.limited(room), cell: mode.cell)
    content =
      mode.isText || size.columns == 0
      ? .symbols(SymbolCell.cells(of: pixels, size, isPlain: mode.method == .plainSymbols))
      : .graphic(Graphic(pixels, size, mode, file: file))
  }

  /// About what keeping it costs.
  public var bytes: Int {
    switch content {
    case .symbols(let cells): cells.count * MemoryLayout<SymbolCell>.stride
    case .graphic(let graphic): graphic.sequence.count
    }
  }

  /// The cells, when it is made of symbols.
  var symbols: [SymbolCell] { if case .symbols(let cells) = content { cells } else { [] } }

  /// The graphic, when pixels are sent.
  var graphic: Graphic? { if case .graphic(let graphic) = content { graphic } else { nil } }

  /// The cells that show the picture in its own shape, as many as the room allows.
  static func fit(_ pixels: Pixels, into room: Size, cell: Size) -> Size {
    guard room.columns > 0, room.rows > 0 else { return Size(columns: 0, rows: 0) }
    let byWidth = max(1, room.columns * cell.columns * pixels.height / (pixels.width * cell.rows))
    if byWidth <= room.rows { return Size(columns: room.columns, rows: byWidth) }
    let byHeight = room.rows * cell.rows * pixels.width / (pixels.height * cell.columns)
    return Size(columns: max(1, min(room.columns, byHeight)), rows: room.rows)
  }

  /// Draws the picture in the middle of the rectangle, or what of it fits. A graphic is all there or not at all.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    let place = rect.centered(width: size.columns, height: size.rows)
    switch content {
    case .graphic(let graphic): if place.size == size { canvas.place(graphic, in: place) }
    case .symbols(let cells):
      canvas.clipped(to: rect) { canvas in
        for (index, cell) in cells.enumerated() {
          cell.draw(x: place.x + index % size.columns, y: place.y + index / size.columns, on: &canvas)
        }
      }
    }
  }
}
