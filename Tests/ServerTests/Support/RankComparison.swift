// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether two samples of durations can be told apart: the rank test of Mann and Whitney (1947). Ranks, and not means,
/// because a busy machine gives some very long ones.
struct RankComparison: CustomStringConvertible {
  /// How often one of the first is longer than one of the second: a half when nothing tells them apart.
  let share: Double
  /// How far that is from a half, in standard deviations of samples of one law.
  let deviations: Double

  init(_ first: [Duration], _ second: [Duration]) {
    var wins = 0.0
    for one in first {
      for other in second { wins += one > other ? 1 : one == other ? 0.5 : 0 }
    }
    let pairs = Double(first.count * second.count)
    share = wins / pairs
    let variance = pairs * Double(first.count + second.count + 1) / 12
    deviations = abs(wins - pairs / 2) / variance.squareRoot()
  }

  /// Both must be said: that chance does not do it (5.3 deviations, one in ten million), and that it is of some size (four
  /// in five), so that no little thing of the machine's is taken for a difference.
  var tellsApart: Bool { deviations > 5.3 && abs(share - 0.5) > 0.3 }

  var description: String {
    "the first is longer in \(Int(share * 100)) % of pairs, off by \(Double(Int(deviations * 10)) / 10) deviations"
  }
}
