// SPDX-License-Identifier: GPL-3.0-or-later
import Terminal

/// What a drawing looks like as text.
func screen(_ columns: Int, _ rows: Int, glyphs: Glyphs = .unicode, _ draw: (inout Canvas) -> Void) -> String {
  var canvas = Canvas(size: Size(columns: columns, rows: rows), glyphs: glyphs)
  draw(&canvas)
  return TextScreen.text(of: canvas)
}

/// The sizes every widget must survive.
let allSizes: [Size] = [(1, 1), (2, 1), (1, 5), (20, 6), (40, 15), (80, 24), (200, 60)].map {
  Size(columns: $0.0, rows: $0.1)
}

/// Whether the canvas is a proper grid: wide characters have their second half, and nothing else has none.
func isWellFormed(_ canvas: Canvas) -> Bool {
  for y in 0..<canvas.size.rows {
    var x = 0
    while x < canvas.size.columns {
      let width = Int(canvas[x, y].width)
      if width == 0 || x + width > canvas.size.columns { return false }
      if width == 2, canvas[x + 1, y].width != 0 { return false }
      x += width
    }
  }
  return true
}
