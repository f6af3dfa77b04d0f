// SPDX-License-Identifier: GPL-3.0-or-later
internal import CChafa

/// Pictures as DEC's terminals took them: bands of six pixels with a palette of their own.
enum Sixel {
  /// The whole sequence of a picture that fills so many cells of so many pixels; the last band ends within them.
  static func sequence(_ pixels: Pixels, _ size: Size, cell: Size) -> [UInt8] {
    let configuration = unsafe chafa_canvas_config_new()
    defer { unsafe chafa_canvas_config_unref(configuration) }
    unsafe chafa_canvas_config_set_geometry(configuration, Int32(size.columns), Int32(size.rows))
    unsafe chafa_canvas_config_set_cell_geometry(configuration, Int32(cell.columns), Int32(cell.rows))
    unsafe chafa_canvas_config_set_canvas_mode(configuration, CHAFA_CANVAS_MODE_TRUECOLOR)
    unsafe chafa_canvas_config_set_pixel_mode(configuration, CHAFA_PIXEL_MODE_SIXELS)
    let canvas = unsafe chafa_canvas_new(configuration)
    defer { unsafe chafa_canvas_unref(canvas) }
    unsafe pixels.rgba.withUnsafeBufferPointer { buffer in
      unsafe chafa_canvas_draw_all_pixels(
        canvas, CHAFA_PIXEL_RGBA8_UNASSOCIATED, buffer.baseAddress, Int32(pixels.width), Int32(pixels.height),
        Int32(pixels.width * 4))
    }
    let terminal = unsafe chafa_term_info_new()
    defer { unsafe chafa_term_info_unref(terminal) }
    unsafe chafa_term_info_set_seq(terminal, CHAFA_TERM_SEQ_BEGIN_SIXELS, "\u{1b}P%1;%2;%3q", nil)
    unsafe chafa_term_info_set_seq(terminal, CHAFA_TERM_SEQ_END_SIXELS, "\u{1b}\\", nil)
    guard let text = unsafe chafa_canvas_print(canvas, terminal) else { return [] }
    defer { unsafe g_string_free(text, 1) }
    let bytes = unsafe UnsafeRawBufferPointer(start: text.pointee.str, count: Int(text.pointee.len))
    return unsafe Array(bytes)
  }
}
