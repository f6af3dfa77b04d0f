// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// How the market's words and amounts look on every screen: a word and a glyph, never a colour alone.
enum Words {
  static func availability(_ availability: Availability) -> Span {
    switch availability {
    case .inStock: Span("● in stock", .ok)
    case .low: Span("◐ few left", .warn)
    case .soldOut: Span("○ sold out", .muted)
    }
  }

  /// The same without a sign, to be read out.
  static func plain(_ availability: Availability) -> String {
    switch availability {
    case .inStock: "in stock"
    case .low: "few left"
    case .soldOut: "sold out"
    }
  }

  /// Text of a screen as it is read out: without the signs that stand before words.
  static func spoken(_ text: String) -> String {
    let signs: Set<Character> = ["●", "◐", "◔", "○", "◌", "▪", "✓", "✗", "♥", "≠"]
    return text.replacing(" › ", with: ", ").split(separator: " ").filter {
      $0.count > 1 || !signs.contains($0.first ?? " ")
    }.joined(separator: " ")
  }

  static func status(_ status: ProductStatus) -> Span {
    switch status {
    case .draft: Span("◌ draft", .warn)
    case .inReview: Span("◔ review", .info)
    case .active: Span("● active", .ok)
    case .outOfStock: Span("○ sold out", .muted)
    case .archived: Span("▪ archived", .muted)
    case .rejected: Span("✗ rejected", .bad)
    }
  }

  /// The same without a sign, to be read out.
  static func plain(_ status: ProductStatus) -> String { status == .outOfStock ? "sold out" : spaced(status.rawValue) }

  static func status(_ status: ShopStatus) -> Span {
    switch status {
    case .draft: Span("◌ draft", .warn)
    case .submitted: Span("◔ submitted", .info)
    case .approved: Span("● open", .ok)
    case .rejected: Span("✗ rejected", .bad)
    case .suspended: Span("✗ suspended", .bad)
    case .dormant: Span("▪ dormant", .muted)
    }
  }

  /// `in_review` as `in review`.
  static func spaced(_ word: String) -> String { word.split(separator: "_").joined(separator: " ") }

  /// `45.00 €` for currencies with a sign of their own, the code for the others. Thousands are set apart.
  static func money(_ money: Money) -> String {
    let sign =
      switch money.currency.code {
      case "EUR": "€"
      case "USD": "$"
      case "GBP": "£"
      case "JPY": "¥"
      default: money.currency.code
      }
    return "\(grouped(money.decimalText)) \(sign)"
  }

  /// `1234567.50` as `1,234,567.50`.
  static func grouped(_ decimal: String) -> String {
    let parts = decimal.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first else { return decimal }
    let digits = Array(whole)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, digit != "-", digits[index - 1] != "-", (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return parts.count > 1 ? "\(result).\(parts[1])" : result
  }

  /// How long ago, in the coarsest words that are still true.
  static func age(_ seconds: Int64) -> String {
    switch seconds {
    case ..<5: "just now"
    case ..<60: "\(seconds) s old"
    case ..<3600: "\(seconds / 60) min old"
    case ..<172_800: "\(seconds / 3600) h old"
    default: "\(seconds / 86_400) days old"
    }
  }

  /// How long ago something happened, in the coarsest words that are still true.
  static func since(_ seconds: Int64) -> String {
    switch seconds {
    case ..<60: "just now"
    case ..<3600: "\(seconds / 60) min ago"
    case ..<172_800: "\(seconds / 3600) h ago"
    default: "\(seconds / 86_400) days ago"
    }
  }

  /// How long still: `9:58`, `45 s`.
  static func countdown(_ seconds: Int64) -> String {
    if seconds < 60 { return "\(max(0, seconds)) s" }
    let rest = seconds % 60
    return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
  }

  static func count(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }

  /// `jewellery/rings` as `Jewellery › Rings`.
  static func category(_ path: String) -> String {
    path.split(separator: "/").map { part in
      part.split(separator: "-").enumerated().map { index, word in
        index == 0 ? word.prefix(1).uppercased() + word.dropFirst() : String(word)
      }.joined(separator: " ")
    }.joined(separator: " › ")
  }
}
