// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Postgres
import SearchIndex

extension CatalogueIndex {
  /// Builds a generation of what is for sale and has it serve. What changes meanwhile is followed from where the feed ended
  /// when this began. Returns how many products it has.
  @discardableResult
  func rebuild() async throws -> Int {
    let start = try await feed.end()
    let index = index
    let sample = try await SearchDocument.sample(database).map(\.indexed)
    let builder = try await writing.run { try index.rebuild(sample: sample) }
    var words = CompletionCount()
    try await withThrowingTaskGroup(of: Void.self) { group in
      var last: SearchDocument?
      var segment = 0
      while true {
        let documents = try await SearchDocument.page(after: last, limit: IndexBuilder.segmentSize, database)
        if documents.isEmpty { break }
        for document in documents { words.add(document) }
        if segment >= 2 { try await group.next() }
        let number = segment
        group.addTask { [writing] in
          try await writing.run { try builder.write(segment: number, documents.map(\.indexed)) }
        }
        segment += 1
        last = documents.last
        if documents.count < IndexBuilder.segmentSize { break }
      }
      try await group.waitForAll()
    }
    let list = words.list
    let count = try await writing.run {
      try builder.write(completions: list)
      for group in SynonymTable.groups {
        for word in group.words {
          builder.addSynonyms(of: word, in: group.language, group.words.filter { $0 != word })
        }
      }
      return try builder.finish(position: start.bytes)
    }
    change {
      $0.documents = count
      $0.rebuilds += 1
    }
    return count
  }
}

/// How many products have each word that is worth completing.
struct CompletionCount {
  private var weights: [String: Int64] = [:]
  /// Titles are nearly all different: those of the newest products are enough.
  private static let textsMax = 200_000

  mutating func add(_ document: SearchDocument) {
    for (text, weight) in document.completions {
      if weights.count < CompletionCount.textsMax || weights[text] != nil { weights[text, default: 0] += weight }
    }
  }

  var list: CompletionList { CompletionList(weights.map { Completion(text: $0.key, weight: $0.value) }) }
}

extension SearchDocument {
  /// What is for sale, the newest first, which is the order of weight.
  static func page(after last: SearchDocument?, limit: Int, _ database: Database) async throws -> [SearchDocument] {
    let start: SQL =
      last.map {
        "and p.created_at <= \(moment: $0.createdAt) and (p.created_at < \(moment: $0.createdAt) or p.id > \($0.id))"
      } ?? ""
    // Owner: everybody; what is for sale is found.
    return try await database.query(
      """
      select \(columns) from products p join shops s on s.id = p.shop
      where \(ForSale.condition) \(start)
      order by p.created_at desc, p.id
      limit \(limit)
      """, read)
  }

  /// Some of all ages and prices: ids are random.
  static func sample(_ database: Database) async throws -> [SearchDocument] {
    // Owner: everybody; what is for sale is found.
    try await database.query(
      """
      select \(columns) from products p join shops s on s.id = p.shop
      where \(ForSale.condition) order by p.id limit 4000
      """, read)
  }
}
