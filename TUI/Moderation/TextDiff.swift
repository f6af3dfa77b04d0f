// SPDX-License-Identifier: GPL-3.0-or-later

/// What a text loses and gains, line by line.
enum TextDiff {
  enum Line: Sendable, Equatable {
    case kept(String)
    case lost(String)
    case gained(String)
  }

  /// Every line of both, what was lost before what came in its place.
  static func lines(_ before: String, _ after: String) -> [Line] {
    let old = before.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let new = after.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var lost = Set<Int>()
    var gained = Set<Int>()
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): lost.insert(offset)
      case .insert(let offset, _, _): gained.insert(offset)
      }
    }
    var lines: [Line] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if i < old.count, lost.contains(i) {
        lines.append(.lost(old[i]))
        i += 1
      } else if j < new.count, gained.contains(j) {
        lines.append(.gained(new[j]))
        j += 1
      } else {
        lines.append(.kept(old[i]))
        i += 1
        j += 1
      }
    }
    return lines
  }
}
