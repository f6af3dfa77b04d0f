// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// A person's own keys.
@Suite struct OwnKeysTests {
  private func app(_ lines: String, session: Session? = Samples.session) -> Rehearsal<App> {
    let (settings, _) = SettingsReader.read(lines, path: "f")
    var app = Rehearsal(
      App(server: "http://souk.test", session: session, queue: [], settings: settings), columns: 80, rows: 24)
    app.send(.clock(Samples.now))
    app.showProducts()
    return app
  }

  @Test func `the keys of the house are in nobody's way`() {
    #expect(KeyCatalog.conflicts([:]).isEmpty)
    for place in KeyCatalog.places {
      for table in place.tables { #expect(table.duplicates.isEmpty, "in \(place.name)") }
    }
  }

  @Test func `an own key does it, the one that was given up does not, and both help and hints say so`() {
    var app = app("key.open = o\nkey.down = n\nkey.help = f2\nkey.palette = ctrl-o", session: nil)
    #expect(app.screen.hasSuffix("o open  / search  s sort  tab categories  w wish  f2 help  ctrl-o commands"))
    app.press("j down enter ?")
    #expect(app.screen.contains("▸  Wave bracelet"))
    app.press("n o")
    #expect(app.screen.contains("› Harbour ring"))
    app.press("esc f2")
    #expect(app.screen.contains("▸ Open the product                                               o"))
  }

  @Test func `an own key is taken from the action that had it`() {
    var app = app("key.create = e")
    app.showStock()
    app.press("e")
    #expect(app.screen.contains("New product"))
  }

  @Test func `forms and cells take own keys that are no text`() {
    var app = app("key.save = f10\nkey.leave = f9")
    app.showStock()
    app.press("enter")
    app.type("!")
    app.press("ctrl-s")
    #expect(!app.effects.contains { if case .submit = $0 { true } else { false } })
    app.press("f10")
    #expect(app.effects.contains { if case .submit = $0 { true } else { false } })
    app.press("f9")
    #expect(app.screen.contains("4 products"))
  }

  @Test func `what is wrong in the file is told once and kept among the notices`() {
    let (settings, faults) = SettingsReader.read("key.open = ctrl-i\nthem = dark", path: "souk.conf")
    var app = Rehearsal(
      App(server: "http://souk.test", session: nil, queue: [], settings: settings, faults: faults), columns: 80,
      rows: 24)
    #expect(app.screen.contains("2 lines of your settings are wrong: souk config check"))
    app.press("ctrl-p")
    app.type("notices")
    app.press("enter")
    #expect(app.screen.contains("souk.conf:1: ctrl-i is no key that a terminal can send"))
    #expect(app.screen.contains("souk.conf:2: there is no setting them; did you mean theme?"))
  }
}
