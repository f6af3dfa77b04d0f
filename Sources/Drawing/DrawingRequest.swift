// SPDX-License-Identifier: GPL-3.0-or-later

/// What the child is asked.
package enum DrawingRequest: Equatable {
  case thumbnails([UInt8], boxes: [PictureSize], formats: [ThumbnailFormat])
  case render(svg: [UInt8], width: Int)
  case document(Document)

  package func encoded() -> ByteWriter {
    var out = ByteWriter()
    switch self {
    case .thumbnails(let bytes, let boxes, let formats):
      out.byte(1)
      out.block(bytes)
      out.list(boxes) { $0.size($1) }
      out.list(formats) { $0.byte($1.rawValue) }
    case .render(let svg, let width):
      out.byte(2)
      out.block(svg)
      out.number(width)
    case .document(let document):
      out.byte(3)
      out.document(document)
    }
    return out
  }

  package init(decoding bytes: [UInt8]) throws(ByteReader.Malformed) {
    var reader = ByteReader(bytes)
    switch try reader.byte() {
    case 1:
      let bytes = try reader.block()
      let boxes = try reader.list { (reader) throws(ByteReader.Malformed) in try reader.size() }
      let formats = try reader.list { (reader) throws(ByteReader.Malformed) in try reader.choice(ThumbnailFormat.self) }
      self = .thumbnails(bytes, boxes: boxes, formats: formats)
    case 2: self = .render(svg: try reader.block(), width: try reader.number())
    case 3: self = .document(try reader.document())
    default: throw ByteReader.Malformed()
    }
    try reader.end()
  }
}

/// What the child answers.
package enum DrawingAnswer: Equatable {
  case thumbnails(Thumbnails)
  case file([UInt8])
  case refused(DrawingRefusal)

  package func encoded() -> ByteWriter {
    var out = ByteWriter()
    switch self {
    case .thumbnails(let thumbnails):
      out.byte(1)
      out.byte(thumbnails.originalFormat.rawValue)
      out.size(thumbnails.originalSize)
      out.list(thumbnails.pictures) { out, picture in
        out.size(picture.box)
        out.byte(picture.format.rawValue)
        out.size(picture.size)
        out.block(picture.bytes)
      }
    case .file(let bytes):
      out.byte(2)
      out.block(bytes)
    case .refused(let refusal):
      out.byte(3)
      out.refusal(refusal)
    }
    return out
  }

  package init(decoding bytes: [UInt8]) throws(ByteReader.Malformed) {
    var reader = ByteReader(bytes)
    switch try reader.byte() {
    case 1:
      self = .thumbnails(
        Thumbnails(
          originalFormat: try reader.choice(PictureFormat.self), originalSize: try reader.size(),
          pictures: try reader.list { (reader) throws(ByteReader.Malformed) in
            Thumbnail(
              box: try reader.size(), format: try reader.choice(ThumbnailFormat.self), size: try reader.size(),
              bytes: try reader.block())
          }))
    case 2: self = .file(try reader.block())
    case 3: self = .refused(try reader.refusal())
    default: throw ByteReader.Malformed()
    }
    try reader.end()
  }
}

extension ByteWriter {
  fileprivate mutating func size(_ size: PictureSize) {
    number(size.width)
    number(size.height)
  }

  fileprivate mutating func refusal(_ refusal: DrawingRefusal) {
    switch refusal {
    case .notAnImage: byte(1)
    case .unsupported(let kind):
      byte(2)
      text(kind)
    case .tooLarge(let width, let height):
      byte(3)
      number(width)
      number(height)
    case .tooManyBytes(let max):
      byte(4)
      number(max)
    case .corrupt: byte(5)
    // The child cannot know of these, or has no better word.
    case .busy, .timedOut, .crashed, .cancelled, .stopped: byte(6)
    }
  }
}

extension ByteReader {
  fileprivate mutating func size() throws(Malformed) -> PictureSize {
    PictureSize(width: try number(), height: try number())
  }

  fileprivate mutating func refusal() throws(Malformed) -> DrawingRefusal {
    switch try byte() {
    case 1: .notAnImage
    case 2: .unsupported(try text())
    case 3: .tooLarge(width: try number(), height: try number())
    case 4: .tooManyBytes(max: try number())
    case 5: .corrupt
    case 6: .crashed
    default: throw Malformed()
    }
  }
}
