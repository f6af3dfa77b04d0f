// SPDX-License-Identifier: GPL-3.0-or-later

// The map of searching, on Xapian:
//   SearchIndex     a folder with generations of an index; searches, counts and completes from any thread
//   IndexWriter     changes the generation that serves; IndexBuilder makes the next one
//   IndexDocument   what is found; SearchQuery and FacetQuery, what is asked; Hits and FacetCounts, what is answered
//   Text/           cuts texts into words, takes marks away, stems
//   Query/          typed text → TypedText → Clause (sets of documents, in terms) → Tier and ListPlan (their order); all pure
//   Store/          names of terms and slots, packed bytes, files, the calls of Xapian
//   Reading/        Session: a generation as one thread reads it
// Order is made by docids: heavier documents have lower ones, so a list can end as soon as a page is full.
internal import Synchronization

/// A folder with an index that can be rebuilt while it serves.
///
/// Calls block for as long as the disk and Xapian take: make them from threads that may wait.
public final class SearchIndex: Sendable {
  public let directory: String
  public let schema: IndexSchema
  private let idle = Mutex<[Session]>([])
  /// The columns of the generation that serves, shared by its sessions.
  private let columns = Mutex<(generation: Generation, columns: Columns)?>(nil)
  private let listLimits: ListLimits

  /// As many threads as are likely to search at once: what is above is opened anew each time.
  private static let idleMax = 16

  /// Makes the folder where there is none; what is in it is looked at by the first call.
  public convenience init(directory: String, schema: IndexSchema) throws {
    try self.init(directory: directory, schema: schema, listLimits: ListLimits())
  }

  init(directory: String, schema: IndexSchema, listLimits: ListLimits) throws {
    self.directory = directory
    self.schema = schema
    self.listLimits = listLimits
    try Files.makeFolder(directory)
  }

  /// Opens what serves and throws why it cannot: the failure says whether to rebuild.
  public func check() throws {
    try withSession { session in
      let first = Tier(name: 0, clause: .everything)
      let last = Tier(name: 1, clause: .everything, firstDocid: session.size.lastDocid)
      let read = try session.ask(Request(limit: 1, tiers: [first])).hits.count
      let end = try session.ask(Request(limit: 1, tiers: [last])).hits.count
      if session.size.documents > 0 && (read == 0 || end == 0) {
        throw IndexFailure(.damaged, "documents that are counted cannot be read")
      }
    }
  }

  /// Reads every block of what serves; takes as long as that.
  public func inspect() throws {
    guard let current = Generation.current(in: directory) else { throw missing }
    try current.checkSizes()
    try Library.inspect(current.documents)
    try Library.inspect(current.completions)
    // Every record of the columns has a checksum.
    _ = try Session(
      current, schema: schema, columns: try Columns(path: current.columns, numbers: schema.numbers.count),
      listLimits: listLimits)
  }

  public func documentCount() throws -> Int { try withSession { Int($0.size.documents) } }

  /// One page of what matches.
  public func search(_ query: SearchQuery) throws -> Hits { try withSession { try $0.search(query) } }

  /// How many documents match, and how many have which value.
  public func count(_ query: FacetQuery) throws -> FacetCounts { try withSession { try $0.count(query) } }

  /// Texts that begin like this one, the heaviest first. Their weights are not told.
  public func complete(_ text: String, limit: Int = 8) throws -> [Completion] {
    try withSession { try $0.complete(text, limit: limit) }
  }

  /// The writer of the generation that serves; there is one at a time in all processes.
  public func writer() throws -> IndexWriter { try IndexWriter(directory: directory, schema: schema) }

  /// Begins a new generation; there is one rebuild at a time in all processes.
  public func rebuild(sample: [IndexDocument] = []) throws -> IndexBuilder {
    try IndexBuilder(directory: directory, schema: schema, sample: sample)
  }

  private func withSession<Result>(_ body: (Session) throws -> Result) throws -> Result {
    let session = try taken()
    // A session that threw is not used again, nor are columns that could not be read.
    let result = try body(session)
    idle.withLock { if $0.count < SearchIndex.idleMax { $0.append(session) } }
    return result
  }

  private func taken() throws -> Session {
    while let session = idle.withLock({ $0.popLast() }) {
      if (try? session.refresh()) == true { return session }
    }
    guard let current = Generation.current(in: directory) else { throw missing }
    try current.checkSizes()
    return try Session(current, schema: schema, columns: try columns(of: current), listLimits: listLimits)
  }

  private func columns(of generation: Generation) throws -> Columns {
    try columns.withLock { known in
      if let known, known.generation == generation { return known.columns }
      let columns = try Columns(path: generation.columns, numbers: schema.numbers.count)
      known = (generation, columns)
      return columns
    }
  }

  private var missing: IndexFailure { IndexFailure(.missing, "\(directory) has no generation") }
}
