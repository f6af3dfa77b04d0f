// SPDX-License-Identifier: GPL-3.0-or-later

/// A picture that the platform keeps, named by its content.
public struct Photo: Codable, Sendable, Equatable {
  /// The SHA-256 of the uploaded bytes, in hex.
  public var id: PhotoID
  public var width: Int
  public var height: Int
  public init(id: PhotoID, width: Int, height: Int) {
    self.id = id
    self.width = width
    self.height = height
  }
  static let example = Photo(id: .example, width: 1200, height: 900)
}

/// The name of a picture: 64 hex digits.
public struct PhotoID: Sendable, Hashable, CustomStringConvertible {
  public let text: String

  public init?(_ text: String) {
    let isHex = text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    guard text.utf8.count == 64, isHex else { return nil }
    self.text = text
  }

  public var description: String { text }
}

extension PhotoID: WireValue {
  public static var schema: Schema { .string(.init(pattern: "^[0-9a-f]{64}$")) }
  public static var example: PhotoID {
    guard let id = PhotoID(String(repeating: "0123456789abcdef", count: 4)) else {
      preconditionFailure("these are 64 hex digits")
    }
    return id
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = PhotoID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "A photo id has 64 hex digits.")
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// The sizes that are kept ready, as the longest side in pixels.
public enum PhotoSize: String, WireEnum {
  case small, medium, large
  public var pixels: Int {
    switch self {
    case .small: 160
    case .medium: 480
    case .large: 1200
    }
  }
}
