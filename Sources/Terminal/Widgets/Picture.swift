// SPDX-License-Identifier: GPL-3.0-or-later
internal import CChafa
internal import CCodecs

/// Pixels of a picture: red, green, blue, alpha, row by row.
public struct Pixels: Sendable, Equatable {
  public let width: Int
  public let height: Int
  public let rgba: [UInt8]

  /// The largest picture that is taken, in pixels: 16 million.
  public static let countMax = 1 << 24

  /// Nothing when the sizes do not fit the bytes.
  public init?(width: Int, height: Int, rgba: [UInt8]) {
    guard width > 0, height > 0, width <= Pixels.countMax / height, rgba.count == width * height * 4 else { return nil }
    self.width = width
    self.height = height
    self.rgba = rgba
  }

  /// Decodes a PNG. Slow enough to be done away from the loop's thread.
  public init?(png bytes: [UInt8]) {
    // Width and height stand in the first chunk (PNG specification 11.2.2): a bomb is refused before it is decoded.
    guard bytes.count > 33, bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]) else { return nil }
    func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    let (width, height) = (number(16), number(20))
    guard width > 0, height > 0, width <= Pixels.countMax / height else { return nil }
    var picture = unsafe ccodecs_picture()
    guard unsafe ccodecs_png_decode(bytes, bytes.count, &picture) == CCODECS_OK else { return nil }
    defer { unsafe ccodecs_free(picture.pixels) }
    self.init(width: width, height: height, rgba: unsafe Pixels.straightened(picture))
  }

  /// The codecs give blue first and colours multiplied by alpha.
  private static func straightened(_ picture: ccodecs_picture) -> [UInt8] {
    let (width, height) = unsafe (Int(picture.width), Int(picture.height))
    var result = [UInt8](repeating: 255, count: width * height * 4)
    for y in 0..<height {
      for x in 0..<width {
        let from = y * Int(unsafe picture.stride) + x * 4
        let to = (y * width + x) * 4
        let alpha = unsafe picture.has_alpha != 0 ? Int(picture.pixels[from + 3]) : 255
        for channel in 0..<3 {
          let value = Int(unsafe picture.pixels[from + 2 - channel])
          result[to + channel] = alpha == 0 ? 0 : UInt8(min(255, value * 255 / alpha))
        }
        result[to + 3] = UInt8(alpha)
      }
    }
    return result
  }
}

/// A picture as cells of block symbols: text, so it scrolls, is covered and resizes like any other.
public struct Picture: Sendable, Equatable {
  /// A cell of the picture.
  struct PictureCell: Sendable, Equatable {
    var scalar: Unicode.Scalar
    /// Palette indices; negative for what is transparent.
    var ink: Int16
    var paper: Int16
  }

  public let size: Size
  let cells: [PictureCell]

  /// Turns pixels into cells that fit the size and keep the picture's shape. Tens of milliseconds: do it away from
  /// the loop's thread and keep the result.
  public init(_ pixels: Pixels, fitting room: Size) {
    size = Picture.fit(pixels, into: room)
    guard size.columns > 0, size.rows > 0 else {
      cells = []
      return
    }
    cells = Picture.render(pixels, size)
  }

  /// A cell is about twice as high as wide.
  static func fit(_ pixels: Pixels, into room: Size) -> Size {
    guard room.columns > 0, room.rows > 0 else { return Size(columns: 0, rows: 0) }
    let byWidth = max(1, room.columns * pixels.height / (pixels.width * 2))
    if byWidth <= room.rows { return Size(columns: room.columns, rows: byWidth) }
    return Size(columns: max(1, min(room.columns, room.rows * 2 * pixels.width / pixels.height)), rows: room.rows)
  }

  private static func render(_ pixels: Pixels, _ size: Size) -> [PictureCell] {
    let configuration = unsafe chafa_canvas_config_new()
    let symbols = unsafe chafa_symbol_map_new()
    defer {
      unsafe chafa_symbol_map_unref(symbols)
      unsafe chafa_canvas_config_unref(configuration)
    }
    unsafe chafa_symbol_map_add_by_tags(symbols, CHAFA_SYMBOL_TAG_SPACE)
    unsafe chafa_symbol_map_add_by_tags(symbols, CHAFA_SYMBOL_TAG_BLOCK)
    unsafe chafa_canvas_config_set_symbol_map(configuration, symbols)
    unsafe chafa_canvas_config_set_geometry(configuration, Int32(size.columns), Int32(size.rows))
    // The 240 fixed colours: the first sixteen look different on every terminal.
    unsafe chafa_canvas_config_set_canvas_mode(configuration, CHAFA_CANVAS_MODE_INDEXED_240)
    let canvas = unsafe chafa_canvas_new(configuration)
    defer { unsafe chafa_canvas_unref(canvas) }
    unsafe pixels.rgba.withUnsafeBufferPointer { buffer in
      unsafe chafa_canvas_draw_all_pixels(
        canvas, CHAFA_PIXEL_RGBA8_UNASSOCIATED, buffer.baseAddress, Int32(pixels.width), Int32(pixels.height),
        Int32(pixels.width * 4))
    }
    return (0..<(size.columns * size.rows)).map { index in
      let (x, y) = (Int32(index % size.columns), Int32(index / size.columns))
      var ink: Int32 = -1
      var paper: Int32 = -1
      unsafe chafa_canvas_get_raw_colors_at(canvas, x, y, &ink, &paper)
      let value = unsafe chafa_canvas_get_char_at(canvas, x, y)
      return PictureCell(scalar: Unicode.Scalar(value) ?? " ", ink: Int16(ink), paper: Int16(paper))
    }
  }

  /// Draws the picture in the middle of the rectangle, or what of it fits.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    let place = rect.centered(width: size.columns, height: size.rows)
    canvas.clipped(to: rect) { canvas in
      for (index, cell) in cells.enumerated() {
        let (x, y) = (index % size.columns, index / size.columns)
        canvas.set(cell.scalar, x: place.x + x, y: place.y + y, style(of: cell))
      }
    }
  }

  private func style(of cell: PictureCell) -> Style {
    func index(_ colour: Int16) -> UInt8 { UInt8(clamping: colour) }
    if cell.ink < 0 { return .text }
    if cell.paper < 0 { return Style(palette: index(cell.ink), on: .page) }
    return Style(palette: index(cell.ink), on: index(cell.paper))
  }
}
