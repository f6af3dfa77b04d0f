// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// The texts that people agree to, as this market has published them. One that changes is added below the others with a
/// version of its own: what somebody has agreed to must stay readable, so none is ever edited or removed.
enum PublishedTexts {
  struct Words: Sendable {
    var title: String
    var text: String
  }

  struct Text: Sendable {
    var kind: ConsentKind
    var version: String
    var words: [Language: Words]
  }

  /// The newest of each kind. English stands in for a language that a text lacks.
  static func current(in language: Language) -> [ConsentText] {
    ConsentKind.allCases.compactMap { kind in
      guard let text = all.last(where: { $0.kind == kind }) else { return nil }
      let spoken = text.words[language] == nil ? Language.english : language
      guard let words = text.words[spoken] else { return nil }
      return ConsentText(
        kind: kind, version: text.version, language: spoken, title: words.title, text: words.text)
    }
  }

  static func contain(_ kind: ConsentKind, _ version: String) -> Bool {
    all.contains { $0.kind == kind && $0.version == version }
  }
}
