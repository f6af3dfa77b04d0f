// SPDX-License-Identifier: GPL-3.0-or-later

/// A word in small letters, and without marks.
struct Word: Hashable {
  /// For the stemmer, which knows a language's marks.
  var lower: String
  /// For the index: what people type with or without marks.
  var folded: String
}

/// What a text is made of.
enum Piece: Hashable {
  case word(Word)
  /// Words with hyphens between them, and the same written together.
  case compound([Word], joined: String)
  /// A run of a script that puts no spaces between words: its letters, and its pairs of neighbours.
  case run(letters: [String], pairs: [String])
}
