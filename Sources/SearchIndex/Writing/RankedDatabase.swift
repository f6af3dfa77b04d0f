// SPDX-License-Identifier: GPL-3.0-or-later

/// A database whose docids follow weights, open for changes.
struct RankedDatabase {
  let database: DatabaseWriter
  private var columns: OpenColumnLog?
  private let ranks: RankTable
  private var taken: DocidMap

  /// `columns` is the path of the log of columns, where there is one.
  init(path: String, columns: String? = nil) throws {
    database = try DatabaseWriter(path: path, isNew: false, isDurable: true)
    if let columns {
      let told = String(decoding: try database.metadata(GenerationKey.columns), as: UTF8.self)
      guard let committed = Int(told) else { throw IndexFailure(.damaged, "how far the columns go is not told") }
      self.columns = try OpenColumnLog(path: columns, committed: committed)
    }
    ranks = try RankTable(packed: try database.metadata(GenerationKey.ranks))
    taken = DocidMap(try database.docids())
  }

  /// Puts a document where its weight belongs. One that need not move stays: cursors go past it once.
  mutating func put(_ packed: PackedParts, term: String, weight: Int64, spread: UInt64) throws {
    if let old = try database.find(term) {
      if ranks.docids(for: weight).map({ $0.contains(old) }) ?? true {
        return try store(packed, at: old)
      }
      try database.remove(old)
      taken.remove(old)
    }
    let docid = taken.free(from: ranks.place(for: weight, spread: spread))
    try store(packed, at: docid)
    taken.insert(docid)
  }

  private mutating func store(_ packed: PackedParts, at docid: UInt32) throws {
    try database.put(packed.document, at: docid)
    if let content = packed.columns { columns?.add(docid, content) }
  }

  /// The columns reach the disk before the documents that tell how far they go.
  mutating func commit() throws {
    if let length = try columns?.flush() {
      try database.setMetadata(GenerationKey.columns, Array(String(length).utf8))
    }
    try database.commit()
  }

  /// Returns whether there was one.
  mutating func remove(term: String) throws -> Bool {
    guard let old = try database.find(term) else { return false }
    try database.remove(old)
    taken.remove(old)
    return true
  }
}
