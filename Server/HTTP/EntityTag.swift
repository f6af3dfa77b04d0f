// SPDX-License-Identifier: GPL-3.0-or-later

/// A strong ETag. What is edited carries its version; lists carry a hash of their bytes.
struct EntityTag: Sendable, Equatable {
  /// Without quotes.
  var text: String

  init(text: String) { self.text = text }

  init(version: Int) { text = String(version) }

  /// For what shows a figure that changes without being edited.
  init(version: Int, and figure: Int) { text = "\(version).\(figure)" }

  /// From content: equal bytes, equal tag.
  init(of bytes: [UInt8]) { text = "h" + String(ContentHash.of(bytes), radix: 36) }

  var header: String { "\"\(text)\"" }
}

/// What If-Match allows (RFC 9110 §13.1.1).
enum VersionMatch: Sendable, Equatable {
  case absent
  case any
  case tags([String])

  /// Reads the header's fields. Weak tags match nothing.
  init(headers: [String]) {
    if headers.isEmpty {
      self = .absent
    } else if headers.count == 1 && headers[0][...].trimmingBlanks == "*" {
      self = .any
    } else {
      self = .tags(headers.flatMap(EntityTagList.tags).compactMap { $0.isWeak ? nil : String($0.text) })
    }
  }

  /// A figure behind the version does not matter: only the version is edited.
  func allows(_ version: Int) -> Bool {
    switch self {
    case .absent, .any: true
    case .tags(let tags): tags.contains { $0 == "\(version)" || $0.hasPrefix("\(version).") }
    }
  }
}

/// The list syntax of If-Match and If-None-Match. A `-gzip` suffix is what the server adds to compressed answers.
enum EntityTagList {
  static func tags(_ header: String) -> [(text: Substring, isWeak: Bool)] {
    header.split(separator: ",").compactMap { part in
      var tag = part.trimmingBlanks
      let isWeak = tag.hasPrefix("W/")
      if isWeak { tag = tag.dropFirst(2) }
      guard tag.count >= 2, tag.hasPrefix("\""), tag.hasSuffix("\"") else { return nil }
      var text = tag.dropFirst().dropLast()
      if text.hasSuffix("-gzip") { text = text.dropLast(5) }
      return (text, isWeak)
    }
  }

  /// Whether If-None-Match names the tag, by weak comparison (RFC 9110 §13.1.2).
  static func contains(_ headers: [String], _ tag: EntityTag) -> Bool {
    headers.contains { header in
      header[...].trimmingBlanks == "*" || tags(header).contains { $0.text == tag.text }
    }
  }
}

/// A fast 64-bit hash of bytes that is the same on every machine: for naming answers, not for secrets.
enum ContentHash {
  static func of(_ bytes: [UInt8]) -> UInt64 {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(truncatingIfNeeded: bytes.count)
    let span = bytes.span
    var index = 0
    while index + 8 <= span.count {
      var word: UInt64 = 0
      for offset in 0..<8 { word |= UInt64(span[index + offset]) << UInt64(8 * offset) }
      hash = mix(hash ^ word)
      index += 8
    }
    while index < span.count {
      hash = mix(hash ^ UInt64(span[index]))
      index += 1
    }
    return hash
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let (high, low) = value.multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
    return high ^ low
  }
}
