// SPDX-License-Identifier: GPL-3.0-or-later

/// How much of a row or column of panes one pane takes.
public enum Extent: Hashable, Sendable {
  /// Exactly so many cells, while they last.
  case fixed(Int)
  /// At least so many, and a share of the rest.
  case min(Int)
  /// A share of the rest, by weight.
  case fill(Int)
  /// A share of the whole, in hundredths.
  case percent(Int)

  public static let fill = Extent.fill(1)
}

extension Rect {
  /// Cuts the rectangle into panes beside each other. The widths and gaps add up to the whole when any pane may
  /// grow; when there is too little room the later panes give way first.
  public func columns(_ extents: [Extent], gap: Int = 0) -> [Rect] {
    var at = x
    return share(width, among: extents, gap: gap).map { size in
      defer { at += size + (size > 0 ? gap : 0) }
      return Rect(x: min(at, right), y: y, width: Swift.min(size, max(0, right - at)), height: height)
    }
  }

  /// Cuts the rectangle into panes above each other.
  public func rows(_ extents: [Extent], gap: Int = 0) -> [Rect] {
    var at = y
    return share(height, among: extents, gap: gap).map { size in
      defer { at += size + (size > 0 ? gap : 0) }
      return Rect(x: x, y: min(at, bottom), width: width, height: Swift.min(size, max(0, bottom - at)))
    }
  }
}

/// Sizes for the extents: fixed, minimal and percentages first, in order, then the rest by weight.
private func share(_ total: Int, among extents: [Extent], gap: Int) -> [Int] {
  var left = max(0, total - gap * max(0, extents.count - 1))
  let whole = left
  var sizes = extents.map { extent -> Int in
    let wanted =
      switch extent {
      case .fixed(let cells), .min(let cells): cells
      case .percent(let hundredths): whole * hundredths / 100
      case .fill: 0
      }
    let got = Swift.min(max(0, wanted), left)
    left -= got
    return got
  }
  let weights = extents.map { extent -> Int in
    switch extent {
    case .fill(let weight): max(0, weight)
    case .min: 1
    case .fixed, .percent: 0
    }
  }
  var weightLeft = weights.reduce(0, +)
  for index in sizes.indices where weights[index] > 0 {
    let part = left * weights[index] / weightLeft
    sizes[index] += part
    left -= part
    weightLeft -= weights[index]
  }
  return sizes
}
