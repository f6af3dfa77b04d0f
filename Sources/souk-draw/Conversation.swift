// SPDX-License-Identifier: GPL-3.0-or-later
import Drawing
import Glibc

// The map of this program, the child of `Drawing.DrawingProcess`:
//   Conversation     reads requests from standard input, writes answers to standard output
//   PictureFile      what a file is and how large, found out before anything is decoded; Orientation: which way up
//   ThumbnailMaker   decodes, turns upright, scales, encodes
//   VectorPicture    SVG by librsvg
//   DocumentSetter   breaks a document into strips and pages; Strip, TextBlock, TableStrips: its parts
//   Surface, Layout  what is used of cairo and pango
// Everything it is given may be hostile. It runs without privileges and within limits, and answers or dies.

/// What the parent allows.
struct DrawingLimits {
  var inputBytesMax: Int
  var pixelsMax: Int
  /// The longest side of a drawn picture.
  let sideMax = 4096
}

/// Reads requests until the parent closes its end.
struct Conversation {
  let limits: DrawingLimits

  static func main() {
    let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    guard numbers.count == 2 else {
      print("souk-draw is started by soukd: souk-draw <bytes> <pixels>")
      exit(2)
    }
    // A library that tries to write a cache file gets an error instead of death (RLIMIT_FSIZE).
    _ = signal(SIGXFSZ, SIG_IGN)
    Conversation(limits: DrawingLimits(inputBytesMax: numbers[0], pixelsMax: numbers[1])).run()
  }

  func run() {
    // Documents carry many texts beside their bytes.
    let frameBytesMax = limits.inputBytesMax + (16 << 20)
    while let head = read(4) {
      let count = (0..<4).reduce(0) { $0 | Int(head[$1]) << (8 * $1) }
      guard count <= frameBytesMax, let bytes = read(count), let request = try? DrawingRequest(decoding: bytes) else {
        exit(1)
      }
      write(answer(request).encoded().framed())
    }
  }

  private func answer(_ request: DrawingRequest) -> DrawingAnswer {
    do throws(DrawingRefusal) {
      switch request {
      case .thumbnails(let bytes, let boxes, let formats):
        return .thumbnails(try ThumbnailMaker(limits: limits).thumbnails(of: bytes, boxes: boxes, formats: formats))
      case .render(let svg, let width):
        return .file(try VectorPicture(svg).png(width: width, limits: limits))
      case .document(let document):
        return .file(try DocumentSetter(document, limits: limits).pdf())
      }
    } catch {
      return .refused(error)
    }
  }

  private func read(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let more = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(0, buffer.baseAddress?.advanced(by: filled), count - filled)
      }
      if more > 0 { filled += more } else if more == 0 || errno != EINTR { return nil }
    }
    return bytes
  }

  private func write(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let more = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(1, buffer.baseAddress?.advanced(by: sent), bytes.count - sent)
      }
      if more > 0 { sent += more } else if errno != EINTR { exit(1) }
    }
  }
}
