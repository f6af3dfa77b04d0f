// SPDX-License-Identifier: GPL-3.0-or-later

/// The terms of words: each as it is written, without marks, and its stem in a language. Both are terms of one kind, so that
/// a word finds itself in every language and its relatives in one.
///
/// Used by one thread at a time. Stems are remembered: a few thousand words make most of any text.
final class Lexis {
  private var stemmers: [String: Stems] = [:]

  private struct Stems {
    var stemmer: Stemmer?
    var known: [String: String] = [:]
  }

  private static let knownMax = 50_000

  /// The stem without marks; nil where it is the word itself, or the language has no stemmer.
  func stem(of word: Word, in language: String) -> String? {
    if stemmers[language] == nil { stemmers[language] = Stems(stemmer: Stemmer(language: language)) }
    guard let stemmer = stemmers[language]?.stemmer else { return nil }
    if let known = stemmers[language]?.known[word.lower] { return known == word.folded ? nil : known }
    let stem = Lexis.folded(stemmer.stem(word.lower))
    if stemmers[language]!.known.count >= Lexis.knownMax { stemmers[language]!.known.removeAll() }
    stemmers[language]!.known[word.lower] = stem
    return stem == word.folded ? nil : stem
  }

  private static func folded(_ stem: String) -> String {
    if stem.utf8.allSatisfy({ $0 < 0x80 }) { return stem }
    var out: [UInt8] = []
    for letter in stem.unicodeScalars where !Folding.isDropped(letter.value) {
      out += Folding.base(of: letter) ?? Array(String(Character(letter)).utf8)
    }
    return String(decoding: out, as: UTF8.self)
  }
}
