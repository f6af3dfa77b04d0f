// SPDX-License-Identifier: GPL-3.0-or-later

/// A part of a document that is not broken over pages, from margin to margin.
struct Strip {
  var height: Double
  /// A heading stays with what follows it.
  var keepsWithNext = false
  /// Dropped at the top of a page.
  var isGap = false
  /// Drawn again above this strip when it opens a page: the head of its table.
  var repeated: [Strip] = []
  /// Draws with its top at the given height of the page.
  var draw: (Double) -> Void = { _ in }

  static func gap(_ height: Double) -> Strip { Strip(height: height, isGap: true) }
}

/// A strip with its place.
struct PlacedStrip {
  var strip: Strip
  var y: Double
}

extension Array where Element == Strip {
  /// Breaks strips into pages whose content lies between `top` and `bottom`.
  func pages(top: Double, bottom: Double) -> [[PlacedStrip]] {
    var pages: [[PlacedStrip]] = [[]]
    var y = top
    for index in indices {
      let strip = self[index]
      var needed = strip.height
      var next = index
      while self[next].keepsWithNext && next + 1 < count {
        next += 1
        needed += self[next].height
      }
      if y + needed > bottom && y > top {
        pages.append([])
        y = top
        for head in strip.repeated {
          pages[pages.count - 1].append(PlacedStrip(strip: head, y: y))
          y += head.height
        }
      }
      if strip.isGap && y == top { continue }
      pages[pages.count - 1].append(PlacedStrip(strip: strip, y: y))
      y += strip.height
    }
    return pages
  }
}
