// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Terminal

@Suite struct PictureCanvasTests {
  private let box = Rect(x: 2, y: 1, width: 4, height: 2)

  private func canvas(_ graphic: Graphic, _ more: (inout Canvas) -> Void = { _ in }) -> Canvas {
    var canvas = Canvas(size: Size(columns: 8, rows: 4))
    canvas.place(graphic, in: box)
    more(&canvas)
    return canvas
  }

  @Test func `a box is kept for pixels, and the text canvas shows it`() {
    let canvas = canvas(graphic())
    #expect(TextScreen.text(of: canvas) == "\n  ░░░░\n  ░░░░\n")
    #expect(canvas.picturesInSight == canvas.pictures)
  }

  @Test(
    arguments: [
      { canvas in canvas.put("x", x: 5, y: 2) }, { canvas in canvas.dim(canvas.bounds) },
      { canvas in canvas.fill(Rect(x: 0, y: 0, width: 3, height: 2), .text) },
      { canvas in canvas.tint(canvas.bounds, .selection) },
    ] as [@Sendable (inout Canvas) -> Void])
  func `what is drawn over a box hides its picture, and its cells are written`(cover: @Sendable (inout Canvas) -> Void)
  {
    let canvas = canvas(graphic(), cover)
    #expect(canvas.picturesInSight.isEmpty)
    let wiped = canvas.wipingHiddenPictures(but: [])
    #expect(!wiped.cells.contains { $0.scalar == Canvas.kept })
  }

  @Test func `a box that is not all on the canvas, or ends on its last row, shows nothing`() {
    var canvas = Canvas(size: Size(columns: 8, rows: 4))
    canvas.place(graphic(), in: Rect(x: 6, y: 0, width: 4, height: 2))
    #expect(canvas.pictures.isEmpty)
    canvas.place(graphic(), in: Rect(x: 0, y: 2, width: 4, height: 2))
    #expect(canvas.picturesInSight.isEmpty)
  }

  @Test func `characters stand for the parts of a picture, and every mark is one that takes no room`() {
    #expect(Set(KittyCells.marks).count == KittyCells.marks.count)
    #expect(KittyCells.marks.allSatisfy { SafeText.width(of: $0) == 0 })
    let graphic = graphic(.kittyCells)
    #expect((16...255).contains(graphic.id))
    let canvas = canvas(graphic)
    #expect(canvas[3, 2].scalar == KittyCells.character)
    #expect(canvas.marks(of: canvas[3, 2]) == [KittyCells.marks[1], KittyCells.marks[1]])
  }
}
