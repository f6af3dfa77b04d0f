// SPDX-License-Identifier: GPL-3.0-or-later
internal import CChafa

/// A cell of a picture made of block symbols.
struct SymbolCell: Sendable, Equatable {
  var scalar: Unicode.Scalar
  /// Palette indices; negative for what is transparent.
  var ink: Int16
  var paper: Int16

  /// The cells of a picture, row by row; plain ones are of the terminal's own ink.
  static func cells(of pixels: Pixels, _ size: Size, isPlain: Bool = false) -> [SymbolCell] {
    guard size.columns > 0, size.rows > 0 else { return [] }
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
    if isPlain {
      unsafe chafa_symbol_map_add_by_tags(symbols, CHAFA_SYMBOL_TAG_STIPPLE)
      unsafe chafa_canvas_config_set_symbol_map(configuration, symbols)
    }
    // The 240 fixed colours: the first sixteen look different on every terminal.
    unsafe chafa_canvas_config_set_canvas_mode(
      configuration, isPlain ? CHAFA_CANVAS_MODE_FGBG : CHAFA_CANVAS_MODE_INDEXED_240)
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
      let scalar = Unicode.Scalar(value) ?? " "
      return isPlain
        ? SymbolCell(scalar: scalar, ink: -1, paper: -1)
        : SymbolCell(scalar: scalar, ink: Int16(ink), paper: Int16(paper))
    }
  }

  func draw(x: Int, y: Int, on canvas: inout Canvas) {
    // Without block characters a cell is at least of the right colour.
    canvas.set(canvas.glyphs.isASCII ? " " : scalar, x: x, y: y, style)
  }

  private var style: Style {
    func index(_ colour: Int16) -> UInt8 { UInt8(clamping: colour) }
    if ink < 0 { return .text }
    if paper < 0 { return Style(palette: index(ink), on: .page) }
    return Style(palette: index(ink), on: index(paper))
  }
}
