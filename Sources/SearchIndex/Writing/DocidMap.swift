// SPDX-License-Identifier: GPL-3.0-or-later

/// Which docids are in use: a bit each.
struct DocidMap {
  private var words: [UInt64] = []

  init(_ taken: [UInt32]) {
    words = [UInt64](repeating: 0, count: Int(taken.last ?? 0) / 64 + 1)
    for docid in taken { insert(docid) }
  }

  func contains(_ docid: UInt32) -> Bool {
    let at = Int(docid / 64)
    return at < words.count && words[at] & (1 << UInt64(docid % 64)) != 0
  }

  mutating func insert(_ docid: UInt32) {
    let at = Int(docid / 64)
    if at >= words.count { words += [UInt64](repeating: 0, count: at + 1 - words.count + words.count / 4) }
    words[at] |= 1 << UInt64(docid % 64)
  }

  mutating func remove(_ docid: UInt32) {
    let at = Int(docid / 64)
    if at < words.count { words[at] &= ~(1 << UInt64(docid % 64)) }
  }

  /// The first free one from here on.
  func free(from docid: UInt32) -> UInt32 {
    var at = max(1, docid)
    while contains(at) { at += 1 }
    return at
  }
}
