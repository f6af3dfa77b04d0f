// SPDX-License-Identifier: GPL-3.0-or-later

/// A path with named places, such as `/products/{product}`. It is relative to `/api/v1`.
public struct PathTemplate: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  public enum Segment: Sendable, Hashable {
    case literal(String)
    case place(String)
  }

  public let segments: [Segment]

  public init(stringLiteral text: String) {
    precondition(text.hasPrefix("/"), "a path template starts with a slash")
    segments = text.split(separator: "/").map { part in
      part.hasPrefix("{") && part.hasSuffix("}") ? .place(String(part.dropFirst().dropLast())) : .literal(String(part))
    }
  }

  public var description: String {
    segments.reduce(into: "") { text, segment in
      switch segment {
      case .literal(let word): text += "/" + word
      case .place(let name): text += "/{" + name + "}"
      }
    }
  }

  public var placeNames: [String] {
    segments.compactMap { if case .place(let name) = $0 { name } else { nil } }
  }

  /// The path with its places filled, percent-encoded; nil when a value is missing or would name another address:
  /// clients take empty and dot segments away (RFC 3986 §5.2.4).
  public func filled(with values: [String: String]) -> String? {
    var path = ""
    for segment in segments {
      switch segment {
      case .literal(let word): path += "/" + word
      case .place(let name):
        guard let value = values[name], !["", ".", ".."].contains(value) else { return nil }
        path += "/" + PercentEncoding.encode(value)
      }
    }
    return path
  }
}
