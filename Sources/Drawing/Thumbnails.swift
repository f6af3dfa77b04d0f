// SPDX-License-Identifier: GPL-3.0-or-later

/// A kind of picture file that is read.
public enum PictureFormat: UInt8, Sendable, CaseIterable {
  case jpeg = 1
  case png = 2
  case webp = 3

  public var mediaType: String {
    switch self {
    case .jpeg: "image/jpeg"
    case .png: "image/png"
    case .webp: "image/webp"
    }
  }
}

/// A kind of picture file that is written.
public enum ThumbnailFormat: UInt8, Sendable, CaseIterable {
  case jpeg = 1
  case png = 2

  public var mediaType: String { self == .jpeg ? "image/jpeg" : "image/png" }
}

/// A size in pixels.
public struct PictureSize: Sendable, Hashable {
  public var width: Int
  public var height: Int

  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// The largest size of the same shape that fits into a box; never larger than it is.
  public func fitted(into box: PictureSize) -> PictureSize {
    if width <= box.width && height <= box.height { return self }
    if width * box.height >= height * box.width {
      return PictureSize(width: box.width, height: max(1, (height * box.width + width / 2) / width))
    }
    return PictureSize(width: max(1, (width * box.height + height / 2) / height), height: box.height)
  }
}

/// One small copy of a picture, without any of its metadata.
public struct Thumbnail: Sendable, Equatable {
  /// Which of the asked boxes it fits into.
  public var box: PictureSize
  public var format: ThumbnailFormat
  public var size: PictureSize
  public var bytes: [UInt8]

  package init(box: PictureSize, format: ThumbnailFormat, size: PictureSize, bytes: [UInt8]) {
    self.box = box
    self.format = format
    self.size = size
    self.bytes = bytes
  }
}

/// The small copies of an uploaded picture, with what was found out about it.
public struct Thumbnails: Sendable, Equatable {
  /// What the bytes are, whatever their name said.
  public var originalFormat: PictureFormat
  /// The size of the original as it is seen, that is after turning it upright.
  public var originalSize: PictureSize
  /// One for each asked box and format: boxes as they were asked for, formats within.
  public var pictures: [Thumbnail]

  package init(originalFormat: PictureFormat, originalSize: PictureSize, pictures: [Thumbnail]) {
    self.originalFormat = originalFormat
    self.originalSize = originalSize
    self.pictures = pictures
  }
}
