// SPDX-License-Identifier: GPL-3.0-or-later

/// A generation as one thread reads it: open databases, and what they say of themselves.
///
/// Unchecked: the pool hands a session to one thread at a time.
final class Session: @unchecked Sendable {
  let generation: Generation
  let schema: IndexSchema
  let documents: DatabaseReader
  let completions: DatabaseReader
  let scales: [NumberScale]
  let firstDocid: UInt32
  let listLimits: ListLimits
  let lexis = Lexis()
  private(set) var size: (documents: UInt32, lastDocid: UInt32)
  private var lookedAt = ContinuousClock.now
  private var names: [Trait: String] = [:]
  private var numbers: [Keyword: Trait] = [:]
  private var frequencies: [String: Int] = [:]
  private var axisNumbers: [String: UInt32] = [:]

  /// A commit is seen after so long at the latest.
  private static let freshness = Duration.milliseconds(100)
  private static let namesMax = 100_000
  private static let frequenciesMax = 20_000

  init(_ generation: Generation, schema: IndexSchema, columns: Columns, listLimits: ListLimits) throws {
    self.generation = generation
    self.schema = schema
    self.listLimits = listLimits
    let documents = try DatabaseReader(path: generation.documents, columns: columns)
    let completions = try DatabaseReader(path: generation.completions)
    for database in [documents, completions] {
      guard try database.metadata(GenerationKey.schema) == Array(schema.signature.utf8) else {
        throw IndexFailure(.stale, "generation \(generation.number) was made for another schema")
      }
    }
    scales = try schema.numbers.indices.map {
      let scale = try NumberScale(packed: try documents.metadata(GenerationKey.scale($0)))
      if scale.bounds.isEmpty { throw IndexFailure(.damaged, "the scale of a number is missing") }
      return scale
    }
    firstDocid = try RankTable(packed: try documents.metadata(GenerationKey.ranks)).entries.first?.docid ?? 1
    size = try Session.size(documents)
    self.documents = documents
    self.completions = completions
  }

  /// Whether the session can go on serving; looks at the newest commit now and then.
  func refresh() throws -> Bool {
    let now = ContinuousClock.now
    if now - lookedAt < Session.freshness { return true }
    guard Generation.current(in: generation.directory) == generation else { return false }
    lookedAt = now
    if try documents.refresh() {
      size = try Session.size(documents)
      frequencies.removeAll()
    }
    _ = try completions.refresh()
    return true
  }

  func ask(_ request: Request) throws -> Answer {
    try Answer(try documents.search(request.packed), isCounted: request.counted != nil)
  }

  /// How many documents have a term, as far as it is known: it may be that of a commit ago, for plans only.
  func frequency(of term: String) throws -> Int {
    if let known = frequencies[term] { return known }
    let count = Int(try documents.frequency(of: term))
    if frequencies.count >= Session.frequenciesMax { frequencies.removeAll() }
    frequencies[term] = count
    return count
  }

  /// Without the one that has nothing.
  private static func size(_ database: DatabaseReader) throws -> (documents: UInt32, lastDocid: UInt32) {
    let size = try database.size()
    return (max(1, size.documents) - 1, size.lastDocid)
  }

  // MARK: Traits

  func axis(_ name: String) throws -> UInt32? {
    if let known = axisNumbers[name] { return known }
    let number = UInt32(String(decoding: try documents.metadata(TraitKey.axis(name)), as: UTF8.self))
    if let number { axisNumbers[name] = number }
    return number
  }

  func trait(_ keyword: Keyword) throws -> Trait? {
    if let known = numbers[keyword] { return known }
    guard let axis = try axis(keyword.axis) else { return nil }
    let key = TraitKey.value(axis, keyword.value)
    guard let value = UInt32(String(decoding: try documents.metadata(key), as: UTF8.self)) else { return nil }
    if numbers.count >= Session.namesMax { numbers.removeAll() }
    numbers[keyword] = Trait(axis: axis, value: value)
    return Trait(axis: axis, value: value)
  }

  func name(of trait: Trait) throws -> String {
    if let known = names[trait] { return known }
    let name = String(decoding: try documents.metadata(TraitKey.valueName(trait)), as: UTF8.self)
    if names.count >= Session.namesMax { names.removeAll() }
    names[trait] = name
    return name
  }
}
