// SPDX-License-Identifier: GPL-3.0-or-later
internal import Synchronization

/// Builds one database from segments that threads write side by side. Each segment is a database of its own; so many of them
/// are joined as soon as they are there, so many of these again, and what is left in the end.
final class RankedParts: Sendable {
  /// Xapian gathers a segment in maps of strings: while they fit the processor's cache, a document costs half as much.
  static let segmentSize = 2000
  /// Six open files each.
  private static let groupSize = 24
  /// Docids before the first document, for heavier ones to come.
  private static let firstDocid: UInt32 = 1 << 20
  private static let segmentsMax = 130_000

  private let folder: String
  private let state = Mutex(State())

  private struct State {
    var segments: [Int: Segment] = [:]
    /// Parts that wait to be joined. Those of level 0 are segments, one of level 1 is a group of these.
    var waiting: Set<Part> = []
  }

  private struct Segment {
    var entries: [RankTable.Entry]
    var count: Int
    var heaviest: Int64
    var lightest: Int64
  }

  private struct Part: Hashable {
    var level: Int
    var number: Int

    var group: Part { Part(level: level + 1, number: number / groupSize) }
    var members: [Part] { (0..<groupSize).map { Part(level: level - 1, number: number * groupSize + $0) } }
  }

  private let columns: NewColumnLog?

  init(folder: String, columns: NewColumnLog? = nil) throws {
    self.folder = folder
    self.columns = columns
    try Files.makeFolder(folder)
  }

  var documentCount: Int { state.withLock { $0.segments.values.reduce(0) { $0 + $1.count } } }

  /// Writes one segment. Segments are numbered from zero in falling order of weight; each but the last is full.
  func write(_ number: Int, weights: [Int64], pack: (Int) throws -> PackedParts) throws {
    guard !weights.isEmpty, weights.count <= RankedParts.segmentSize, (0..<RankedParts.segmentsMax).contains(number)
    else { throw IndexFailure(.refused, "a segment has one to \(RankedParts.segmentSize) documents") }
    guard zip(weights, weights.dropFirst()).allSatisfy({ $0 >= $1 }) else {
      throw IndexFailure(.refused, "segment \(number) is not in falling order of weight")
    }
    let isNew = state.withLock { state in
      if state.segments[number] != nil { return false }
      state.segments[number] = Segment(entries: [], count: 0, heaviest: weights.first!, lightest: weights.last!)
      return true
    }
    guard isNew else { throw IndexFailure(.refused, "segment \(number) is written twice") }
    let entries = try fill(number, weights, pack)
    state.withLock { state in
      state.segments[number]!.entries = entries
      state.segments[number]!.count = weights.count
    }
    try joinGroups(from: Part(level: 0, number: number))
  }

  private func fill(_ number: Int, _ weights: [Int64], _ pack: (Int) throws -> PackedParts) throws -> [RankTable.Entry]
  {
    let database = try DatabaseWriter(path: path(Part(level: 0, number: number)), isNew: true, isDurable: false)
    var entries: [RankTable.Entry] = []
    var records: [UInt8] = []
    for at in weights.indices {
      let docid = RankedParts.firstDocid + UInt32(number * RankedParts.segmentSize + at) * RankTable.spacing
      let packed = try pack(at)
      try database.put(packed.document, at: docid)
      if let content = packed.columns { records += ColumnLog.record(docid, content) }
      if at % 64 == 0 || at == weights.count - 1 { entries.append(.init(weight: weights[at], docid: docid)) }
    }
    try database.commit()
    try columns?.append(records)
    return entries
  }

  private func joinGroups(from part: Part) throws {
    var part = part
    while true {
      let isWhole = state.withLock { state in
        state.waiting.insert(part)
        guard part.group.members.allSatisfy(state.waiting.contains) else { return false }
        state.waiting.subtract(part.group.members)
        return true
      }
      guard isWhole else { return }
      try join(part.group.members, into: path(part.group))
      part = part.group
    }
  }

  /// Joins everything and returns where documents of a weight went.
  func finish(into destination: String) throws -> RankTable {
    let (segments, waiting) = try state.withLock { state in (try RankedParts.ordered(state.segments), state.waiting) }
    if !segments.isEmpty { try join(Array(waiting), into: destination) }
    let database = try DatabaseWriter(path: destination, isNew: segments.isEmpty, isDurable: true)
    try database.put(PackedDocument().bytes, at: Term.emptyDocid)
    try database.commit()
    try Files.removeTree(folder)
    return RankTable(entries: segments.flatMap(\.entries))
  }

  private static func ordered(_ segments: [Int: Segment]) throws -> [Segment] {
    let ordered = try (0..<segments.count).map { number in
      guard let segment = segments[number], segment.count > 0 else {
        throw IndexFailure(.refused, "segment \(number) is missing")
      }
      return segment
    }
    for (at, (one, next)) in zip(ordered, ordered.dropFirst()).enumerated() {
      if one.count < segmentSize { throw IndexFailure(.refused, "segment \(at) is neither full nor the last") }
      if one.lightest < next.heaviest {
        throw IndexFailure(.refused, "segment \(at + 1) is heavier than the one before it")
      }
    }
    return ordered
  }

  private func join(_ parts: [Part], into destination: String) throws {
    try Library.join(parts.map(path), into: destination)
    for part in parts { try Files.removeTree(path(part)) }
  }

  private func path(_ part: Part) -> String { "\(folder)/part-\(part.level)-\(part.number)" }
}
