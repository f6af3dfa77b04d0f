// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns typed words into sets of documents, at each level of fields.
struct WordClauses {
  let levels: Int
  let languages: [String]
  let lexis: Lexis
  let synonyms: (_ word: String, _ language: String) throws -> [String]
  /// The words that the last one typed may be the beginning of; empty where it is whole.
  var lastWordEndings: [String] = []

  /// Documents that have all that is wanted within the first fields up to the level.
  func clause(_ wanted: [TypedText.Wanted], level: Int) throws -> Clause {
    let clauses = try wanted.enumerated().map { at, item in
      let endings = at == wanted.count - 1 ? lastWordEndings : []
      return Clause.anyOf(
        try item.alternatives.map { try clause($0, level) } + endings.map { .term(term($0, level)) })
    }
    return .allOf(clauses)
  }

  func clause(_ phrase: TypedText.Phrase, _ level: Int) throws -> Clause {
    .allOf(try phrase.pieces.map { try clause($0, isExact: phrase.isExact, level) })
  }

  private func clause(_ piece: Piece, isExact: Bool, _ level: Int) throws -> Clause {
    switch piece {
    case .word(let word): return isExact ? .term(term(word.folded, level)) : try clause(word, level)
    case .compound(let words, let joined):
      let parts = try words.map { isExact ? .term(term($0.folded, level)) : try clause($0, level) }
      return joined.isEmpty ? .allOf(parts) : .anyOf([.allOf(parts), .term(term(joined, level))])
    case .run(let letters, let pairs):
      return .allOf((pairs.isEmpty ? letters : pairs).map { .term(term($0, level)) })
    }
  }

  /// The word, its stems, and what means the same.
  private func clause(_ word: Word, _ level: Int) throws -> Clause {
    var clauses = [Clause.term(term(word.folded, level))]
    for language in languages {
      if let stem = lexis.stem(of: word, in: language) { clauses.append(.term(term(stem, level))) }
      for other in try synonyms(word.folded, language) { clauses.append(try synonym(other, level)) }
    }
    return .anyOf(clauses)
  }

  private func synonym(_ text: String, _ level: Int) throws -> Clause {
    .allOf(
      try WordScanner.pieces(of: text).map { piece in
        guard case .word(let word) = piece else { return try clause(piece, isExact: false, level) }
        let stems = languages.compactMap { lexis.stem(of: word, in: $0) }
        return .anyOf(([word.folded] + stems).map { .term(term($0, level)) })
      })
  }

  private func term(_ word: String, _ level: Int) -> String { Term.word(word, level: level, of: levels) }
}
