// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Terminal

@Suite struct ListTests {
  private let table = TableView(
    columns: [
      TableColumn("Number", min: 6, importance: 3), TableColumn("Who", min: 8, weight: 1, importance: 2),
      TableColumn("Sum", alignment: .trailing, min: 7, importance: 1),
    ], sort: TableView.Sort(column: 2, isDescending: true)
  ) { index in
    [Span("#\(index)", .accent), Span("Person 漢字 \(index)"), Span("\(index * 7).00")]
  }

  @Test func `a table shows its columns, caret, marks and sort order`() {
    var state = ListState(count: 9)
    state.select(1)
    _ = state.handle(Key(" "))
    #expect(
      screen(35, 5) { table.draw(state, in: $0.bounds, on: &$0) } == """
           Number  Who              Sum ▾
           #0      Person 漢字 0     0.00 ┃
         ● #1      Person 漢字 1     7.00
        ▸  #2      Person 漢字 2    14.00
           #3      Person 漢字 3    21.00
        """)
  }

  @Test func `a narrow table leaves out its least important columns`() {
    #expect(
      screen(21, 3) { table.draw(ListState(count: 2), in: $0.bounds, on: &$0) } == """
           Number  Who
        ▸  #0      Person …
           #1      Person …
        """)
  }

  @Test func `an empty list says so`() {
    #expect(screen(20, 2) { ListView { _ in [] }.draw(ListState(), in: $0.bounds, on: &$0) } == "   Nothing here.\n")
  }

  @Test(arguments: [
    ("j j k", 1), ("G", 99), ("G g", 0), ("pagedown", 10), ("ctrl-d", 5), ("ctrl-f ctrl-b", 0), ("end up", 98),
    ("up", 0), ("end down", 99), ("down shift-down", 2),
  ]) func `keys move the caret`(keys: String, selected: Int) throws {
    var state = ListState(count: 100)
    state.setHeight(10)
    for spelling in keys.split(separator: " ") { _ = state.handle(try #require(Key(spelling: String(spelling)))) }
    #expect(state.selected == selected)
  }

  @Test func `marks and ranges make the targets of a bulk action`() {
    var state = ListState(count: 10)
    #expect(state.targets == [0])
    _ = state.handle(Key(" "))
    #expect(state.targets == [0] && state.selected == 1)
    state.select(4)
    _ = state.handle(Key("v"))
    _ = state.handle(.down)
    _ = state.handle(.down)
    #expect(state.targets == [0, 4, 5, 6])
    _ = state.handle(Key("v"))
    state.select(9)
    #expect(state.targets == [0, 4, 5, 6])
    #expect(state.handle(.escape) == .marked)
    #expect(state.targets == [9])
    #expect(state.handle(.escape) == .ignored)
    _ = state.handle(Key("a"))
    #expect(state.targets.count == 10)
  }

  @Test func `a list that gets shorter keeps its caret and marks inside`() {
    var state = ListState(count: 10)
    state.setMarks([2, 8])
    state.select(9)
    state.count = 3
    #expect(state.selected == 2)
    #expect(state.marked == [2])
    state.count = 0
    #expect(state.selectedIndex == nil && state.targets.isEmpty)
  }

  @Test func `the caret is always in sight and nothing leaves the rectangle`() {
    let keys: [Key] = [.up, .down, .pageUp, .pageDown, .home, .end, Key(" "), Key("v"), .control("d"), .control("u")]
    for _ in 0..<300 {
      var state = ListState(count: .random(in: 0...40))
      let size = Size(columns: .random(in: 1...50), rows: .random(in: 1...12))
      let rect = Rect(x: 1, y: 1, width: size.columns - 2, height: size.rows - 2)
      for _ in 0..<30 {
        if Int.random(in: 0..<9) == 0 { state.count = .random(in: 0...40) }
        _ = state.handle(keys.randomElement()!)
        var canvas = Canvas(size: size)
        canvas.fill(canvas.bounds, .text, with: "#")
        canvas.fill(rect, .text)
        table.draw(state, in: rect, on: &canvas)
        #expect(isWellFormed(canvas))
        let isFrameWhole = (0..<size.rows).allSatisfy { y in
          (0..<size.columns).allSatisfy { x in canvas[x, y].scalar == "#" || rect.contains(Point(x: x, y: y)) }
        }
        #expect(isFrameWhole)
        if state.count > 0, rect.height > 1, rect.width > 0 {
          let carets = (0..<size.rows).filter { canvas[rect.x, $0].scalar == "▸" }
          #expect(carets.count == 1)
        }
      }
    }
  }
}
