// SPDX-License-Identifier: GPL-3.0-or-later

/// What a scalar is to words.
enum Script {
  /// Scripts that put no spaces between words, and Korean, whose particles hang on its words: all are cut into pairs.
  static func isUnspaced(_ value: UInt32) -> Bool {
    switch value {
    case 0x0E01...0x0E4E, 0x0E81...0x0ECD, 0x1000...0x103F, 0x1780...0x17D3: true  // Thai, Lao, Burmese, Khmer
    case 0x3005...0x3007, 0x3041...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF, 0x3105...0x312F: true  // kana, bopomofo
    case 0x1100...0x11FF, 0x3131...0x318E, 0xAC00...0xD7A3: true  // Hangul
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: true  // Han
    default: false
    }
  }

  static func isOfWords(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark, .decimalNumber, .letterNumber:
      true
    default: false
    }
  }
}
