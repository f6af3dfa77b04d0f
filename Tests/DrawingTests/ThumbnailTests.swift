// SPDX-License-Identifier: GPL-3.0-or-later
import Drawing
import Testing

@Suite(.timeLimit(.minutes(1))) struct ThumbnailTests {
  let box = PictureSize(width: 32, height: 32)

  @Test func `a picture becomes small copies that keep its shape`() async throws {
    try await withDrawing { drawing in
      let made = try await drawing.thumbnails(
        of: quarters(width: 400, height: 100).jpeg,
        boxes: [PictureSize(width: 200, height: 200), PictureSize(width: 20, height: 10)], formats: [.jpeg, .png])
      #expect(made.originalFormat == .jpeg)
      #expect(made.originalSize == PictureSize(width: 400, height: 100))
      #expect(made.pictures.map(\.size.width) == [200, 200, 20, 20])
      #expect(made.pictures.map(\.size.height) == [50, 50, 5, 5])
      #expect(made.pictures.map(\.format) == [.jpeg, .png, .jpeg, .png])
      #expect(made.pictures[0].bytes.starts(with: [0xFF, 0xD8]))
      let small = try #require(Pixels(png: made.pictures[1].bytes))
      #expect(
        [small[10, 10], small[190, 10], small[10, 40], small[190, 40]].map(name) == ["red", "green", "blue", "white"])
    }
  }

  @Test func `a small picture is never enlarged`() async throws {
    try await withDrawing { drawing in
      let made = try await drawing.thumbnails(
        of: quarters(width: 8, height: 4).png, boxes: [box], formats: [.png])
      #expect(made.pictures[0].size == PictureSize(width: 8, height: 4))
      #expect(Pixels(png: made.pictures[0].bytes) == quarters(width: 8, height: 4))
    }
  }

  /// The corners of the upright picture, top left to bottom right, for each stored orientation.
  static let turns: [(UInt8, [String])] = [
    (1, ["red", "green", "blue", "white"]), (2, ["green", "red", "white", "blue"]),
    (3, ["white", "blue", "green", "red"]), (4, ["blue", "white", "red", "green"]),
    (5, ["red", "blue", "green", "white"]), (6, ["blue", "red", "white", "green"]),
    (7, ["white", "green", "blue", "red"]), (8, ["green", "white", "red", "blue"]),
  ]

  @Test(arguments: turns, [false, true])
  func `the camera's orientation is applied and its notes are dropped`(turn: (UInt8, [String]), isBig: Bool)
    async throws
  {
    try await withDrawing { drawing in
      let upload = turned(quarters(width: 256, height: 128).jpeg, orientation: turn.0, isBig: isBig)
      let made = try await drawing.thumbnails(of: upload, boxes: [box], formats: [.png, .jpeg])
      let isSideways = turn.0 >= 5
      #expect(made.originalSize == PictureSize(width: isSideways ? 128 : 256, height: isSideways ? 256 : 128))
      let seen = try #require(Pixels(png: made.pictures[0].bytes))
      let right = seen.size.width - 3
      let below = seen.size.height - 3
      #expect([seen[2, 2], seen[right, 2], seen[2, below], seen[right, below]].map(name) == turn.1)
      for picture in made.pictures {
        #expect(!String(decoding: picture.bytes, as: UTF8.self).contains("SECRET"))
        #expect(!String(decoding: picture.bytes, as: UTF8.self).contains("Exif"))
      }
    }
  }

  @Test func `what shines through becomes white in a JPEG and stays open in a PNG`() async throws {
    try await withDrawing { drawing in
      let clear = Pixels(PictureSize(width: 64, height: 64)) { x, _ in x < 32 ? [0, 0, 0, 0] : red }
      let made = try await drawing.thumbnails(of: clear.png, boxes: [box], formats: [.png, .jpeg])
      let png = try #require(Pixels(png: made.pictures[0].bytes))
      #expect(png[2, 2] == [0, 0, 0, 0])
      let again = try await drawing.thumbnails(of: made.pictures[1].bytes, boxes: [box], formats: [.png])
      let jpeg = try #require(Pixels(png: again.pictures[0].bytes))
      #expect(name(jpeg[2, 2]) == "white" && name(jpeg[29, 29]) == "red")
    }
  }

  @Test func `shrinking far averages and does not skip`() async throws {
    try await withDrawing { drawing in
      let stripes = Pixels(PictureSize(width: 960, height: 96)) { x, _ in x % 2 == 0 ? [0, 0, 0, 255] : white }
      let made = try await drawing.thumbnails(
        of: stripes.png, boxes: [PictureSize(width: 30, height: 30)], formats: [.png])
      let seen = try #require(Pixels(png: made.pictures[0].bytes))
      #expect((0..<30).allSatisfy { abs(Int(seen[$0, 1][1]) - 127) < 12 })
    }
  }

  @Test func `copies come in the order of their boxes, whatever their size`() async throws {
    let boxes = [10, 200, 50, 120].map { PictureSize(width: $0, height: $0) }
    try await withDrawing { drawing in
      let made = try await drawing.thumbnails(
        of: quarters(width: 400, height: 200).png, boxes: boxes, formats: [.png])
      #expect(made.pictures.map(\.box) == boxes)
      #expect(made.pictures.map(\.size.width) == [10, 200, 50, 120])
      for picture in made.pictures {
        let seen = try #require(Pixels(png: picture.bytes))
        let (right, below) = (seen.size.width - 2, seen.size.height - 2)
        #expect([seen[1, 1], seen[right, 1], seen[1, below], seen[right, below]] == [red, green, blue, white])
      }
    }
  }

  @Test func `a box of no size or beyond reason is refused`() async throws {
    try await withDrawing { drawing in
      for box in [
        PictureSize(width: 0, height: 9), PictureSize(width: 9, height: -1), PictureSize(width: .max, height: 9),
      ] {
        await #expect(throws: DrawingRefusal.tooLarge(width: box.width, height: box.height)) {
          _ = try await drawing.thumbnails(of: quarters().png, boxes: [box])
        }
      }
    }
  }

  @Test func `a WebP picture is read`() async throws {
    // 2 × 3 pixels, lossless, one green.
    let webp: [UInt8] = [
      0x52, 0x49, 0x46, 0x46, 0x1C, 0x00, 0x00, 0x00, 0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38, 0x4C, 0x0F, 0x00, 0x00,
      0x00, 0x2F, 0x01, 0x80, 0x00, 0x00, 0x07, 0xD0, 0xFF, 0x88, 0xFE, 0x07, 0x22, 0xA2, 0xFF, 0x01, 0x00,
    ]
    try await withDrawing { drawing in
      let made = try await drawing.thumbnails(of: webp, boxes: [box], formats: [.png])
      #expect(made.originalFormat == .webp)
      #expect(made.originalSize == PictureSize(width: 2, height: 3))
      #expect(name(try #require(Pixels(png: made.pictures[0].bytes))[1, 1]) == "green")
    }
  }
}
