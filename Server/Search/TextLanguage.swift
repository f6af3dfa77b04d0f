// SPDX-License-Identifier: GPL-3.0-or-later

/// Guesses the language of a text by its small words: products do not say theirs, and a stem needs one.
enum TextLanguage {
  /// English where nothing tells: most of the market is.
  static func guess(_ text: String) -> String {
    var counts: [String: Int] = [:]
    for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
      for (language, words) in smallWords where words.contains(String(word)) { counts[language, default: 0] += 1 }
    }
    let english = counts["en"] ?? 0
    let best = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    guard let best, best.value > english else { return "en" }
    return best.key
  }

  /// All that a query is stemmed in. An answer is shared by all who ask the same, so their languages do not count.
  static let all = ["en", "de", "fr", "es"]

  private static let smallWords: [String: Set<String>] = [
    "en": ["the", "and", "of", "with", "for", "is", "from", "to", "it", "by", "that", "on", "at", "an"],
    "de": ["der", "die", "das", "und", "mit", "für", "ist", "aus", "ein", "eine", "von", "zu", "im", "auf", "den"],
    "fr": ["le", "les", "et", "avec", "pour", "est", "une", "des", "du", "dans", "sur", "au", "aux", "par", "un"],
    "es": ["el", "los", "las", "y", "con", "para", "es", "una", "del", "en", "por", "al", "lo", "un", "que"],
  ]
}
