// SPDX-License-Identifier: GPL-3.0-or-later

extension Session {
  /// A query whose words have become sets of documents.
  struct Understood {
    var typed: TypedText
    /// Growing lists of matches, the best first, under the names that cursors have for them.
    var lists: [(name: Int, clause: Clause)]
    var limits: Restrictions

    /// Everything that matches.
    var matching: Clause { limits.limited(unlimited) }
  }

  func search(_ query: SearchQuery) throws -> Hits {
    let typed = TypedText(query.after?.text ?? query.text)
    var hits = try page(query, typed, replacement: query.after?.text)
    if hits.hits.isEmpty && query.after == nil && query.mayChangeWords {
      if let replacement = try replacement(query, typed) {
        hits = try page(query, TypedText(replacement.text), replacement: replacement.text)
        hits.replacement = replacement
      }
    }
    hits.isTextCut = TypedText(query.text).isCut
    return hits
  }

  func understand(_ query: SearchQuery, _ typed: TypedText, filters: [SearchQuery.Filter]) throws -> Understood {
    var limits = try Restrictions(filters, schema: schema, scales: scales) { try trait($0) }
    let levels = schema.fields.count
    let wanted = typed.withoutStopWords(query.languages).wanted
    let words = try wordClauses(query, wanted)
    for phrase in typed.excluded { limits.excluded.append(try words.clause(phrase, levels - 1)) }
    if wanted.isEmpty { return Understood(typed: typed, lists: [(levels, .everything)], limits: limits) }
    var lists = try (0..<levels).map { (name: $0 + 1, clause: try words.clause(wanted, level: $0)) }
    if let key = Term.key(typed.key), try documents.frequency(of: key) > 0 {
      lists.insert((0, .term(key)), at: 0)
    }
    return Understood(typed: typed, lists: lists, limits: limits)
  }

  private func wordClauses(_ query: SearchQuery, _ wanted: [TypedText.Wanted]) throws -> WordClauses {
    var words = WordClauses(levels: schema.fields.count, languages: query.languages, lexis: lexis) { [documents] in
      try documents.synonyms(of: Synonyms.key($0, $1))
    }
    if query.isLastWordOpen, let word = wanted.last?.plainWord {
      words.lastWordEndings = try endings(
        of: word.folded, before: wanted.dropLast().compactMap { $0.plainWord?.folded })
    }
    return words
  }

  private func page(_ query: SearchQuery, _ typed: TypedText, replacement: String?) throws -> Hits {
    let understood = try understand(query, typed, filters: query.filters)
    let cursor = try query.after.map(moved)
    let plan: ListPlan
    switch query.order {
    case .relevance: plan = .byRelevance(understood.lists, understood.limits, after: cursor)
    case .weight: plan = .byRelevance([(0, understood.unlimited)], understood.limits, after: cursor)
    case .number(let name, let isDescending):
      guard let number = schema.number(named: name) else {
        throw IndexFailure(.refused, "the schema has no number called \(name)")
      }
      let clause = understood.matching
      plan = try .byNumber(
        number, isDescending: isDescending, clause, scale: scales[number], size: try likelySize(clause),
        limits: listLimits, after: cursor, frequency: frequency)
    }
    let limit = min(max(1, query.limit), SearchQuery.limitMax)
    let answer = try ask(Request(limit: limit, limits: understood.limits, tiers: plan.tiers))
    var hits = Hits()
    hits.hits = answer.hits.map { Hits.Hit(id: $0.id, payload: $0.payload) }
    if answer.hits.count == limit, let last = answer.hits.last {
      hits.next = Cursor(
        tier: plan.tiers[last.tier].name, docid: last.docid, number: last.number, generation: generation.number,
        id: last.id, text: replacement)
    }
    return hits
  }

  private func likelySize(_ clause: Clause) throws -> (most: Int, likely: Double) {
    try clause.size(among: Int(size.documents)) { try frequency(of: $0) }
  }

  /// A cursor of another generation, where its document is in this one.
  private func moved(_ cursor: Cursor) throws -> Cursor {
    if cursor.generation == UInt32(truncatingIfNeeded: generation.number) { return cursor }
    let found = try ask(Request(limit: 1, tiers: [Tier(name: 0, clause: .term(Term.id(cursor.id)))]))
    guard let hit = found.hits.first else {
      throw IndexFailure(.superseded, "the list that the cursor is of is no more")
    }
    var moved = cursor
    moved.docid = hit.docid
    return moved
  }
}

extension Session.Understood {
  /// Everything that matches the words, whatever the filters say.
  var unlimited: Clause { .anyOf([lists.first!.clause, lists.last!.clause]) }
}
