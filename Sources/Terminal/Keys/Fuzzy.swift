// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds text by some of its letters in order, as command palettes do.
public enum Fuzzy {
  /// How well the query's letters fit the text in order: more for runs and for the beginnings of words. None when a
  /// letter is missing.
  public static func score(_ query: String, in text: String) -> Int? {
    let wanted = Array(query.lowercased().filter { $0 != " " })
    if wanted.isEmpty { return 0 }
    let letters = Array(text.lowercased())
    var best: Int?
    // Every occurrence of the first letter may begin the best fit.
    for start in letters.indices where letters[start] == wanted[0] {
      guard let score = score(wanted, letters, from: start) else { break }
      best = max(best ?? score, score)
    }
    return best
  }

  private static func score(_ wanted: [Character], _ letters: [Character], from start: Int) -> Int? {
    var total = 0
    var place = start
    var previous = -2
    for letter in wanted {
      guard let found = letters[place...].firstIndex(of: letter) else { return nil }
      let beginsWord = found == 0 || !(letters[found - 1].isLetter || letters[found - 1].isNumber)
      total += beginsWord ? 8 : 1
      if found == previous + 1 { total += 5 }
      total -= min(3, max(0, found - previous - 1) / 4)
      previous = found
      place = found + 1
    }
    return total - letters.count / 16
  }
}
