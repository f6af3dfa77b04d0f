// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Terminal

@Suite struct PictureTests {
  private let pixels = Pixels(width: 30, height: 20, rgba: (0..<2400).map { UInt8($0 % 4 == 3 ? 255 : $0 % 251) })

  @Test func `a picture keeps its shape in cells of any size`() throws {
    let pixels = try #require(pixels)
    let room = Size(columns: 40, rows: 20)
    #expect(Picture(pixels, fitting: room).size == Size(columns: 40, rows: 13))
    #expect(
      Picture(pixels, fitting: room, mode: PictureMode(.kitty, cell: Size(columns: 10, rows: 10))).size
        == Size(columns: 30, rows: 20))
    #expect(Picture(pixels, fitting: Size(columns: 0, rows: 4), mode: PictureMode(.kitty)).graphic == nil)
  }

  @Test func `the file itself is what terminals that take files get`() throws {
    let png = try #require(pixels).png
    let again = try #require(Pixels(png: png))
    #expect(again == pixels)
    let picture = try #require(Picture(png: png, fitting: Size(columns: 8, rows: 4), mode: PictureMode(.inline)))
    let sequence = readable(try #require(picture.graphic).sequence)
    #expect(sequence.hasPrefix("^]1337;File=inline=1;size=\(png.count);width=8;height=2;"))
    #expect(sequence.hasSuffix(readable(Base64.encode(png)) + "\u{7}"))
    #expect(Picture(png: Array("no picture".utf8), fitting: Size(columns: 8, rows: 4), mode: .symbols) == nil)
  }

  @Test func `a sixel picture fills its cells and never more`() throws {
    let mode = PictureMode(.sixel, cell: Size(columns: 9, rows: 18))
    let picture = Picture(try #require(pixels), fitting: Size(columns: 12, rows: 4), mode: mode)
    #expect(picture.size == Size(columns: 12, rows: 4))
    // 72 pixels high: whole bands of six.
    #expect(readable(try #require(picture.graphic).sequence).contains("\"1;1;108;72"))
    let large = Picture(try #require(pixels), fitting: Size(columns: 300, rows: 200), mode: mode)
    #expect(large.size.columns * 9 <= 1000 && large.size.rows * 18 <= 1000)
  }
}
