// SPDX-License-Identifier: GPL-3.0-or-later

/// The directives of Cache-Control fields (RFC 9111 §5.2, RFC 5861), as far as a private cache heeds them.
public struct CacheControl: Sendable, Equatable {
  public var noStore = false
  public var noCache = false
  public var mustRevalidate = false
  public var isPublic = false
  public var isPrivate = false
  public var isImmutable = false
  public var onlyIfCached = false
  /// Seconds, as all the following.
  public var maxAge: Int64?
  public var staleWhileRevalidate: Int64?
  public var staleIfError: Int64?
  public var minFresh: Int64?
  /// `Int64.max` for any staleness.
  public var maxStale: Int64?

  public init() {}

  public init(_ headers: HeaderFields) {
    for field in headers.values(for: "Cache-Control") { parse(field) }
  }

  private mutating func parse(_ field: String) {
    for directive in Self.split(Array(field.utf8)) {
      let sign = directive.firstIndex(of: UInt8(ascii: "=")) ?? directive.endIndex
      let name = String(decoding: directive[..<sign].map(\.asciiLowercased), as: UTF8.self).trimmed
      let value = sign == directive.endIndex ? nil : directive[(sign + 1)...]
      take(name, value.map { Self.unquoted(String(decoding: $0, as: UTF8.self).trimmed) })
    }
  }

  private mutating func take(_ name: String, _ value: String?) {
    switch name {
    case "no-store": noStore = true
    // A list of field names after these limits them to those fields; heeding them whole is stricter.
    case "no-cache": noCache = true
    case "private": isPrivate = true
    case "public": isPublic = true
    case "must-revalidate": mustRevalidate = true
    case "immutable": isImmutable = true
    case "only-if-cached": onlyIfCached = true
    // Of two different values the stricter holds, and a broken one means "stale" (RFC 9111 §4.2.1).
    case "max-age": maxAge = min(maxAge ?? .max, Self.seconds(value) ?? 0)
    case "stale-while-revalidate": staleWhileRevalidate = min(staleWhileRevalidate ?? .max, Self.seconds(value) ?? 0)
    case "stale-if-error": staleIfError = min(staleIfError ?? .max, Self.seconds(value) ?? 0)
    case "min-fresh": minFresh = max(minFresh ?? 0, Self.seconds(value) ?? 0)
    case "max-stale": maxStale = min(maxStale ?? .max, value == nil ? .max : Self.seconds(value) ?? 0)
    default: return
    }
  }

  /// At commas outside of quoted strings.
  private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = 0
    var isQuoted = false
    var isEscaped = false
    for (index, byte) in bytes.enumerated() {
      if isEscaped {
        isEscaped = false
      } else if isQuoted && byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ",") && !isQuoted {
        parts.append(bytes[start..<index])
        start = index + 1
      }
    }
    parts.append(bytes[start...])
    return parts
  }

  private static func unquoted(_ text: String) -> String {
    text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
  }

  /// RFC 9111 §1.2.2: too large means 2^31.
  static func seconds(_ text: String?) -> Int64? {
    guard let text, !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return min(Int64(text) ?? .max, 1 << 31)
  }
}
