// SPDX-License-Identifier: GPL-3.0-or-later
internal import CCodecs
internal import CDrawing
import Drawing

/// Makes small upright copies of an uploaded picture.
struct ThumbnailMaker {
  let limits: DrawingLimits

  func thumbnails(
    of bytes: [UInt8], boxes: [PictureSize], formats: [ThumbnailFormat]
  ) throws(DrawingRefusal) -> Thumbnails {
    if bytes.count > limits.inputBytesMax { throw .tooManyBytes(max: limits.inputBytesMax) }
    let file = try PictureFile(bytes)
    let refusal = DrawingRefusal.tooLarge(width: file.size.width, height: file.size.height)
    let (pixels, overflows) = file.size.width.multipliedReportingOverflow(by: file.size.height)
    if overflows || pixels > limits.pixelsMax { throw refusal }
    for box in boxes where !(1...limits.sideMax ~= box.width && 1...limits.sideMax ~= box.height) {
      throw .tooLarge(width: box.width, height: box.height)
    }
    let upright = file.orientation.upright(file.size)
    let sizes = boxes.map { upright.fitted(into: $0) }
    var source = try decode(bytes, file, largest: sizes, refusal)
    var orientation = file.orientation
    var made = [[Thumbnail]](repeating: [], count: boxes.count)
    // Largest first: the smaller copies are made from the larger ones.
    for index in boxes.indices.sorted(by: { sizes[$0].width > sizes[$1].width }) {
      let size = sizes[index]
      guard let scaled = scaled(source, orientation, to: size) else { throw refusal }
      (source, orientation) = (scaled, .upright)
      for format in formats {
        guard let ready = format == .jpeg ? onWhite(scaled) : scaled, let bytes = ready.encoded(format) else {
          throw refusal
        }
        made[index].append(Thumbnail(box: boxes[index], format: format, size: size, bytes: bytes))
      }
    }
    return Thumbnails(originalFormat: file.format, originalSize: upright, pictures: made.flatMap { $0 })
  }

  private func decode(
    _ bytes: [UInt8], _ file: PictureFile, largest sizes: [PictureSize], _ noMemory: DrawingRefusal
  ) throws(DrawingRefusal) -> Surface {
    var picture = unsafe ccodecs_picture()
    let code: Int32
    // Half as much again as is needed is left to the better filter.
    let wanted = sizes.map { file.orientation.upright($0) }
    let width = max(1, (wanted.map(\.width).max() ?? 1) * 3 / 2)
    let height = max(1, (wanted.map(\.height).max() ?? 1) * 3 / 2)
    switch file.format {
    case .jpeg:
      code = unsafe ccodecs_jpeg_decode(
        bytes, bytes.count, Int32(clamping: width), Int32(clamping: height), &picture)
    case .png: code = unsafe ccodecs_png_decode(bytes, bytes.count, &picture)
    case .webp: code = unsafe ccodecs_webp_decode(bytes, bytes.count, &picture)
    }
    switch code {
    case Int32(CCODECS_OK): break
    case Int32(CCODECS_NO_MEMORY): throw noMemory
    case Int32(CCODECS_UNSUPPORTED): throw .unsupported("animation")
    default: throw .corrupt
    }
    let factor = unsafe min(picture.width / Int32(clamping: width), picture.height / Int32(clamping: height))
    if factor > 1 { unsafe ccodecs_shrink(&picture, factor) }
    guard let surface = unsafe Surface(picture) else { throw noMemory }
    return surface
  }

  /// Turns upright and scales. cairo's best filter works up to a factor of 16 at once, and well up to 8.
  private func scaled(_ source: Surface, _ orientation: Orientation, to size: PictureSize) -> Surface? {
    let upright = orientation.upright(source.size)
    let ratio = min(Double(upright.width) / Double(size.width), Double(upright.height) / Double(size.height))
    if ratio > 8 {
      let half = PictureSize(width: max(size.width, upright.width / 8), height: max(size.height, upright.height / 8))
      guard let between = scaled(source, orientation, to: half) else { return nil }
      return scaled(between, .upright, to: size)
    }
    guard let target = Surface(size, hasAlpha: source.hasAlpha) else { return nil }
    let isExact = upright == size
    let matrix = orientation.matrix(for: source.size)
    let isDrawn = unsafe target.draw { context in
      unsafe cairo_scale(
        context, Double(size.width) / Double(upright.width), Double(size.height) / Double(upright.height))
      var transform = cairo_matrix_t(
        xx: matrix.xx, yx: matrix.yx, xy: matrix.xy, yy: matrix.yy, x0: matrix.x0, y0: matrix.y0)
      unsafe cairo_transform(context, &transform)
      unsafe cairo_set_source_surface(context, source.pointer, 0, 0)
      let pattern = unsafe cairo_get_source(context)
      unsafe cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD)
      unsafe cairo_pattern_set_filter(pattern, isExact ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_BEST)
      unsafe cairo_set_operator(context, CAIRO_OPERATOR_SOURCE)
      unsafe cairo_paint(context)
    }
    return isDrawn ? target : nil
  }

  /// JPEG knows no transparency: what shines through is white.
  private func onWhite(_ picture: Surface) -> Surface? {
    if !picture.hasAlpha { return picture }
    guard let target = Surface(picture.size, hasAlpha: false) else { return nil }
    let isDrawn = unsafe target.draw { context in
      unsafe cairo_set_source_rgb(context, 1, 1, 1)
      unsafe cairo_paint(context)
      unsafe cairo_set_source_surface(context, picture.pointer, 0, 0)
      unsafe cairo_paint(context)
    }
    return isDrawn ? target : nil
  }
}
