// SPDX-License-Identifier: GPL-3.0-or-later
internal import Synchronization

/// The one writer of an index: changes are visible to readers after `commit`.
///
/// A commit costs milliseconds however small it is, so the owner gathers changes and commits when `isCommitDue` says so.
/// Calls block; they may come from any thread, one at a time.
public final class IndexWriter: Sendable {
  /// Changes that are not held back longer.
  public static let changesMax = 1000

  private let schema: IndexSchema
  private let generation: Generation
  private let lock: IndexLock
  private let state: Mutex<State>

  // Unchecked: only touched under the mutex.
  private struct State: @unchecked Sendable {
    var documents: RankedDatabase
    var completions: RankedDatabase
    var packer: DocumentPacker
    var position: [UInt8]
    var changes = 0
    var failure: IndexFailure?
  }

  init(directory: String, schema: IndexSchema) throws {
    self.schema = schema
    lock = try IndexLock(path: directory + "/writer.lock")
    guard let current = Generation.current(in: directory) else {
      throw IndexFailure(.missing, "\(directory) has no generation")
    }
    generation = current
    try generation.checkSizes()
    let documents = try RankedDatabase(path: generation.documents, columns: generation.columns)
    let completions = try RankedDatabase(path: generation.completions)
    let database = documents.database
    guard try database.metadata(GenerationKey.schema) == Array(schema.signature.utf8) else {
      throw IndexFailure(.stale, "the generation was made for another schema")
    }
    let scales = try schema.numbers.indices.map {
      try NumberScale(packed: try database.metadata(GenerationKey.scale($0)))
    }
    let packer = DocumentPacker(
      schema: schema, scales: scales, lexis: Lexis(), traits: StoredTraits(database: database))
    state = Mutex(
      State(
        documents: documents, completions: completions, packer: packer,
        position: try database.metadata(GenerationKey.position)))
  }

  /// How far in the feed of changes the last commit was.
  public var position: [UInt8] { state.withLock { $0.position } }

  /// Whether another generation has taken this one's place: an owner with nothing to commit asks now and then.
  public var isSuperseded: Bool { Generation.current(in: generation.directory) != generation }

  /// Changes that wait for a commit.
  public var changeCount: Int { state.withLock { $0.changes } }

  /// Adds a document or takes the place of the one with its id.
  public func put(_ document: IndexDocument) throws {
    try change { state in
      var words: Set<String> = []
      let packed = try state.packer.pack(document) { words.insert($0) }
      try state.documents.put(
        packed, term: Term.id(document.id), weight: document.weight, spread: IndexWriter.spread(document.id))
      for word in words where Spelling.isTaught(word) { try state.documents.database.addSpelling(word, times: 1) }
    }
  }

  /// A document that is not there is fine.
  public func remove(id: String) throws {
    try change { state in _ = try state.documents.remove(term: Term.id(id)) }
  }

  public func put(_ completion: Completion) throws {
    let identity = CompletionPacker.identity(completion.text)
    guard !identity.isEmpty, completion.text.utf8.count <= CompletionPacker.textBytesMax else {
      throw IndexFailure(.refused, "a completion has words, and at most \(CompletionPacker.textBytesMax) bytes")
    }
    try change { state in
      try state.completions.put(
        CompletionPacker.pack(completion), term: Term.id(identity), weight: completion.weight,
        spread: IndexWriter.spread(identity))
    }
  }

  public func remove(completion text: String) throws {
    try change { state in _ = try state.completions.remove(term: Term.id(CompletionPacker.identity(text))) }
  }

  /// Whether so many changes, the oldest of which waits for so long, are worth a commit.
  public static func isCommitDue(changes: Int, waited: Duration, delay: Duration = .milliseconds(300)) -> Bool {
    changes > 0 && (changes >= changesMax || waited >= delay)
  }

  /// Makes the changes visible and durable, with the position they go up to. Throws `.superseded` where a rebuild has put
  /// another generation in this one's place: the owner opens a writer on that and repeats from its position.
  public func commit(position: [UInt8]? = nil) throws {
    if isSuperseded {
      throw IndexFailure(.superseded, "another generation serves")
    }
    try change { state in
      if let position { try state.documents.database.setMetadata(GenerationKey.position, position) }
      // Completions first: a position says that everything before it is there.
      try state.completions.commit()
      try state.documents.commit()
      if let position { state.position = position }
      state.changes = -1
    }
  }

  /// What failed half-way must not be committed later, so the writer is of no use after a failure of the machine.
  private func change(_ body: (inout State) throws -> Void) throws {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      do {
        try body(&state)
        state.changes += 1
      } catch let failure as IndexFailure where failure.reason != .refused {
        state.failure = failure
        throw failure
      }
    }
  }

  private static func spread(_ id: String) -> UInt64 {
    id.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
