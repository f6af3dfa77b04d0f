// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// What has not gone out yet, and why.
struct QueueScreen: Screen {
  let title = "Unsent"
  let moves = Moves.list
  private(set) var list = ListState()

  mutating func open(_ context: Context) -> [Step] {
    list.count = context.queue.count
    return []
  }

  private func current(_ context: Context) -> QueuedChange? {
    list.selectedIndex.flatMap { context.queue.indices.contains($0) ? context.queue[$0] : nil }
  }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    let current = current(context)
    let nothing = Action<ActionID>.Availability.disabled(reason: "nothing is waiting")
    return KeyTable([
      Action(
        .open, name: "decide", keys: [.enter], title: "Decide a conflict", hint: "decide",
        availability: current == nil
          ? nothing : current?.state == .conflict ? .enabled : .disabled(reason: "this one is no conflict")),
      Action(
        .sendNow, name: "send", keys: [Key("r")], title: "Try to send now", hint: "send now",
        availability: context.queue.isEmpty ? nothing : .enabled),
      Action(
        .discard, name: "discard", keys: [Key("D")], title: "Drop this change", hint: "drop",
        availability: current == nil ? nothing : .enabled),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .open: return current(context).map { [.perform(.theirs($0))] } ?? []
    case .sendNow: return [.perform(.sendQueue)]
    case .discard:
      guard let change = current(context) else { return [] }
      let dialog = Dialog(
        title: "Drop this change?", message: "\(change.title). It will not be sent, and cannot be brought back.",
        confirmTitle: "Drop it", cancelTitle: "Keep it")
      return [.ask(dialog, then: [.perform(.discard(change.id))])]
    default: return []
    }
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    switch list.handle(key) {
    case .moved: []
    case .activated: perform(.open, context)
    case .marked, .ignored: nil
    }
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    if case .queue(let queue) = message { list.count = queue.count }
    return []
  }

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    list.setHeight(area.height - 2)
    return []
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    var rest = area
    let head = rest.takeTop(1)
    if context.queue.isEmpty {
      return StateText.draw(
        "Everything has gone out.", hint: "Changes made while the server is away wait here.", in: rest, on: &canvas)
    }
    let words = Words.count(context.queue.count, "change waits", "changes wait")
    canvas.put(
      [Span(words, .title), Span(" · sent in this order", .muted)], x: head.x, y: head.y, columnsMax: head.width)
    let table = TableView(
      columns: [
        TableColumn("Change", min: 24, weight: 3, importance: 9), TableColumn("State", min: 12, importance: 8),
        TableColumn("Why", min: 12, weight: 2, importance: 1), TableColumn("Made", min: 10, importance: 2),
      ]
    ) { index in
      let change = context.queue[index]
      let made = Span(Words.age(context.now - change.madeAt), .muted)
      switch change.state {
      case .queued: return [Span(change.title), Span("queued", .warn), Span("waits for the server", .muted), made]
      case .conflict:
        return [Span(change.title), Span("! decide", .bad), Span("somebody changed it first", .muted), made]
      case .refused(let why): return [Span(change.title), Span("✗ refused", .bad), Span(why, .muted), made]
      }
    }
    table.draw(list, in: rest, on: &canvas)
  }
}
