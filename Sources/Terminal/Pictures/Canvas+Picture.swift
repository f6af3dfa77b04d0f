// SPDX-License-Identifier: GPL-3.0-or-later

extension Canvas {
  /// What fills a box that is kept for pixels: not a plain space, which ncurses may leave to "erase the rest of the
  /// line", pixels and all.
  static let kept: Unicode.Scalar = "\u{a0}"

  /// Keeps a box of cells for a graphic. Whatever is drawn over the box afterwards hides the graphic, all of it.
  mutating func place(_ graphic: Graphic, in rect: Rect) {
    guard !rect.isEmpty, rect.intersection(clip) == rect else { return }
    pictures.append(PicturePlacement(rect: rect, graphic: graphic))
    if graphic.method == .kittyCells { return KittyCells.draw(graphic, in: rect, on: &self) }
    fill(rect, .text, with: Canvas.kept)
  }

  /// Where the terminal is to show pixels: the boxes that are still as they were left.
  var picturesInSight: [PicturePlacement] {
    pictures.filter { placement in
      if placement.graphic.method == .kittyCells { return true }
      // A picture that ends on the last row makes some terminals scroll.
      return placement.rect.bottom < size.rows && isUntouched(placement.rect)
    }
  }

  private func isUntouched(_ rect: Rect) -> Bool {
    for y in rect.y..<rect.bottom {
      for x in rect.x..<rect.right where self[x, y].scalar != Canvas.kept || self[x, y].style != .text { return false }
    }
    return true
  }

  /// The canvas with plain spaces in the boxes whose pictures are not in sight: writing them wipes the pixels away.
  func wipingHiddenPictures(but sighted: [PicturePlacement]) -> Canvas {
    if sighted.count == pictures.count { return self }
    var copy = self
    for placement in pictures where !sighted.contains(placement) {
      for y in placement.rect.y..<placement.rect.bottom {
        for x in placement.rect.x..<placement.rect.right where self[x, y].scalar == Canvas.kept {
          copy.set(" ", x: x, y: y, self[x, y].style)
        }
      }
    }
    return copy
  }
}
