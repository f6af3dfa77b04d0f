// SPDX-License-Identifier: GPL-3.0-or-later
internal import CQrencode

/// A QR code: black on white whatever the theme, in half blocks, with its quiet zone.
public struct QRCode: Sendable, Equatable {
  /// Modules per side, without the quiet zone.
  public let side: Int
  private let modules: [Bool]

  /// Light modules around the code. The standard asks for four; scanners are content with two, and terminals are small.
  static let quietZone = 2

  /// Encodes a text, or nothing when it is too long for a code. A screen has no scratches: what `isSturdy` adds in
  /// redundancy helps only where light and camera are poor.
  public init?(_ text: String, isSturdy: Bool = true) {
    let level = isSturdy ? QR_ECLEVEL_M : QR_ECLEVEL_L
    guard !text.isEmpty, let code = unsafe QRcode_encodeString(text, 0, level, QR_MODE_8, 1) else { return nil }
    defer { unsafe QRcode_free(code) }
    let side = unsafe Int(code.pointee.width)
    // The lowest bit of each byte is the module (qrencode.h).
    modules = (0..<(side * side)).map { unsafe code.pointee.data[$0] & 1 == 1 }
    self.side = side
  }

  /// The sturdiest code of a text that fits a room; nothing when none does.
  public init?(_ text: String, fitting room: Size) {
    let codes = [true, false].compactMap { QRCode(text, isSturdy: $0) }
    let fitting = codes.first { $0.size.columns <= room.columns && $0.size.rows <= room.rows }
    guard let fitting else { return nil }
    self = fitting
  }

  /// Columns and rows it takes.
  public var size: Size {
    let full = side + 2 * QRCode.quietZone
    return Size(columns: full, rows: (full + 1) / 2)
  }

  /// Whether a module is dark; everything outside is light.
  public func isDark(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && y >= 0 && x < side && y < side && modules[y * side + x]
  }

  /// The code in lines of text, for terminals that are light on dark as most are: light modules are drawn.
  public var text: String {
    (0..<size.rows).map { row in
      String(
        String.UnicodeScalarView(
          (0..<size.columns).map { column -> Unicode.Scalar in glyph(column, row, drawsDark: false) }))
    }.joined(separator: "\n")
  }

  /// Two modules, one above the other.
  private func glyph(_ column: Int, _ row: Int, drawsDark: Bool) -> Unicode.Scalar {
    let x = column - QRCode.quietZone
    let y = 2 * row - QRCode.quietZone
    return switch (isDark(x, y) == drawsDark, isDark(x, y + 1) == drawsDark) {
    case (true, true): "█"
    case (true, false): "▀"
    case (false, true): "▄"
    case (false, false): " "
    }
  }

  /// Draws the code, or a word that there is too little room: half a code is of no use.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    if canvas.glyphs.isASCII {
      canvas.put("This terminal cannot show the code; use the link.", in: rect.row(0), .muted)
      return
    }
    guard rect.width >= size.columns, rect.height >= size.rows else {
      canvas.put("The window is too small for the code.", in: rect.row(0), .muted)
      return
    }
    // 16 and 231 are black and white of the fixed part of the palette, which themes of terminals leave alone.
    let style = Style(palette: 16, on: 231)
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        let glyph = glyph(column, row, drawsDark: true)
        canvas.set(glyph, x: rect.x + column, y: rect.y + row, style)
      }
    }
  }
}
