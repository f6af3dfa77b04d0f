// SPDX-License-Identifier: GPL-3.0-or-later
internal import Synchronization

/// A new generation in the making, while the old one serves.
///
/// The owner reads its documents in falling order of weight, cuts them into segments of `segmentSize` and has them written
/// by as many threads as it likes: `write` is safe to call from all of them. What changes meanwhile goes to the old
/// generation; `finish` is told the position in the feed of changes from where the new one has to catch up.
public final class IndexBuilder: Sendable {
  public static let segmentSize = RankedParts.segmentSize

  private let schema: IndexSchema
  private let generation: Generation
  private let lock: IndexLock
  private let columns: NewColumnLog
  private let documents: RankedParts
  private let completions: RankedParts
  private let traits = GrowingTraits()
  private let state: Mutex<State>

  private struct State {
    var scales: [NumberScale]?
    var spelling: [String: Int] = [:]
    var synonyms: [(key: String, other: String)] = []
  }

  /// The bounds of buckets come from the numbers of `sample`; where it is empty, from the first segment.
  init(directory: String, schema: IndexSchema, sample: [IndexDocument]) throws {
    self.schema = schema
    lock = try IndexLock(path: directory + "/rebuild.lock")
    let current = Generation.current(in: directory)
    // What an interrupted rebuild left.
    for left in try Generation.all(in: directory) where left != current { try? Files.removeTree(left.path) }
    generation = try Generation.next(in: directory)
    try Files.makeFolder(generation.path)
    try Files.makeFolder(generation.parts)
    columns = try NewColumnLog(path: generation.columns)
    documents = try RankedParts(folder: generation.parts + "/documents", columns: columns)
    completions = try RankedParts(folder: generation.parts + "/completions")
    state = Mutex(State(scales: sample.isEmpty ? nil : IndexBuilder.scales(schema, sample)))
  }

  /// Writes one segment of documents; segments are numbered from zero in falling order of weight.
  public func write(segment: Int, _ batch: [IndexDocument]) throws {
    let scales = state.withLock { state in
      if let scales = state.scales { return scales }
      let scales = IndexBuilder.scales(schema, batch)
      state.scales = scales
      return scales
    }
    let packer = DocumentPacker(schema: schema, scales: scales, lexis: Lexis(), traits: traits)
    var words: [String: Int] = [:]
    try documents.write(segment, weights: batch.map(\.weight)) { at in
      try packer.pack(batch[at]) { words[$0, default: 0] += 1 }
    }
    state.withLock { state in
      state.spelling.merge(
        words.lazy.filter { Spelling.isTaught($0.key) }.map { ($0.key, $0.value) }, uniquingKeysWith: +)
    }
  }

  /// Writes all the completions; threads may share the segments of the list, each once.
  public func write(completions list: CompletionList) throws {
    for segment in 0..<list.segmentCount { try write(segment: segment, of: list) }
  }

  /// Writes one segment of the completions.
  public func write(segment: Int, of list: CompletionList) throws {
    let batch = list.segment(segment)
    try completions.write(segment, weights: batch.map(\.weight)) { CompletionPacker.pack(batch[batch.startIndex + $0]) }
  }

  /// People who type `word` in this language mean any of the others too. A word may be several.
  public func addSynonyms(of word: String, in language: String, _ others: [String]) {
    let key = Synonyms.key(word, language)
    state.withLock { state in state.synonyms += others.map { (key, $0) } }
  }

  /// Makes the new generation the one that serves and removes the others. Returns how many documents it has.
  @discardableResult
  public func finish(position: [UInt8] = []) throws -> Int {
    let count = documents.documentCount
    let ranks = try documents.finish(into: generation.documents)
    let completionRanks = try completions.finish(into: generation.completions)
    try describe(ranks: ranks, position: position, documents: count)
    let words = try DatabaseWriter(path: generation.completions, isNew: false, isDurable: true)
    try words.setMetadata(GenerationKey.ranks, completionRanks.packed)
    try words.setMetadata(GenerationKey.schema, Array(schema.signature.utf8))
    try words.commit()
    try Files.removeTree(generation.parts)
    try generation.publish()
    // The new one serves already. A writer of the old one that has not noticed may hold on to it; then the next rebuild removes it.
    for other in try Generation.all(in: generation.directory) where other != generation {
      try? Files.removeTree(other.path)
    }
    return count
  }

  private func describe(ranks: RankTable, position: [UInt8], documents: Int) throws {
    let (scales, spelling, synonyms) = state.withLock { ($0.scales, $0.spelling, $0.synonyms) }
    let database = try DatabaseWriter(path: generation.documents, isNew: false, isDurable: true)
    for (at, scale) in (scales ?? IndexBuilder.scales(schema, [])).enumerated() {
      try database.setMetadata(GenerationKey.scale(at), scale.packed)
    }
    try database.setMetadata(GenerationKey.ranks, ranks.packed)
    try database.setMetadata(GenerationKey.columns, Array(String(columns.length).utf8))
    try database.setMetadata(GenerationKey.position, position)
    try traits.write(to: database)
    for (word, count) in spelling where Spelling.isFrequent(count, among: documents) {
      try database.addSpelling(word, times: count)
    }
    for synonym in synonyms { try database.addSynonym(synonym.other, of: synonym.key) }
    // What makes it whole comes last.
    try database.setMetadata(GenerationKey.schema, Array(schema.signature.utf8))
    try database.commit()
  }

  private static func scales(_ schema: IndexSchema, _ sample: [IndexDocument]) -> [NumberScale] {
    schema.numbers.map { name in NumberScale(sample: sample.compactMap { $0.numbers[name] }) }
  }
}

/// Which words are worth correcting to.
enum Spelling {
  static func isTaught(_ word: String) -> Bool {
    word.unicodeScalars.count >= 3 && word.unicodeScalars.contains { !("0"..."9").contains($0) }
  }

  /// Rare words are misspelt ones as often as not.
  static func isFrequent(_ count: Int, among documents: Int) -> Bool { count > documents / 100_000 }
}

enum Synonyms {
  static func key(_ word: String, _ language: String) -> String {
    "\(language)\u{1F}\(CompletionPacker.words(of: word).joined(separator: " "))"
  }
}
