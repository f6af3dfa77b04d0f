// SPDX-License-Identifier: GPL-3.0-or-later
import CSV
import Testing

@Suite struct CSVTextTests {
  @Test(
    "the separator is what the first line has most of",
    arguments: [
      ("a,b;c,d\n", CSVDialect.comma), ("a;b;c,d\n", .semicolon), ("a\tb\n1,2,3\n", .tab),
      ("\"a;b;c\",d\n", .comma), ("\n\na;b\n", .semicolon), ("alone\n", .comma), ("", .comma),
    ])
  func detects(_ text: String, _ dialect: CSVDialect) { #expect(CSVDialect.detect(Array(text.utf8)) == dialect) }

  @Test(
    "what a spreadsheet would run is made harmless, and comes back",
    arguments: [
      ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("'=1", "''=1"),
      ("''-", "'''-"), ("'tis", "'tis"), ("plain", "plain"), ("", ""), ("'", "'"), ("a=1", "a=1"),
    ])
  func guards(_ text: String, _ field: String) {
    #expect(FormulaGuard.neutralised(text) == field)
    #expect(FormulaGuard.restored(field) == text)
  }

  @Test(
    "a text file is UTF-8 afterwards, whichever encoding it had",
    arguments: [
      (TextToUTF8.Encoding.utf8, [0x61, 0xc3, 0xa9] as [UInt8], "aé"), (.utf8, [0xef, 0xbb, 0xbf, 0x61], "a"),
      (.utf8, [0xff, 0xfe, 0x61, 0x00, 0x3d, 0xd8, 0x00, 0xde], "a😀"),
      (.utf8, [0xfe, 0xff, 0x00, 0x61, 0xd8, 0x3d, 0xde, 0x00], "a😀"),
      (.windows1252, [0x80, 0x35, 0x20, 0xe9, 0x92], "€5 é’"), (.utf16LittleEndian, [0x61, 0x00, 0x62, 0x00], "ab"),
      (.utf16LittleEndian, [0x00, 0xdc, 0x62, 0x00, 0x00, 0xd8, 0x61, 0x00], "\u{fffd}b\u{fffd}a"),
      (.utf16BigEndian, [0x00, 0x61, 0x00], "a\u{fffd}"), (.utf8, [], ""), (.utf8, [0x61], "a"),
    ])
  func transcodes(_ encoding: TextToUTF8.Encoding, _ bytes: [UInt8], _ text: String) {
    var whole = TextToUTF8(encoding)
    var pieces = TextToUTF8(encoding)
    var second: [UInt8] = []
    for byte in bytes { second += pieces.read([byte]) }
    #expect(String(decoding: whole.read(bytes) + whole.end(), as: UTF8.self) == text)
    #expect(String(decoding: second + pieces.end(), as: UTF8.self) == text)
  }
}
