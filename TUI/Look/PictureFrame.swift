// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// A product's picture in its place, or a quiet frame while it is not there.
enum PictureFrame {
  /// `earlier` is shown until the picture is there.
  static func draw(
    _ photo: Photo?, until earlier: Photo? = nil, in area: Rect, on canvas: inout Canvas, _ context: Context
  ) {
    if area.isEmpty { return }
    guard let photo else { return note("no picture", in: area, on: &canvas) }
    let wish = wish(photo, area, context)
    if let picture = context.pictures.picture(wish) { return picture.draw(in: area, on: &canvas) }
    if context.pictures.hasAnswer(wish) { return note("no picture", in: area, on: &canvas) }
    if let earlier, let picture = context.pictures.picture(self.wish(earlier, area, context)) {
      return picture.draw(in: area, on: &canvas)
    }
    note("picture…", in: area, on: &canvas)
  }

  private static func wish(_ photo: Photo, _ area: Rect, _ context: Context) -> PictureWish {
    PictureWish(photo: photo.id, room: area.size, mode: context.pictureMode)
  }

  /// What to ask for so that `draw` has something to draw.
  static func wish(_ photo: Photo?, in area: Rect, _ context: Context) -> [Step] {
    guard context.showsPictures, let photo, !area.isEmpty else { return [] }
    let wish = wish(photo, area, context)
    return context.pictures.hasAnswer(wish) ? [] : [.perform(.picture(wish))]
  }

  private static func note(_ text: String, in area: Rect, on canvas: inout Canvas) {
    if area.height >= 3, area.width >= 8 { canvas.box(area) }
    let line = Rect(x: area.x + 1, y: area.y + area.height / 2, width: area.width - 2, height: 1)
    canvas.put(text, in: line, .muted, alignment: .center)
  }
}
