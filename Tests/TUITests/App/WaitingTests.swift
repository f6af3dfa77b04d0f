// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// The sign that something is waited for.
@Suite struct WaitingTests {
  private func turns(_ app: Rehearsal<App>) -> [Duration] {
    app.commands.compactMap { if case .after(let pause, "turn", _) = $0 { pause } else { nil } }
  }

  private func app(isStill: Bool = false) -> Rehearsal<App> {
    var settings = Settings()
    settings.isStill = isStill
    return Rehearsal(
      App(server: "http://souk.test", session: nil, queue: [], settings: settings), columns: 80, rows: 24)
  }

  @Test func `waiting is told in words at first and turns from 300 ms on, until there is something`() {
    var app = app()
    #expect(turns(app) == [.milliseconds(300)])
    #expect(app.screen.contains("  loading…"))
    app.send(.due("turn"))
    app.send(.due("turn"))
    #expect(turns(app) == [.milliseconds(300), .milliseconds(120), .milliseconds(120)])
    #expect(app.screen.contains("◓ loading…"))
    _ = app.takeCommands()
    app.showProducts()
    #expect(app.commands.contains(.cancel(key: "turn")))
    #expect(turns(app).isEmpty)
  }

  @Test func `with reduced motion nothing turns and the seconds are told`() {
    var app = app(isStill: true)
    for _ in 0..<4 { app.send(.due("turn")) }
    #expect(turns(app) == [.milliseconds(300)] + Array(repeating: .seconds(1), count: 4))
    #expect(app.screen.contains("loading… 3 s"))
    for sign in Glyphs.unicode.spinner { #expect(!app.screen.contains("\(sign) loading")) }
  }

  @Test func `nothing is scheduled while nothing is waited for`() {
    var app = app()
    app.showProducts()
    _ = app.takeCommands()
    app.press("j k")
    #expect(turns(app).isEmpty)
  }
}
