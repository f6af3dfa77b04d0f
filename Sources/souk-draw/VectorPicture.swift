// SPDX-License-Identifier: GPL-3.0-or-later
internal import CDrawing
internal import CRsvgFlags
import Drawing

/// A parsed SVG drawing. It has no base address, so librsvg loads nothing from outside.
@safe
final class VectorPicture {
  private let handle: UnsafeMutablePointer<RsvgHandle>

  init(_ svg: [UInt8]) throws(DrawingRefusal) {
    var error: UnsafeMutablePointer<GError>?
    guard let handle = unsafe rsvg_handle_new_from_data(svg, gsize(svg.count), &error) else {
      if let error = unsafe error { unsafe g_error_free(error) }
      throw svg.contains(UInt8(ascii: "<")) ? .corrupt : .notAnImage
    }
    unsafe self.handle = unsafe handle
  }

  deinit { unsafe g_object_unref(handle) }

  /// Height by width; from its own size, else from its view box, else square.
  var aspect: Double {
    var width = 0.0
    var height = 0.0
    if unsafe rsvg_handle_get_intrinsic_size_in_pixels(handle, &width, &height) != 0, width > 0, height > 0 {
      return height / width
    }
    var hasWidth = gboolean(0)
    var hasHeight = gboolean(0)
    var hasBox = gboolean(0)
    var box = RsvgRectangle()
    var length = RsvgLength()
    var otherLength = RsvgLength()
    unsafe rsvg_handle_get_intrinsic_dimensions(
      handle, &hasWidth, &length, &hasHeight, &otherLength, &hasBox, &box)
    return hasBox != 0 && box.width > 0 && box.height > 0 ? box.height / box.width : 1
  }

  func png(width: Int, limits: DrawingLimits) throws(DrawingRefusal) -> [UInt8] {
    let wanted = (Double(width) * aspect).rounded()
    let height = wanted.isFinite && wanted < 1e9 ? max(1, Int(wanted)) : Int.max
    let refusal = DrawingRefusal.tooLarge(width: width, height: height)
    guard width > 0, width <= limits.sideMax, height <= limits.sideMax else { throw refusal }
    let size = PictureSize(width: width, height: height)
    guard let surface = Surface(size, hasAlpha: true) else { throw refusal }
    var isDrawn = false
    let isSound = unsafe surface.draw { context in
      isDrawn = unsafe draw(on: context, width: Double(width), height: Double(height))
    }
    guard isSound, isDrawn, let bytes = surface.encoded(.png) else { throw .corrupt }
    return bytes
  }

  /// Draws at the context's origin.
  func draw(on context: OpaquePointer, width: Double, height: Double) -> Bool {
    var viewport = RsvgRectangle(x: 0, y: 0, width: width, height: height)
    var error: UnsafeMutablePointer<GError>?
    if unsafe rsvg_handle_render_document(handle, context, &viewport, &error) != 0 { return true }
    if let error = unsafe error { unsafe g_error_free(error) }
    return false
  }
}
