// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal
import Testing

@testable import souk

/// The picture beside the list.
@Suite struct BrowsePictureTests {
  private func wishes(_ app: Rehearsal<App>) -> [PictureWish] {
    app.effects.compactMap { if case .picture(let wish) = $0 { wish } else { nil } }
  }

  private func shown() -> Rehearsal<App> {
    var app = app(120, 40)
    app.showProducts(.live, Samples.picturedCards)
    return app
  }

  private func picture(_ wish: PictureWish, red: UInt8 = 255) throws -> Picture {
    let pixels = try #require(
      Pixels(width: 4, height: 3, rgba: (0..<48).map { $0 % 4 == 0 ? red : $0 % 4 == 3 ? 255 : 0 }))
    return Picture(pixels, fitting: wish.room, mode: wish.mode)
  }

  @Test func `the picture follows the caret when it rests, not while it moves`() throws {
    var app = shown()
    let first = try #require(wishes(app).last)
    #expect(first.photo == Samples.picturedCards[0].photo?.id)
    app.send(.picture(first, try picture(first)))
    _ = app.takeCommands()
    app.press("j j")
    #expect(wishes(app).isEmpty)
    // A newer key replaces the timer of the older one.
    let rest = Command<Effect, Message>.after(.milliseconds(120), key: "browse-rest", .due("browse-rest"))
    #expect(app.takeCommands() == [rest, rest])
    app.send(.due("browse-rest"))
    #expect(wishes(app).map(\.photo) == [Samples.picturedCards[2].photo?.id])
  }

  @Test func `the earlier picture stays while the new one is made, but not for long`() throws {
    var app = shown()
    let first = try #require(wishes(app).last)
    app.send(.picture(first, try picture(first)))
    let before = app.canvas
    app.press("j")
    app.send(.due("browse-rest"))
    let box = Rect(x: 82, y: 5, width: 36, height: 10)
    for y in box.y..<box.bottom { for x in box.x..<box.right { #expect(app.canvas[x, y] == before[x, y]) } }
    app.send(.due("browse-late"))
    #expect(app.screen.contains("picture…"))
    let second = try #require(wishes(app).last)
    app.send(.picture(second, nil))
    #expect(app.screen.contains("no picture"))
  }

  @Test func `a terminal that draws pixels gets them in a box that is kept free`() throws {
    var app = shown()
    app.take(.event(.pictures(PictureMode(.kitty, cell: Size(columns: 10, rows: 20)))))
    let wish = try #require(wishes(app).last)
    #expect(wish.mode.method == .kitty)
    app.send(.picture(wish, try picture(wish)))
    let rows = app.screen.split(separator: "\n").filter { $0.hasSuffix("│ " + String(repeating: "░", count: 39)) }
    #expect(rows.count == 14)
    app.press("?")
    #expect(!app.screen.contains("░"))
    app.press("esc")
    #expect(app.screen.contains("░"))
  }

  @Test func `without pictures none is asked for`() {
    var settings = Settings()
    settings.images = .off
    let program = App(server: "http://souk.test", session: nil, queue: [], settings: settings)
    var app = Rehearsal(program, columns: 120, rows: 40)
    app.showProducts(.live, Samples.picturedCards)
    app.press("enter")
    #expect(wishes(app).isEmpty)
    #expect(!app.screen.contains("picture…"))
  }
}
