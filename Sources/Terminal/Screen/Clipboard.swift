// SPDX-License-Identifier: GPL-3.0-or-later

/// The clipboard of the machine the person sits at, by way of the terminal (OSC 52). It is never read.
public enum Clipboard {
  /// What terminals are known to take; longer text is refused rather than cut.
  public static let bytesMax = 74_000

  /// The sequence that sets the clipboard, or nothing when the text is too long.
  public static func sequence(for text: String) -> [UInt8]? {
    let bytes = Array(text.utf8)
    if bytes.count > bytesMax { return nil }
    return Array("\u{1b}]52;c;".utf8) + Base64.encode(bytes) + [7]
  }
}
