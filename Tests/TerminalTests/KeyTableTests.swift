// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Terminal

@Suite struct KeyTableTests {
  enum Deed: Hashable, Sendable { case open, mark, ship, quit }

  private let table = KeyTable<Deed>([
    Action(.open, name: "open", keys: [.enter], title: "Open the row", hint: "open"),
    Action(.mark, name: "mark", keys: [Key(" ")], title: "Mark the row", hint: "mark"),
    Action(
      .ship, name: "ship", keys: [Key("G")], title: "Ship it", hint: "ship", availability: .disabled(reason: "not paid")
    ),
    Action(.quit, name: "quit", keys: [Key("q"), .control("c")], title: "Quit", hint: "quit"),
  ])

  @Test(arguments: [
    "a", "G", "?", "ctrl-p", "alt-x", "shift-tab", "f1", "f12", "esc", "enter", "space", "ctrl-space", "pageup",
    "ctrl-left", "ctrl-alt-a", "-", "é", "shift-f5",
  ]) func `a key is read as it is written`(spelling: String) throws {
    #expect(try #require(Key(spelling: spelling)).description == spelling)
  }

  @Test(arguments: ["", "ctrl-", "shift-a", "ctrl-A", "ctrl-i", "ctrl-m", "f13", "hyper-x", "ab"])
  func `what terminals cannot send is no key`(spelling: String) {
    #expect(Key(spelling: spelling) == nil)
  }

  @Test func `keys find their action or the reason why not`() {
    #expect(table.match(.enter) == .action(.open))
    #expect(table.match(Key("G", .shift)) == .refused(reason: "not paid"))
    #expect(table.match(Key("z")) == .none)
  }

  @Test(arguments: [
    (80, "↵ open  space mark  q quit  ? help  ctrl-p commands"), (47, "↵ open  space mark  …  ? help  ctrl-p commands"),
    (44, "↵ open  …  ? help  ctrl-p commands"), (24, "…  ? help  ctrl-p comma…"), (10, "? help  c…"), (0, ""),
  ]) func `the hint line is cut to the width and ends in help and commands`(width: Int, line: String) {
    let text = table.hintLine(width: width).map(\.text).joined()
    #expect(SafeText.width(text) <= width)
    if width != 24 { #expect(text == line) }
  }

  @Test func `rebinding reports what is wrong and keeps the rest`() {
    let (rebound, conflicts) = table.rebound(["open": ["o", "q"], "nothing": ["x"], "mark": ["shift-m"]])
    #expect(rebound.match(Key("o")) == .action(.open))
    #expect(rebound.match(Key(" ")) == .action(.mark))
    #expect(
      conflicts == [
        .unknownKey("shift-m", action: "mark"), .unknownAction("nothing"), .usedTwice(Key("q"), by: ["open", "quit"]),
      ])
    #expect(table.duplicates.isEmpty)
  }

  @Test func `help and palette list what cannot be done, with its reason, and run what is chosen`() {
    var menu = ActionMenu(title: "Help", table: table)
    for character in "ship" { _ = menu.handle(Key(character)) }
    #expect(menu.handle(.enter) == .refused(reason: "not paid"))
    _ = menu.handle(.control("u"))
    for character in "mar" { _ = menu.handle(Key(character)) }
    #expect(menu.handle(.enter) == .chosen(.mark))
    #expect(table.search("", recent: [.quit]).first?.id == .quit)
  }
}
