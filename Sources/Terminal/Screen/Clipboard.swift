// SPDX-License-Identifier: GPL-3.0-or-later

/// The clipboard of the machine the person sits at, by way of the terminal (OSC 52). It is never read.
public enum Clipboard {
  /// What terminals are known to take; longer text is refused rather than cut.
  public static let bytesMax = 74_000

  /// The sequence that sets the clipboard, or nothing when the text is too long.
  public static func sequence(for text: String) -> [UInt8]? {
    let bytes = Array(text.utf8)
    if bytes.count > bytesMax { return nil }
    return Array("\u{1b}]52;c;".utf8) + base64(bytes) + [7]
  }

  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = 0
      for offset in 0..<3 { bits = bits << 8 | (offset < group.count ? Int(group[start + offset]) : 0) }
      for place in 0..<4 {
        result.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return result
  }
}
