// SPDX-License-Identifier: GPL-3.0-or-later

/// The languages that the platform itself speaks.
public enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case german = "de"
  case french = "fr"
  case spanish = "es"

  /// The best of these for an Accept-Language header (RFC 9110 §12.5.4): highest weight first, then first named.
  public static func preferred(by header: String?) -> Language {
    guard let header else { return .english }
    var best: (language: Language, weight: Int)?
    for range in header.prefix(512).split(separator: ",") {
      let parts = range.split(separator: ";")
      guard let tag = parts.first?.trimmed, let language = Language(tag: tag) else { continue }
      let weight = parts.dropFirst().compactMap { Language.weight($0.trimmed) }.first ?? 1000
      if weight > 0 && weight > (best?.weight ?? 0) { best = (language, weight) }
    }
    return best?.language ?? .english
  }

  /// From a tag such as `de-AT`.
  private init?(tag: Substring) {
    let primary = tag.split(separator: "-").first.map { $0.lowercased() } ?? ""
    self.init(rawValue: primary)
  }

  /// `q=0.8` in thousandths.
  private static func weight(_ parameter: Substring) -> Int? {
    guard parameter.hasPrefix("q=") else { return nil }
    let digits = parameter.dropFirst(2)
    if digits.hasPrefix("1") { return 1000 }
    guard digits.hasPrefix("0") else { return 0 }
    let fraction = digits.dropFirst(2).prefix(3)
    guard let value = fraction.isEmpty ? 0 : Int(fraction) else { return 0 }
    return value * [1, 100, 10, 1][fraction.count]
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let head = drop { $0 == " " || $0 == "\t" }
    guard let last = head.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return head[...last]
  }
}
