// SPDX-License-Identifier: GPL-3.0-or-later

/// iTerm2's inline files: the file itself, drawn at the cursor in so many cells.
enum InlineFile {
  static func sequence(_ file: [UInt8], _ size: Size) -> [UInt8] {
    let head =
      "\u{1b}]1337;File=inline=1;size=\(file.count);width=\(size.columns);"
      + "height=\(size.rows);preserveAspectRatio=0;doNotMoveCursor=1:"
    return Array(head.utf8) + Base64.encode(file) + [7]
  }
}
