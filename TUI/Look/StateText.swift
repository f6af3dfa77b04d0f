// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// What a pane says when it has no rows: that it waits, that there is nothing, or why it failed and what to do.
enum StateText {
  static func draw(_ text: String, hint: String = "", _ style: Style = .muted, in area: Rect, on canvas: inout Canvas) {
    var rest = area.inset(horizontal: 2, vertical: min(2, max(0, area.height / 4)))
    for line in Wrapping.lines([Span(text, style)], width: rest.width) {
      let row = rest.takeTop(1)
      if row.isEmpty { return }
      canvas.put(line, x: row.x, y: row.y, columnsMax: row.width)
    }
    if hint.isEmpty { return }
    _ = rest.takeTop(1)
    for line in Wrapping.lines([Span(hint, .muted)], width: rest.width) {
      let row = rest.takeTop(1)
      if row.isEmpty { return }
      canvas.put(line, x: row.x, y: row.y, columnsMax: row.width)
    }
  }

  static func draw(_ failure: ClientFailure, in area: Rect, on canvas: inout Canvas, _ context: Context) {
    let again = "\(context.key("refresh", standard: Key("r"))) tries again."
    switch failure {
    case .unreachable:
      draw(
        failure.words, hint: "Nothing of this was seen before, so there is nothing to show. \(again)", .warn,
        in: area, on: &canvas)
    case .refused where failure.plainWords != nil: draw(failure.words, .warn, in: area, on: &canvas)
    case .refused(let problem):
      let hint = [problem.detail, problem.instance.map { "Request \($0)." }].compactMap { $0 }.joined(separator: " ")
      draw("\(canvas.glyphs.cross) \(problem.title)", hint: hint, .bad, in: area, on: &canvas)
    case .limited: draw(failure.words, .warn, in: area, on: &canvas)
    case .unreadable, .cancelled: draw(failure.words, hint: again, .bad, in: area, on: &canvas)
    }
  }
}
