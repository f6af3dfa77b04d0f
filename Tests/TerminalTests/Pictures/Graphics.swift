// SPDX-License-Identifier: GPL-3.0-or-later
@testable import Terminal

/// A graphic of four by two cells whose sequence is its number.
func graphic(_ method: PictureMode.Method = .sixel, isOpaque: Bool = true) -> Graphic {
  Graphic(method, size: Size(columns: 4, rows: 2), isOpaque: isOpaque) { Array("<\($0 & 0xff)>".utf8) }
}

/// Bytes with `^` for Escape.
func readable(_ bytes: [UInt8]) -> String {
  String(String(decoding: bytes, as: UTF8.self).map { $0 == "\u{1b}" ? "^" : $0 })
}
