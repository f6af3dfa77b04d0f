// SPDX-License-Identifier: GPL-3.0-or-later

extension Session {
  static let completionsMax = 50

  /// Completions of what is typed, the heaviest first.
  func complete(_ text: String, limit: Int) throws -> [Completion] {
    let limit = min(max(1, limit), Session.completionsMax)
    let words = CompletionPacker.words(of: String(text.prefix(CompletionPacker.textBytesMax)))
    if words.isEmpty { return [] }
    let terms = Set(words.prefix(8).map { Term.beginning(CompletionPacker.beginning(of: $0)) }).sorted()
    // What is longer than a beginning has to be compared.
    let isCompared = words.contains { $0.unicodeScalars.count > CompletionPacker.lettersMax }
    let asked = isCompared ? Session.comparedMax : limit
    let request = Request(limit: asked, tiers: [Tier(name: 0, clause: .allOf(terms.map(Clause.term)))])
    let answer = try Answer(try completions.search(request.packed), isCounted: false)
    let found = answer.hits.lazy.filter { !isCompared || Session.begins($0.id, words) }
    return found.prefix(limit).map { Completion(text: $0.id, weight: 0, payload: $0.payload) }
  }

  private static let comparedMax = 200
  private static let endingsMax = 8

  /// Words that begin like this one, in completions of all that is typed or else of it alone.
  func endings(of word: String, before others: [String]) throws -> [String] {
    for typed in others.isEmpty ? [[word]] : [others + [word], [word]] {
      let found = try complete(typed.joined(separator: " "), limit: Session.completionsMax)
      var seen: Set<String> = []
      let endings = found.flatMap { CompletionPacker.words(of: $0.text) }
        .filter { $0.hasPrefix(word) && seen.insert($0).inserted }
      if !endings.isEmpty { return Array(endings.prefix(Session.endingsMax)) }
    }
    return []
  }

  private static func begins(_ text: String, _ typed: [String]) -> Bool {
    let words = CompletionPacker.words(of: text)
    return typed.allSatisfy { typed in
      words.contains {
        $0.hasPrefix(typed) || (Script.isUnspaced(typed.unicodeScalars.first!.value) && $0.contains(typed))
      }
    }
  }
}
