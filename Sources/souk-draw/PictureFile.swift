// SPDX-License-Identifier: GPL-3.0-or-later
internal import CCodecs
import Drawing

/// What the head of a picture file says, read without decoding anything.
struct PictureFile {
  let format: PictureFormat
  /// As stored, before it is turned upright.
  let size: PictureSize
  let orientation: Orientation

  init(_ bytes: [UInt8]) throws(DrawingRefusal) {
    format = try Self.format(of: bytes)
    switch format {
    case .jpeg: (size, orientation) = try Self.jpeg(bytes)
    case .png: (size, orientation) = try Self.png(bytes)
    case .webp: (size, orientation) = try Self.webp(bytes)
    }
    if size.width < 1 || size.height < 1 { throw .corrupt }
  }

  /// The kind of the file by its first bytes, whatever it is called.
  private static func format(of bytes: [UInt8]) throws(DrawingRefusal) -> PictureFormat {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
    if bytes.holds("RIFF", at: 0) && bytes.holds("WEBP", at: 8) { return .webp }
    if bytes.holds("GIF8", at: 0) { throw .unsupported("gif") }
    if bytes.holds("BM", at: 0) { throw .unsupported("bmp") }
    if bytes.holds("ftyp", at: 4) { throw .unsupported(bytes.holds("avi", at: 8) ? "avif" : "heic") }
    if bytes.holds("II*\0", at: 0) || bytes.holds("MM\0*", at: 0) { throw .unsupported("tiff") }
    throw .notAnImage
  }

  // ISO/IEC 10918-1, annex B: markers with lengths, until the frame header.
  private static func jpeg(_ bytes: [UInt8]) throws(DrawingRefusal) -> (PictureSize, Orientation) {
    var orientation = Orientation.upright
    var position = 2
    while position + 4 <= bytes.count {
      guard bytes[position] == 0xFF else { throw .corrupt }
      let marker = bytes[position + 1]
      if marker == 0xFF {
        position += 1
        continue
      }
      if marker == 0x01 || (0xD0...0xD7).contains(marker) {
        position += 2
        continue
      }
      let length = bytes.big16(position + 2)
      guard length >= 2, position + 2 + length <= bytes.count else { throw .corrupt }
      switch marker {
      case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
        guard length >= 8 else { throw .corrupt }
        return (PictureSize(width: bytes.big16(position + 7), height: bytes.big16(position + 5)), orientation)
      case 0xE1 where bytes.holds("Exif\0\0", at: position + 4):
        orientation = Orientation(tiff: bytes[(position + 10)..<(position + 2 + length)]) ?? orientation
      case 0xDA, 0xD9: throw .corrupt
      default: break
      }
      position += 2 + length
    }
    throw .corrupt
  }

  // PNG specification, third edition, 11.2.1 (IHDR) and 11.3.4.6 (eXIf).
  private static func png(_ bytes: [UInt8]) throws(DrawingRefusal) -> (PictureSize, Orientation) {
    guard bytes.count >= 33, bytes.big32(8) == 13, bytes.holds("IHDR", at: 12) else { throw .corrupt }
    var orientation = Orientation.upright
    var position = 33
    while position + 12 <= bytes.count {
      let length = bytes.big32(position)
      guard length <= bytes.count - position - 12 else { break }
      if bytes.holds("eXIf", at: position + 4) {
        orientation = Orientation(tiff: bytes[(position + 8)..<(position + 8 + length)]) ?? orientation
      }
      position += 12 + length
    }
    return (PictureSize(width: bytes.big32(16), height: bytes.big32(20)), orientation)
  }

  // WebP container specification: RIFF chunks, padded to even lengths.
  private static func webp(_ bytes: [UInt8]) throws(DrawingRefusal) -> (PictureSize, Orientation) {
    var width: Int32 = 0
    var height: Int32 = 0
    let code = unsafe ccodecs_webp_size(bytes, bytes.count, &width, &height)
    if code == Int32(CCODECS_UNSUPPORTED) { throw .unsupported("animation") }
    if code != Int32(CCODECS_OK) { throw .corrupt }
    var orientation = Orientation.upright
    var position = 12
    while position + 8 <= bytes.count {
      let length = bytes.little32(position + 4)
      guard length <= bytes.count - position - 8 else { break }
      if bytes.holds("EXIF", at: position) {
        var start = position + 8
        if bytes.holds("Exif\0\0", at: start) { start += 6 }
        if start <= position + 8 + length {
          orientation = Orientation(tiff: bytes[start..<(position + 8 + length)]) ?? orientation
        }
      }
      position += 8 + length + length % 2
    }
    return (PictureSize(width: Int(width), height: Int(height)), orientation)
  }
}

extension [UInt8] {
  fileprivate func holds(_ text: StaticString, at position: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position >= 0, position + count <= self.count else { return false }
    return text.withUTF8Buffer { wanted in
      (0..<count).allSatisfy { unsafe wanted[$0] == self[position + $0] }
    }
  }

  fileprivate func big16(_ position: Int) -> Int { Int(self[position]) << 8 | Int(self[position + 1]) }
  fileprivate func big32(_ position: Int) -> Int { big16(position) << 16 | big16(position + 2) }
  fileprivate func little32(_ position: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(self[position + $1]) << (8 * $1) }
  }
}
