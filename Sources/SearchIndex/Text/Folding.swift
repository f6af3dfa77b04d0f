// SPDX-License-Identifier: GPL-3.0-or-later

/// What is left of a small letter when its marks are taken away.
enum Folding {
  /// The bytes of the base; nil where a letter is its own base.
  static func base(of letter: Unicode.Scalar) -> [UInt8]? { bases[letter.value] }

  /// Marks that are written above and below letters and that many leave away. Those of Indic scripts are vowels and stay.
  static func isDropped(_ mark: UInt32) -> Bool {
    switch mark {
    case 0x0300...0x036F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true  // combining
    case 0x0591...0x05BD, 0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7: true  // Hebrew points
    case 0x0640, 0x064B...0x065F, 0x0670, 0x06D6...0x06DC: true  // Arabic vowels and the stretching line
    case 0x00AD, 0x200B...0x200F, 0x2060, 0xFEFF, 0xFE00...0xFE0F: true  // what has no shape
    default: false
    }
  }

  private static let bases: [UInt32: [UInt8]] = {
    var out: [UInt32: [UInt8]] = [:]
    for line in foldingTable.split(separator: "\n") {
      let parts = line.split(separator: " ")
      let base = Array(parts[0].utf8)
      for letter in parts[1].unicodeScalars { out[letter.value] = base }
    }
    return out
  }()
}
