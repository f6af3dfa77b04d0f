// SPDX-License-Identifier: GPL-3.0-or-later

extension TypedText {
  /// A text that asks for the same.
  var text: String {
    (wanted.map { $0.alternatives.map(\.text).joined(separator: " OR ") } + excluded.map { "-" + $0.text })
      .joined(separator: " ")
  }

  /// Small words go where greater ones stay.
  func withoutStopWords(_ languages: [String]) -> TypedText {
    let kept = wanted.filter { $0.plainWord.map { !StopWords.contains($0.folded, in: languages) } ?? true }
    if kept.isEmpty { return self }
    var out = self
    out.wanted = kept
    return out
  }
}

extension TypedText.Wanted {
  /// The word, where nothing but a word is wanted.
  var plainWord: Word? {
    guard alternatives.count == 1, !alternatives[0].isExact, alternatives[0].pieces.count == 1,
      case .word(let word) = alternatives[0].pieces[0]
    else { return nil }
    return word
  }
}

extension TypedText.Phrase {
  var text: String {
    let words = pieces.map { piece in
      switch piece {
      case .word(let word): word.lower
      case .compound(let words, _): words.map(\.lower).joined(separator: "-")
      case .run(let letters, let pairs): letters.prefix(max(1, pairs.count + 1)).joined()
      }
    }
    return isExact ? "\"\(words.joined(separator: " "))\"" : words.joined(separator: " ")
  }
}
