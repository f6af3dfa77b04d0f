// SPDX-License-Identifier: GPL-3.0-or-later
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

  /// Whether nothing shines through.
  public var isOpaque: Bool { !stride(from: 3, to: rgba.count, by: 4).contains { rgba[$0] != 255 } }

  /// The picture as a PNG file; empty when there is no memory for it.
  var png: [UInt8] {
    // Blue first, and colours multiplied by alpha.
    var pixels = rgba
    for at in stride(from: 0, to: pixels.count, by: 4) {
      let alpha = Int(pixels[at + 3])
      for (to, from) in [(0, 2), (1, 1), (2, 0)] { pixels[at + to] = UInt8(Int(rgba[at + from]) * alpha / 255) }
    }
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    let outcome = unsafe ccodecs_png_encode(
      pixels, Int32(width), Int32(height), Int32(width * 4), isOpaque ? 0 : 1, &bytes, &count)
    defer { unsafe ccodecs_free(bytes) }
    return outcome == CCODECS_OK ? unsafe Array(UnsafeBufferPointer(start: bytes, count: count)) : []
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
