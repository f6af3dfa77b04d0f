// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport

@testable import SearchIndex

/// An index in a folder of its own.
struct Fixture {
  let folder: TemporaryFolder
  let index: SearchIndex

  static let schema = IndexSchema(version: 1, fields: ["title", "tags", "body"], numbers: ["price", "made"])

  init(schema: IndexSchema = Fixture.schema, listLimits: ListLimits = ListLimits()) throws {
    folder = try TemporaryFolder()
    index = try SearchIndex(directory: folder.path + "/index", schema: schema, listLimits: listLimits)
  }

  /// Builds a generation of the documents, in order of their weights.
  func build(_ documents: [IndexDocument], completions: [Completion] = [], position: [UInt8] = []) throws {
    let builder = try index.rebuild(sample: documents)
    let sorted = documents.sorted { $0.weight > $1.weight }
    for (number, start) in stride(from: 0, to: sorted.count, by: IndexBuilder.segmentSize).enumerated() {
      try builder.write(
        segment: number, Array(sorted[start..<min(start + IndexBuilder.segmentSize, sorted.count)]))
    }
    try builder.write(completions: CompletionList(completions))
    try builder.finish(position: position)
  }

  /// The ids of all pages of a list, one after the other.
  func allPages(_ query: SearchQuery) throws -> [String] {
    var query = query
    var ids: [String] = []
    while true {
      let page = try index.search(query)
      ids += page.hits.map(\.id)
      guard let next = page.next else { return ids }
      query.after = next
    }
  }

  func ids(_ text: String, in languages: [String] = []) throws -> [String] {
    try index.search(SearchQuery(text: text, languages: languages, mayChangeWords: false)).hits.map(\.id)
  }
}

func document(
  _ id: String, _ title: String = "", tags: String = "", body: String = "", weight: Int64 = 0, language: String? = nil
) -> IndexDocument {
  IndexDocument(id: id, weight: weight, language: language, texts: ["title": title, "tags": tags, "body": body])
}
