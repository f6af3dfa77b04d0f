// SPDX-License-Identifier: GPL-3.0-or-later
internal import CCodecs
internal import CZlib
import Drawing
import EventLoop
import Testing

/// Runs a body with a started drawing process, and stops it whatever happens.
func withDrawing(
  _ change: (inout DrawingConfiguration) -> Void = { _ in },
  _ body: (DrawingProcess) async throws -> Void
) async throws {
  var configuration = DrawingConfiguration()
  change(&configuration)
  let group = LoopGroup(count: 1, name: "drawing-test")
  defer { group.shutDown() }
  let drawing = DrawingProcess(configuration, loop: group.loops[0])
  try await drawing.start()
  let result: Result<Void, any Error>
  do { result = .success(try await body(drawing)) } catch { result = .failure(error) }
  await drawing.stop()
  try result.get()
}

/// Rows of BGRA pixels.
struct Pixels: Equatable {
  var size: PictureSize
  var bytes: [UInt8]

  init(_ size: PictureSize, _ colour: (Int, Int) -> [UInt8]) {
    self.size = size
    bytes = []
    for y in 0..<size.height { for x in 0..<size.width { bytes += colour(x, y) } }
  }

  /// Decodes a PNG with the library itself.
  init?(png: [UInt8]) {
    var picture = unsafe ccodecs_picture()
    guard unsafe ccodecs_png_decode(png, png.count, &picture) == Int32(CCODECS_OK) else { return nil }
    defer { unsafe ccodecs_free(picture.pixels) }
    size = unsafe PictureSize(width: Int(picture.width), height: Int(picture.height))
    bytes = unsafe Array(UnsafeBufferPointer(start: picture.pixels, count: size.width * size.height * 4))
  }

  subscript(_ x: Int, _ y: Int) -> [UInt8] { Array(bytes[(y * size.width + x) * 4..<(y * size.width + x) * 4 + 4]) }

  var jpeg: [UInt8] {
    var out: UnsafeMutablePointer<UInt8>?
    var count = 0
    let code = unsafe ccodecs_jpeg_encode(
      bytes, Int32(size.width), Int32(size.height), Int32(size.width * 4), 95, &out, &count)
    precondition(code == Int32(CCODECS_OK))
    defer { unsafe ccodecs_free(out) }
    return unsafe Array(UnsafeBufferPointer(start: out, count: count))
  }

  var png: [UInt8] {
    var out: UnsafeMutablePointer<UInt8>?
    var count = 0
    let code = unsafe ccodecs_png_encode(
      bytes, Int32(size.width), Int32(size.height), Int32(size.width * 4), 1, &out, &count)
    precondition(code == Int32(CCODECS_OK))
    defer { unsafe ccodecs_free(out) }
    return unsafe Array(UnsafeBufferPointer(start: out, count: count))
  }
}

let red: [UInt8] = [0, 0, 255, 255]
let green: [UInt8] = [0, 255, 0, 255]
let blue: [UInt8] = [255, 0, 0, 255]
let white: [UInt8] = [255, 255, 255, 255]

/// The nearest of the four corner colours, because JPEG blurs a little.
func name(_ pixel: [UInt8]) -> String {
  let named = [("red", red), ("green", green), ("blue", blue), ("white", white)]
  func distance(_ other: [UInt8]) -> Int {
    (0..<3).reduce(0) { $0 + abs(Int(other[$1]) - Int(pixel[$1])) }
  }
  return named.min { distance($0.1) < distance($1.1) }?.0 ?? ""
}

/// Red, green / blue, white: every turn and mirroring looks different.
func quarters(width: Int = 64, height: Int = 32) -> Pixels {
  Pixels(PictureSize(width: width, height: height)) { x, y in
    y < height / 2 ? (x < width / 2 ? red : green) : (x < width / 2 ? blue : white)
  }
}

/// A PNG put together by hand: 8-bit grey, whatever its data.
func greyPNG(width: Int, height: Int, data: [UInt8]) -> [UInt8] {
  func big(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
  func chunk(_ type: String, _ body: [UInt8]) -> [UInt8] {
    let marked = Array(type.utf8) + body
    return big(body.count) + marked + big(Int(unsafe crc32(0, marked, uInt(marked.count))))
  }
  return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    + chunk("IHDR", big(width) + big(height) + [8, 0, 0, 0, 0]) + chunk("IDAT", data) + chunk("IEND", [])
}

/// So many zero bytes, compressed.
func compressedZeros(_ count: Int) -> [UInt8] {
  let zeros = [UInt8](repeating: 0, count: count)
  var out = [UInt8](repeating: 0, count: count / 500 + 4096)
  var size = uLong(out.count)
  let code = unsafe compress2(&out, &size, zeros, uLong(count), 9)
  precondition(code == Z_OK)
  return Array(out[..<Int(size)])
}

/// A JPEG with an Exif block that says which way up it is.
func turned(_ jpeg: [UInt8], orientation: UInt8, isBig: Bool) -> [UInt8] {
  let tiff: [UInt8] =
    isBig
    ? [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
    : [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
  let block = Array("Exif\0\0".utf8) + tiff + Array("SECRET-CAMERA".utf8)
  let length = block.count + 2
  return Array(jpeg[..<2]) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + block + Array(jpeg[2...])
}

/// Numbers that look random and are the same every time (splitmix64).
struct Repeatable: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
