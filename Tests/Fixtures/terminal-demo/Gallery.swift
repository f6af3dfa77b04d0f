// SPDX-License-Identifier: GPL-3.0-or-later
import Terminal

/// Every widget of the kit on a few pages: what the eye tests look at.
struct Gallery: Program {
  enum Message: Sendable, Equatable {
    case progress(Int)
  }
  enum Effect: Sendable, Equatable {
    case count
  }
  enum Deed: Hashable, Sendable {
    case nextPage, quit, suspend, trap, count
  }

  var list = ListState(count: 200)
  var page = 0
  var percent = 0
  var size = Size(columns: 0, rows: 0)

  static let keys = KeyTable<Deed>([
    Action(.nextPage, name: "next-page", keys: [Key("]")], title: "Next page", hint: "page"),
    Action(.count, name: "count", keys: [Key("c")], title: "Count to a hundred", hint: "count"),
    Action(.suspend, name: "suspend", keys: [.control("z")], title: "Suspend"),
    Action(.trap, name: "trap", keys: [Key("!")], title: "Fall into a trap"),
    Action(.quit, name: "quit", keys: [Key("q"), .control("c")], title: "Quit", hint: "quit"),
  ])

  mutating func update(_ input: Input<Message>) -> [Command<Effect, Message>] {
    switch input {
    case .message(.progress(let percent)):
      self.percent = percent
    case .event(.resize(let size)):
      self.size = size
      list.setHeight(max(1, size.rows - 4))
    case .event(.key(let key)):
      return press(key)
    case .event: break
    }
    return []
  }

  private mutating func press(_ key: Key) -> [Command<Effect, Message>] {
    if case .action(let deed) = Gallery.keys.match(key) {
      switch deed {
      case .quit: return [.quit]
      case .suspend: return [.suspend]
      case .trap: preconditionFailure("asked for")
      case .count: return [.perform(.count)]
      case .nextPage: page = (page + 1) % 2
      }
      return []
    }
    _ = list.handle(key)
    return []
  }

  func draw(on canvas: inout Canvas) {
    var area = canvas.bounds
    canvas.put("souk kit", in: area.takeTop(1), .title)
    canvas.put(Gallery.keys.hintLine(width: area.width), x: 0, y: area.takeBottom(1).y)
    TableView(columns: [TableColumn("Number", min: 8), TableColumn("Words", min: 10, weight: 1)]) { index in
      [Span("#\(1000 + index)", .accent), Span("row \(index) — 漢字")]
    }.draw(list, in: area, on: &canvas)
  }
}
