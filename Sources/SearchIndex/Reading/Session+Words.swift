// SPDX-License-Identifier: GPL-3.0-or-later

extension Session {
  /// Words that match something, in place of typed ones that match nothing: spelt better, or fewer.
  func replacement(_ query: SearchQuery, _ typed: TypedText) throws -> Hits.Replacement? {
    let frequencies = try typed.wanted.map { try frequency(of: $0, query) }
    if let corrected = try corrected(typed, frequencies) {
      if try hasMatches(query, corrected) { return .corrected(corrected.text) }
    }
    // Unknown words go first, all of them; then the commonest, which tells least.
    var kept = zip(typed.wanted, frequencies).map { (wanted: $0, frequency: $1) }.filter { $0.frequency > 0 }
    let isAnyUnknown = kept.count < typed.wanted.count
    for attempt in 0..<Session.attemptsMax where !kept.isEmpty {
      if attempt > 0 || !isAnyUnknown {
        if kept.count == 1 { return nil }
        let commonest = kept.indices.max { kept[$0].frequency < kept[$1].frequency }!
        kept.remove(at: commonest)
      }
      var shorter = typed
      shorter.wanted = kept.map(\.wanted)
      if try hasMatches(query, shorter) { return .shortened(shorter.text) }
    }
    return nil
  }

  private static let attemptsMax = 6
  private static let editsMax = 2

  private func frequency(of wanted: TypedText.Wanted, _ query: SearchQuery) throws -> Int {
    let levels = schema.fields.count
    let words = WordClauses(levels: levels, languages: query.languages, lexis: lexis) { [documents] in
      try documents.synonyms(of: Synonyms.key($0, $1))
    }
    let clause = try words.clause([wanted], level: levels - 1)
    return try clause.size(among: Int(size.documents)) { try frequency(of: $0) }.most
  }

  private func corrected(_ typed: TypedText, _ frequencies: [Int]) throws -> TypedText? {
    var out = typed
    var isChanged = false
    for (at, wanted) in typed.wanted.enumerated() where frequencies[at] == 0 {
      guard let word = wanted.plainWord, Spelling.isTaught(word.folded),
        let near = try documents.spelling(near: word.folded, editsMax: Session.editsMax)
      else { continue }
      out.wanted[at].alternatives[0].pieces = [.word(Word(lower: near, folded: near))]
      isChanged = true
    }
    return isChanged ? out : nil
  }

  private func hasMatches(_ query: SearchQuery, _ typed: TypedText) throws -> Bool {
    let understood = try understand(query, typed, filters: query.filters)
    let tier = Tier(name: 0, clause: understood.matching)
    return try !ask(Request(limit: 1, limits: understood.limits, tiers: [tier])).hits.isEmpty
  }
}
