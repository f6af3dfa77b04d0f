// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// The one frame of all screens: header, sections, body, hint line. Small windows keep the body and lose the rest.
struct Frame {
  let header: Rect
  let tabs: Rect
  let body: Rect
  let rule: Rect
  let hints: Rect

  static let least = Size(columns: 24, rows: 5)

  init(_ size: Size) {
    var rest = Rect(size)
    let isRoomy = size.rows >= 12
    header = rest.takeTop(isRoomy ? 1 : 0)
    tabs = rest.takeTop(isRoomy ? 1 : 0)
    if size.rows >= 16 { _ = rest.takeTop(1) }
    hints = rest.takeBottom(size.rows >= 8 ? 1 : 0)
    rule = rest.takeBottom(isRoomy ? 1 : 0)
    body = size.columns >= 60 ? rest.inset(horizontal: 1, vertical: 0) : rest
  }

  func draw(_ app: App, on canvas: inout Canvas) {
    let size = canvas.size
    if size.columns < Frame.least.columns || size.rows < Frame.least.rows {
      let words = "\(size.columns)×\(size.rows) is too small; \(Frame.least.columns)×\(Frame.least.rows) will do."
      for (y, line) in Wrapping.lines(words, width: size.columns).prefix(size.rows).enumerated() {
        canvas.put(line, x: 0, y: y)
      }
      return
    }
    canvas.title = "souk · \(app.front.title)"
    drawHeader(app, on: &canvas)
    if !tabs.isEmpty { TabsView(titles: titles(app), selected: selected(app)).draw(in: tabs, on: &canvas) }
    canvas.clipped(to: body) { app.front.draw(in: body, on: &$0, app.context) }
    if !rule.isEmpty { canvas.line(x: rule.x, y: rule.y, width: rule.width) }
    canvas.put(app.keys.hintLine(width: hints.width - 2, glyphs: canvas.glyphs), x: hints.x + 1, y: hints.y)
    let floor = Rect(x: 0, y: 0, width: size.columns, height: rule.isEmpty ? body.bottom : rule.bottom)
    app.toasts.draw(in: floor, on: &canvas, undoKey: app.context.key("undo", standard: Key("u")))
    drawOverlay(app, on: &canvas)
    if let proof = app.proof {
      proof.draw(in: canvas.bounds, now: app.context.now, on: &canvas)
      app.toasts.draw(in: canvas.bounds, on: &canvas)
    }
  }

  private func drawHeader(_ app: App, on canvas: inout Canvas) {
    if header.isEmpty { return }
    canvas.line(x: header.x, y: header.y, width: header.width)
    let context = app.context
    var left: [Span] = [Span("souk", .accent), Span(" ", .border)]
    let place = app.workspace == .sell ? context.shop?.name ?? "Sell" : app.workspace.title
    left += [Span(place, .title)]
    if app.workspace.next(for: context.session?.account) != app.workspace {
      left.append(Span(" \(canvas.glyphs.arrowDown)", .muted))
    }
    left.append(Span(" ", .border))
    if app.stack.count > 1 {
      left += [Span("\(canvas.glyphs.arrowRight) ", .muted), Span(app.front.title, .text), Span(" ")]
    }
    var right: [Span] = [Span(" ", .border)]
    right += link(context.link, canvas.glyphs)
    if !context.queue.isEmpty {
      let stuck = context.queue.count { $0.state != .queued }
      right += [Span("  "), Span("\(context.queue.count) queued", .warn)]
      if stuck > 0 { right.append(Span(", \(stuck) to decide", .bad)) }
    }
    if let session = context.session {
      right += [Span("  "), Span(session.account.name, .text)]
      if session.secondFactor == .owed { right.append(Span(" · second factor owed", .warn)) }
    }
    right.append(Span(" ", .border))
    let width = right.reduce(0) { $0 + SafeText.width($1.text) }
    canvas.put(left, x: 2, y: header.y, columnsMax: max(0, header.width - width - 6))
    canvas.put(right, x: max(0, header.right - width - 2), y: header.y)
  }

  private func link(_ state: LinkState, _ glyphs: Glyphs) -> [Span] {
    switch state {
    case .unknown: [Span("\(glyphs.hollowDot) connecting", .muted)]
    case .online: [Span("\(glyphs.dot) online", .ok)]
    case .live: [Span("\(glyphs.dot) live", .ok)]
    case .offline: [Span("\(glyphs.hollowDot) offline", .warn)]
    }
  }

  private func titles(_ app: App) -> [String] {
    app.workspace.sections.enumerated().map { index, section in
      let count = section == .queue && !app.context.queue.isEmpty ? " (\(app.context.queue.count))" : ""
      return "\(index + 1) \(section.title)\(count)"
    }
  }

  private func selected(_ app: App) -> Int { app.workspace.sections.firstIndex(of: app.section) ?? 0 }

  func tab(at point: Point, _ app: App) -> Int? {
    tabs.isEmpty ? nil : TabsView(titles: titles(app), selected: selected(app)).tab(at: point, in: tabs)
  }

  private func drawOverlay(_ app: App, on canvas: inout Canvas) {
    let area = canvas.bounds
    switch app.overlay {
    case .menu(let menu): menu.draw(in: area, on: &canvas)
    case .question(let dialog, _): dialog.draw(in: area, on: &canvas)
    case .conflict(let dialog): dialog.draw(in: area, on: &canvas)
    case .log: drawLog(app, in: area, on: &canvas)
    case nil: break
    }
  }

  private func drawLog(_ app: App, in area: Rect, on canvas: inout Canvas) {
    canvas.dim(area)
    let box = area.inset(horizontal: min(6, area.width / 8), vertical: min(3, area.height / 6))
    canvas.fill(box, Style(.text, on: .panel))
    var inner = canvas.box(box, title: "Notices", Style(.border, on: .panel)).inset(horizontal: 1, vertical: 0)
    let log = app.toasts.log.suffix(inner.height)
    if log.isEmpty { canvas.put("Nothing was said yet.", in: inner, Style(.muted, on: .panel)) }
    for toast in log { canvas.put(toast.text, in: inner.takeTop(1), Style(.text, on: .panel)) }
  }
}

extension App {
  func draw(on canvas: inout Canvas) { Frame(canvas.size).draw(self, on: &canvas) }
}
