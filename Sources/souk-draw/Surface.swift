// SPDX-License-Identifier: GPL-3.0-or-later
internal import CCodecs
internal import CDrawing
import Drawing

/// A picture in memory, as cairo draws on it.
@safe
final class Surface {
  // The pointer lives as long as this object; cairo keeps the pixels, or they are freed below.
  let pointer: OpaquePointer
  let size: PictureSize
  let hasAlpha: Bool
  private let decoded: UnsafeMutablePointer<UInt8>?

  /// An empty picture, or nil without memory for it.
  init?(_ size: PictureSize, hasAlpha: Bool) {
    let format = hasAlpha ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24
    guard let pointer = unsafe cairo_image_surface_create(format, Int32(size.width), Int32(size.height)) else {
      return nil
    }
    unsafe self.pointer = unsafe pointer
    self.size = size
    self.hasAlpha = hasAlpha
    unsafe decoded = nil
    if unsafe cairo_surface_status(pointer) != CAIRO_STATUS_SUCCESS { return nil }
  }

  /// Takes over decoded pixels.
  init?(_ picture: ccodecs_picture) {
    let format = unsafe picture.has_alpha != 0 ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24
    guard
      let pointer = unsafe cairo_image_surface_create_for_data(
        picture.pixels, format, picture.width, picture.height, picture.stride)
    else { return nil }
    unsafe self.pointer = unsafe pointer
    size = unsafe PictureSize(width: Int(picture.width), height: Int(picture.height))
    hasAlpha = unsafe picture.has_alpha != 0
    unsafe decoded = unsafe picture.pixels
    if unsafe cairo_surface_status(pointer) != CAIRO_STATUS_SUCCESS { return nil }
  }

  deinit {
    unsafe cairo_surface_destroy(pointer)
    if let decoded = unsafe decoded { unsafe ccodecs_free(decoded) }
  }

  /// Draws with a context that ends with the call; false when cairo ran into an error.
  func draw(_ body: (OpaquePointer) -> Void) -> Bool {
    guard let context = unsafe cairo_create(pointer) else { return false }
    defer { unsafe cairo_destroy(context) }
    unsafe body(context)
    unsafe cairo_surface_flush(pointer)
    return unsafe cairo_status(context) == CAIRO_STATUS_SUCCESS
  }

  func encoded(_ format: ThumbnailFormat) -> [UInt8]? {
    // 82 of 100: above it files grow fast and the eye gains little.
    let jpegQuality: Int32 = 82
    guard let pixels = unsafe cairo_image_surface_get_data(pointer) else { return nil }
    let stride = unsafe cairo_image_surface_get_stride(pointer)
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    let code =
      switch format {
      case .jpeg:
        unsafe ccodecs_jpeg_encode(pixels, Int32(size.width), Int32(size.height), stride, jpegQuality, &bytes, &count)
      case .png:
        unsafe ccodecs_png_encode(
          pixels, Int32(size.width), Int32(size.height), stride, hasAlpha ? 1 : 0, &bytes, &count)
      }
    guard code == Int32(CCODECS_OK), let bytes = unsafe bytes else { return nil }
    defer { unsafe ccodecs_free(bytes) }
    return unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  }
}
