// SPDX-License-Identifier: GPL-3.0-or-later
import Terminal

/// Which of the keys of lists a screen takes.
enum Moves: Sendable {
  case none
  case list
  /// A list whose rows can be marked.
  case marks
}

/// The keys of lists as actions, so that help lists them and a person may have others. What does them is the key that
/// lists know.
struct Move {
  var id: ActionID
  var name: String
  var keys: [Key]
  var title: String
  var isMark = false

  /// What stands for the action whatever its keys are.
  var standard: Key { keys[0] }

  static let all = [
    Move(id: .moveUp, name: "up", keys: [.up, Key("k")], title: "Up"),
    Move(id: .moveDown, name: "down", keys: [.down, Key("j")], title: "Down"),
    Move(id: .pageUp, name: "page-up", keys: [.pageUp, .control("b")], title: "A page up"),
    Move(id: .pageDown, name: "page-down", keys: [.pageDown, .control("f")], title: "A page down"),
    Move(id: .halfUp, name: "half-up", keys: [.control("u")], title: "Half a page up"),
    Move(id: .halfDown, name: "half-down", keys: [.control("d")], title: "Half a page down"),
    Move(id: .first, name: "first", keys: [.home, Key("g")], title: "To the beginning"),
    Move(id: .last, name: "last", keys: [.end, Key("G")], title: "To the end"),
    Move(id: .mark, name: "mark", keys: [Key(" ")], title: "Mark this row", isMark: true),
    Move(
      id: .markRange, name: "range", keys: [Key("v")], title: "Mark from here to where the caret goes", isMark: true),
    Move(id: .markAll, name: "all", keys: [Key("a")], title: "Mark all, or none", isMark: true),
  ]
}

extension AppKeys {
  static func moves(_ moves: Moves) -> KeyTable<ActionID> {
    KeyTable(
      Move.all.filter { moves == .marks || moves == .list && !$0.isMark }.map {
        Action($0.id, name: $0.name, keys: $0.keys, title: $0.title, group: "Move")
      })
  }
}
