// SPDX-License-Identifier: GPL-3.0-or-later

/// What people make of a code when they type or paste it: spaces, hyphens of all kinds, capitals, wide letters, digits of
/// their own script.
enum TypedText {
  /// Small ASCII letters and digits; nil when there is anything else that is not to be passed over.
  static func plain(_ text: String) -> [UInt8]? {
    // Far longer than any code: not worth looking at.
    guard text.utf8.count <= 256 else { return nil }
    var plain: [UInt8] = []
    for scalar in text.unicodeScalars where !isPassedOver(scalar) {
      guard let character = character(scalar) else { return nil }
      plain.append(character)
    }
    return plain
  }

  private static func isPassedOver(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return properties.isWhitespace || properties.generalCategory == .dashPunctuation
      || properties.generalCategory == .format || scalar == "\u{2212}"
  }

  private static func character(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar.properties.numericType == .decimal { return scalar.properties.numericValue.map { 0x30 + UInt8($0) } }
    // Wide forms stand 0xfee0 above those of ASCII.
    let narrow = (0xff01...0xff5e).contains(scalar.value) ? scalar.value - 0xfee0 : scalar.value
    switch narrow {
    case 0x61...0x7a: return UInt8(narrow)
    case 0x41...0x5a: return UInt8(narrow + 0x20)
    default: return nil
    }
  }
}
