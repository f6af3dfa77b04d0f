// SPDX-License-Identifier: GPL-3.0-or-later

/// The languages that the platform itself speaks.
public enum Language: String, WireEnum {
  case english = "en"
  case german = "de"
  case french = "fr"
  case spanish = "es"

  /// The best of these for an Accept-Language header (RFC 9110 §12.5.4): highest weight first, then first named.
  public static func preferred(by header: String?) -> Language {
    guard let header else { return .english }
    var ranges: [(language: Language, weight: Int)] = []
    var others = 0
    for range in header.prefix(512).split(separator: ",") {
      let parts = range.split(separator: ";")
      guard let tag = parts.first?.trimmed else { continue }
      let weight = parts.dropFirst().compactMap { Language.weight($0.trimmed) }.first ?? 1000
      if tag == "*" { others = weight }
      if let language = Language(tag: tag) { ranges.append((language, weight)) }
    }
    // The asterisk stands for every language that is not named.
    ranges += allCases.filter { language in !ranges.contains { $0.language == language } }.map { ($0, others) }
    guard let most = ranges.map(\.weight).max(), most > 0 else { return .english }
    return ranges.first { $0.weight == most }?.language ?? .english
  }

  /// From a tag such as `de-AT`.
  private init?(tag: Substring) {
    self.init(rawValue: tag.prefix { $0 != "-" }.lowercased())
  }

  /// `q=0.8` in thousandths; 0 when it is no weight (RFC 9110 §12.4.2); nil for other parameters.
  private static func weight(_ parameter: Substring) -> Int? {
    guard parameter.lowercased().hasPrefix("q=") else { return nil }
    let digits = parameter.dropFirst(2).utf8.map { Int($0) - 0x30 }
    guard let whole = digits.first, (0...1).contains(whole), digits.count <= 5 else { return 0 }
    let point = Int(UInt8(ascii: ".")) - 0x30
    guard digits.count == 1 || digits[1] == point else { return 0 }
    var (value, scale) = (whole * 1000, 100)
    for digit in digits.dropFirst(2) {
      guard (0...9).contains(digit) else { return 0 }
      value += digit * scale
      scale /= 10
    }
    return value <= 1000 ? value : 0
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let head = drop { $0 == " " || $0 == "\t" }
    guard let last = head.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return head[...last]
  }
}
