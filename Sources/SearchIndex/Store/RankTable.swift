// SPDX-License-Identifier: GPL-3.0-or-later

/// Where documents of a weight live among the docids: the heavier, the lower. Made when a generation is built, from every
/// so-manieth document of it; between its entries, order is as good as they are close.
struct RankTable: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    var weight: Int64
    var docid: UInt32
  }

  /// Weights fall, docids rise.
  private(set) var entries: [Entry] = []

  static let entriesMax = 4096
  /// Docids from one document to the next when a generation is built: room for those to come, and short gaps to store.
  static let spacing: UInt32 = 8

  init() {}

  init(entries: [Entry]) {
    let step = max(1, (entries.count + RankTable.entriesMax - 1) / RankTable.entriesMax)
    // The last one always counts: what is lighter goes behind it.
    self.entries = entries.enumerated().filter { $0.offset % step == 0 || $0.offset == entries.count - 1 }.map(
      \.element)
  }

  /// The docids that fit a weight; nil where the table is empty.
  func docids(for weight: Int64) -> ClosedRange<UInt32>? {
    guard let first = entries.first, let last = entries.last else { return nil }
    if weight > first.weight { return 2...max(2, first.docid) }
    if weight < last.weight { return last.docid...(UInt32.max - 1) }
    // The last that is heavier, the first that is lighter.
    let behind = firstIndex { $0.weight <= weight }
    let lower = behind == 0 ? 2 : entries[behind - 1].docid
    let lighter = firstIndex { $0.weight < weight }
    if lighter == entries.count { return lower...max(lower, last.docid &+ RankTable.spacing * 16) }
    return lower...max(lower, entries[lighter].docid)
  }

  /// Where to put a document first; its id spreads those of equal weight.
  func place(for weight: Int64, spread: UInt64) -> UInt32 {
    guard let range = docids(for: weight) else { return RankTable.spacing * 1024 }
    guard let last = entries.last, weight >= last.weight else {
      return (entries.last?.docid ?? 0) &+ RankTable.spacing
    }
    let width = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + UInt32(spread % width)
  }

  private func firstIndex(where holds: (Entry) -> Bool) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if holds(entries[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  init(packed: [UInt8]) throws {
    var input = PackedInput(packed)
    while !input.isAtEnd {
      entries.append(Entry(weight: Int64(bitPattern: try input.u64()), docid: try input.u32()))
    }
  }

  var packed: [UInt8] {
    var out = PackedOutput()
    for entry in entries {
      out.u64(UInt64(bitPattern: entry.weight))
      out.u32(Int(entry.docid))
    }
    return out.bytes
  }
}
