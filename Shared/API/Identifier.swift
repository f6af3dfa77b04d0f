// SPDX-License-Identifier: GPL-3.0-or-later

/// A kind of thing that has ids with a prefix of its own.
public protocol Identified {
  static var idPrefix: String { get }
}

/// An opaque id such as `prd_3k9x0v7q2m4n8p1r`: a prefix that names the kind, and sixteen random characters.
public struct Identifier<Kind: Identified>: Sendable, Hashable, CustomStringConvertible {
  public static var bodyLength: Int { 16 }
  public let text: String

  /// From a random body of `bodyLength` lower-case base-32 characters.
  public init(body: String) {
    precondition(Identifier.isBody(body.utf8[...]), "an id body has sixteen base-32 characters")
    text = "\(Kind.idPrefix)_\(body)"
  }

  /// From its text; nil when it is not an id of this kind.
  public init?(_ text: String) {
    let prefix = Kind.idPrefix.utf8
    let rest = text.utf8.dropFirst(prefix.count)
    guard text.utf8.starts(with: prefix), rest.first == UInt8(ascii: "_"), Identifier.isBody(rest.dropFirst()) else {
      return nil
    }
    self.text = text
  }

  public var description: String { text }

  private static func isBody(_ body: Substring.UTF8View) -> Bool {
    body.count == bodyLength
      && body.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) }
  }
}

extension Identifier: WireValue {
  public static var schema: Schema { .string(.init(pattern: "^\(Kind.idPrefix)_[0-9a-z]{\(bodyLength)}$")) }
  public static var example: Identifier { Identifier(body: "0123456789abcdef") }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = Identifier(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "This is not an id such as \(Identifier.example).")
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
