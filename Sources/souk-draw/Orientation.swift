// SPDX-License-Identifier: GPL-3.0-or-later
import Drawing

/// How a stored picture must be turned or mirrored to be upright (Exif 2.32, tag 0x0112).
enum Orientation: Int, CaseIterable {
  case upright = 1
  case mirrored = 2
  case upsideDown = 3
  case upsideDownMirrored = 4
  case transposed = 5
  case turnedRight = 6
  case transversed = 7
  case turnedLeft = 8

  /// Whether width and height change places.
  var isSideways: Bool { rawValue >= 5 }

  func upright(_ size: PictureSize) -> PictureSize {
    isSideways ? PictureSize(width: size.height, height: size.width) : size
  }

  /// x' = xx·x + xy·y + x0 and y' = yx·x + yy·y + y0, from the stored picture to the upright one.
  func matrix(for size: PictureSize) -> (xx: Double, yx: Double, xy: Double, yy: Double, x0: Double, y0: Double) {
    let width = Double(size.width)
    let height = Double(size.height)
    return switch self {
    case .upright: (1, 0, 0, 1, 0, 0)
    case .mirrored: (-1, 0, 0, 1, width, 0)
    case .upsideDown: (-1, 0, 0, -1, width, height)
    case .upsideDownMirrored: (1, 0, 0, -1, 0, height)
    case .transposed: (0, 1, 1, 0, 0, 0)
    case .turnedRight: (0, 1, -1, 0, height, 0)
    case .transversed: (0, -1, -1, 0, height, width)
    case .turnedLeft: (0, -1, 1, 0, 0, width)
    }
  }
}

extension Orientation {
  /// Looks the tag up in the first directory of a TIFF structure.
  init?(tiff bytes: ArraySlice<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.count >= 8 else { return nil }
    let isBig = bytes[0] == UInt8(ascii: "M")
    func number(_ position: Int, _ count: Int) -> Int? {
      guard position >= 0, position <= bytes.count - count else { return nil }
      let digits = bytes[position..<position + count]
      return (isBig ? Array(digits) : digits.reversed()).reduce(0) { $0 << 8 | Int($1) }
    }
    guard let directory = number(4, 4), let count = number(directory, 2) else { return nil }
    for entry in 0..<count {
      let position = directory + 2 + 12 * entry
      guard let tag = number(position, 2), let value = number(position + 8, 2) else { return nil }
      if tag == 0x0112 {
        self.init(rawValue: value)
        return
      }
    }
    return nil
  }
}
