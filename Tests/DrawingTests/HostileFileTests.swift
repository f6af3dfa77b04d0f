// SPDX-License-Identifier: GPL-3.0-or-later
import Drawing
import Testing

@Suite(.timeLimit(.minutes(1))) struct HostileFileTests {
  let boxes = [PictureSize(width: 64, height: 64)]

  private func refusal(_ drawing: DrawingProcess, _ bytes: [UInt8]) async -> DrawingRefusal? {
    do throws(DrawingRefusal) {
      _ = try await drawing.thumbnails(of: bytes, boxes: boxes)
      return nil
    } catch { return error }
  }

  private func expectUnhurt(_ drawing: DrawingProcess) async throws {
    let made = try await drawing.thumbnails(of: quarters().png, boxes: boxes)
    #expect(made.pictures.count == 1)
    #expect(await drawing.census().started == 1)
  }

  @Test(arguments: [(2_000_000_000, 2_000_000_000), (100_000, 100_000), (1, 60_000_000)])
  func `a PNG that declares a huge size is refused by its head`(width: Int, height: Int) async throws {
    try await withDrawing { drawing in
      let bomb = greyPNG(width: width, height: height, data: compressedZeros(1000))
      #expect(await refusal(drawing, bomb) == .tooLarge(width: width, height: height))
      try await expectUnhurt(drawing)
    }
  }

  @Test func `a PNG that unpacks to far more than its size is refused or cut, not followed`() async throws {
    try await withDrawing { drawing in
      let bomb = greyPNG(width: 10, height: 10, data: compressedZeros(120_000_000))
      #expect(bomb.count < 200_000)
      let answer = await refusal(drawing, bomb)
      #expect(answer == nil || answer == .corrupt)
      try await expectUnhurt(drawing)
    }
  }

  @Test func `a JPEG that declares a huge size is refused by its head`() async throws {
    try await withDrawing { drawing in
      var jpeg = quarters().jpeg
      let frame = try #require(jpeg.indices.dropLast().first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC2 })
      jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0xFF, 0xFF, 0xFF])
      #expect(await refusal(drawing, jpeg) == .tooLarge(width: 65535, height: 65535))
      try await expectUnhurt(drawing)
    }
  }

  @Test func `a JPEG cut off anywhere is refused`() async throws {
    var generator = Repeatable(state: 7)
    let noise = Pixels(PictureSize(width: 64, height: 48)) { _, _ in
      [UInt8.random(in: 0...255, using: &generator), UInt8.random(in: 0...255, using: &generator), 90, 255]
    }
    let jpeg = noise.jpeg
    try await withDrawing { drawing in
      #expect(await refusal(drawing, jpeg) == nil)
      for count in stride(from: 0, to: jpeg.count, by: 64) {
        let answer = await refusal(drawing, Array(jpeg[..<count]))
        #expect(answer == (count < 3 ? .notAnImage : .corrupt), "cut at \(count) of \(jpeg.count)")
      }
      try await expectUnhurt(drawing)
    }
  }

  @Test func `a PNG cut off anywhere is refused`() async throws {
    let png = quarters().png
    try await withDrawing { drawing in
      // The last twelve bytes are an end mark without content.
      for count in stride(from: 8, to: png.count - 13, by: 5) {
        #expect(await refusal(drawing, Array(png[..<count])) == .corrupt, "cut at \(count) of \(png.count)")
      }
      try await expectUnhurt(drawing)
    }
  }

  static let others: [(String, DrawingRefusal)] = [
    ("GIF89a\u{1}\u{0}\u{1}\u{0}", .unsupported("gif")), ("<!doctype html><script>alert(1)</script>", .notAnImage),
    ("%PDF-1.7", .notAnImage), ("", .notAnImage), ("\u{0}\u{0}\u{0} ftypheic", .unsupported("heic")),
    ("<svg xmlns='http://www.w3.org/2000/svg'/>", .notAnImage), ("RIFF\u{1}\u{0}\u{0}\u{0}WEBPVP8 ", .corrupt),
  ]

  @Test(arguments: others)
  func `what is no accepted picture is refused by its content`(text: String, expected: DrawingRefusal) async throws {
    try await withDrawing { drawing in
      #expect(await refusal(drawing, Array(text.utf8)) == expected)
    }
  }

  @Test func `a file that is several kinds at once yields a clean picture or a refusal`() async throws {
    let script = Array("/*<script>alert(1)</script>*/".utf8)
    let jpeg = quarters().jpeg
    let comment = [0xFF, 0xFE, 0, UInt8(script.count + 2)] + script
    try await withDrawing { drawing in
      #expect(await refusal(drawing, Array("GIF89a".utf8) + jpeg) == .unsupported("gif"))
      let mixed = Array(jpeg[..<2]) + comment + Array(jpeg[2...]) + script
      let made = try await drawing.thumbnails(of: mixed, boxes: boxes, formats: [.jpeg, .png])
      for picture in made.pictures {
        #expect(!String(decoding: picture.bytes, as: UTF8.self).contains("script"))
      }
      try await expectUnhurt(drawing)
    }
  }

  @Test func `random bytes behind every signature never kill the child`() async throws {
    var generator = Repeatable(state: 42)
    let heads: [[UInt8]] = [
      [], [0xFF, 0xD8, 0xFF], Array(quarters().jpeg.prefix(180)), Array(quarters().png.prefix(40)),
      Array("RIFF\u{40}\u{1}\u{0}\u{0}WEBPVP8L".utf8),
    ]
    try await withDrawing { drawing in
      for round in 0..<200 {
        let head = heads[round % heads.count]
        let noise = (0..<300).map { _ in UInt8.random(in: 0...255, using: &generator) }
        #expect(await refusal(drawing, head + noise) != nil)
      }
      try await expectUnhurt(drawing)
    }
  }

  @Test func `a file with bits flipped is decoded or refused, and the child lives`() async throws {
    var generator = Repeatable(state: 3)
    try await withDrawing { drawing in
      for original in [quarters().jpeg, quarters().png] {
        for _ in 0..<100 {
          var bytes = original
          for _ in 0..<3 {
            bytes[Int.random(in: bytes.indices, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
          }
          let answer = await refusal(drawing, bytes)
          #expect(answer != .crashed)
        }
      }
      try await expectUnhurt(drawing)
    }
  }

  @Test func `more bytes than allowed are refused before they are sent`() async throws {
    try await withDrawing({ $0.inputBytesMax = 1000 }) { drawing in
      #expect(await refusal(drawing, [UInt8](repeating: 0, count: 1001)) == .tooManyBytes(max: 1000))
    }
  }

  @Test func `the child's memory is limited`() async throws {
    // 20,000 × 20,000 pixels would take 1.6 GB once decoded; the allowance is lifted so that only memory stops it.
    try await withDrawing({
      $0.pixelsMax = 1_000_000_000
      $0.memoryBytesMax = 600 << 20
    }) { drawing in
      let bomb = greyPNG(width: 20_000, height: 20_000, data: compressedZeros(20_000))
      #expect(await refusal(drawing, bomb) == .tooLarge(width: 20_000, height: 20_000))
      try await expectUnhurt(drawing)
    }
  }
}
