// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns completions into documents that the beginnings of their words find.
enum CompletionPacker {
  /// Letters of a beginning that tell completions apart; what is typed beyond them is compared with the text.
  static let lettersMax = 8
  private static let wordsMax = 8
  static let textBytesMax = 200

  static func pack(_ completion: Completion) -> PackedParts {
    var out = PackedDocument()
    out.data.sized(completion.text)
    out.data.raw(completion.payload)
    out.add(term: Term.document)
    out.add(term: Term.id(identity(completion.text)))
    for beginning in beginnings(of: completion.text) { out.add(term: Term.beginning(beginning)) }
    return PackedParts(document: out.bytes)
  }

  /// Two completions that differ in case and marks only are one.
  static func identity(_ text: String) -> String { words(of: text).joined(separator: " ") }

  static func words(of text: String) -> [String] {
    WordScanner.pieces(of: text).flatMap { piece in
      switch piece {
      case .word(let word): [word.folded]
      case .compound(let words, _): words.map(\.folded)
      case .run(let letters, _): [letters.joined()]
      }
    }
  }

  /// Scripts without spaces are found by what any of their letters begins.
  private static func beginnings(of text: String) -> Set<String> {
    var out: Set<String> = []
    for word in words(of: text).prefix(wordsMax) {
      let letters = Array(word.unicodeScalars)
      let starts = letters.first.map { Script.isUnspaced($0.value) } == true ? Array(letters.indices.prefix(32)) : [0]
      for start in starts {
        var beginning = ""
        for letter in letters[start...].prefix(lettersMax) {
          beginning.unicodeScalars.append(letter)
          out.insert(beginning)
        }
      }
    }
    return out
  }

  static func beginning(of word: String) -> String {
    String(String.UnicodeScalarView(word.unicodeScalars.prefix(lettersMax)))
  }
}
