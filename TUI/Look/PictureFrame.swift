// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// A product's picture in its place, or a quiet frame while it is not there.
enum PictureFrame {
  static func draw(
    _ photo: Photo?, _ size: PhotoSize, in area: Rect, on canvas: inout Canvas, _ context: Context
  ) {
    if area.isEmpty { return }
    guard let photo else { return note("no picture", in: area, on: &canvas) }
    guard context.pictures.has(photo.id, size) else { return note("picture…", in: area, on: &canvas) }
    note("no picture", in: area, on: &canvas)
  }

  private static func note(_ text: String, in area: Rect, on canvas: inout Canvas) {
    if area.height >= 3, area.width >= 8 { canvas.box(area) }
    canvas.put(text, in: Rect(x: area.x + 1, y: area.y + area.height / 2, width: area.width - 2, height: 1), .muted,
      alignment: .center)
  }
}
