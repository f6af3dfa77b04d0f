// SPDX-License-Identifier: GPL-3.0-or-later
internal import CDrawing
import Drawing

/// The faces documents are set in. Pango finds others for scripts these lack.
enum Face: String {
  case body = "DejaVu Sans, Noto Sans, Sans 9.5"
  case strong = "DejaVu Sans, Noto Sans, Sans Bold 9.5"
  case small = "DejaVu Sans, Noto Sans, Sans 7.5"
  case code = "DejaVu Sans Mono, Monospace 9"
  case title = "DejaVu Serif, Noto Serif, Serif Bold 20"
  case section = "DejaVu Sans, Noto Sans, Sans Bold 12"
}

/// A text set in lines of a given width, measured in points.
@safe
final class Layout {
  private let pointer: OpaquePointer

  init(_ text: String, _ face: Face, width: Double, alignment: Document.Alignment, on context: OpaquePointer) {
    guard let pointer = unsafe pango_cairo_create_layout(context) else { preconditionFailure("pango makes a layout") }
    unsafe self.pointer = unsafe pointer
    let font = unsafe pango_font_description_from_string(face.rawValue)
    unsafe pango_layout_set_font_description(pointer, font)
    unsafe pango_font_description_free(font)
    unsafe pango_layout_set_width(pointer, Int32(width * Double(PANGO_SCALE)))
    unsafe pango_layout_set_wrap(pointer, PANGO_WRAP_WORD_CHAR)
    unsafe pango_layout_set_spacing(pointer, Int32(1.5 * Double(PANGO_SCALE)))
    let placed =
      switch alignment {
      case .leading: PANGO_ALIGN_LEFT
      case .centre: PANGO_ALIGN_CENTER
      case .trailing: PANGO_ALIGN_RIGHT
      }
    unsafe pango_layout_set_alignment(pointer, placed)
    let bytes = text.accepted.utf8.map { CChar(bitPattern: $0) }
    unsafe pango_layout_set_text(pointer, bytes, Int32(bytes.count))
  }

  deinit { unsafe g_object_unref(UnsafeMutableRawPointer(pointer)) }

  /// Cuts the text off with an ellipsis so that it is at most so high.
  func limit(height: Double) {
    unsafe pango_layout_set_height(pointer, Int32(height * Double(PANGO_SCALE)))
    unsafe pango_layout_set_ellipsize(pointer, PANGO_ELLIPSIZE_END)
  }

  var height: Double {
    var size = PangoRectangle()
    unsafe pango_layout_get_extents(pointer, nil, &size)
    return Double(size.height) / Double(PANGO_SCALE)
  }

  func draw(on context: OpaquePointer, x: Double, y: Double) {
    unsafe cairo_move_to(context, x, y)
    unsafe pango_cairo_show_layout(context, pointer)
  }

  /// One line of the text: where it starts, how high it is, and its baseline below its top.
  struct Line {
    var index: Int32
    var x: Double
    var height: Double
    var baseline: Double
  }

  var lines: [Line] {
    guard let iterator = unsafe pango_layout_get_iter(pointer) else { return [] }
    defer { unsafe pango_layout_iter_free(iterator) }
    var lines: [Line] = []
    let scale = Double(PANGO_SCALE)
    repeat {
      var size = PangoRectangle()
      unsafe pango_layout_iter_get_line_extents(iterator, nil, &size)
      let baseline = unsafe pango_layout_iter_get_baseline(iterator)
      lines.append(
        Line(
          index: Int32(lines.count), x: Double(size.x) / scale, height: Double(size.height) / scale,
          baseline: Double(baseline - size.y) / scale))
    } while unsafe pango_layout_iter_next_line(iterator) != 0
    return lines
  }

  func draw(_ line: Line, on context: OpaquePointer, x: Double, y: Double) {
    unsafe cairo_move_to(context, x + line.x, y + line.baseline)
    unsafe pango_cairo_show_layout_line(context, pango_layout_get_line_readonly(pointer, line.index))
  }
}

extension String {
  /// The text without what cairo answers with an error that spoils the whole file: zero, and code points that are
  /// no characters (Unicode 16, section 23.7).
  var accepted: String {
    var kept = String.UnicodeScalarView()
    kept.append(
      contentsOf: unicodeScalars.filter {
        $0.value != 0 && $0.value & 0xFFFE != 0xFFFE && !(0xFDD0...0xFDEF).contains($0.value)
      })
    return String(kept)
  }
}
