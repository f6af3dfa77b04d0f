// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Synchronization
import TestSupport
import Testing

@testable import Terminal
@testable import terminal_demo

/// The limit is against hanging: thousands of screens are drawn here, which takes minutes under a sanitizer on a busy machine.
@Suite(.timeLimit(.minutes(10)))
struct ProgramTests {
  @Test func `a newer effect of a key cancels the older, whose late answers are dropped`() async {
    let loop = EventLoop(name: "test")
    let seen = Mutex<[String]>([])
    let wasCancelled = Mutex(false)
    loop.execute {
      let runner = EffectRunner<String>(loop: loop) { message in
        seen.withLock { $0.append(message) }
        if message == "end" { loop.stop() }
      }
      runner.run(key: "search") { send in
        do { try await loop.sleep(for: .seconds(60)) } catch { wasCancelled.withLock { $0 = true } }
        send("late")
      }
      runner.run(key: "other") { send in send("other") }
      runner.run(key: "search") { send in
        send("new")
        do { try await loop.sleep(for: .milliseconds(20)) } catch { return }
        send("end")
      }
      #expect(runner.runningCount == 2)
    }
    await onThread { loop.run() }
    #expect(seen.withLock { $0 }.sorted() == ["end", "new", "other"])
    #expect(wasCancelled.withLock { $0 })
  }

  @Test func `a rehearsal shows what a program draws and wants done`() {
    var stage = Rehearsal(Gallery(), columns: 60, rows: 12)
    stage.press("j j space c y")
    #expect(stage.effects == [.count])
    #expect(stage.commands.contains(.copy("#1003")))
    #expect(stage.screen.contains("● #1002"))
    #expect(stage.screen.hasSuffix("? help  ctrl-p commands"))
  }

  @Test func `every page survives every size, every theme and any keys`() {
    let keys = ["]", "[", "j", "G", "space", "?", "esc", "ctrl-p", "enter", "D", "X", "tab", "x", "s", "u", "down"]
    for _ in 0..<150 {
      var stage = Rehearsal(Gallery(), columns: .random(in: 1...90), rows: .random(in: 1...30))
      if Int.random(in: 0..<4) == 0 { stage.glyphs = .ascii }
      for _ in 0..<12 {
        let key = keys.randomElement()!
        stage.press(key)
        let canvas = stage.canvas
        #expect(isWellFormed(canvas))
        if stage.glyphs.isASCII { #expect(stage.screen.unicodeScalars.allSatisfy { $0.isASCII }) }
        if let cursor = canvas.cursor { #expect(canvas.bounds.contains(cursor)) }
        if Int.random(in: 0..<5) == 0 { stage.resize(columns: .random(in: 1...90), rows: .random(in: 1...30)) }
      }
    }
  }

  @Test func `an unknown terminal type falls back to what it is like`() {
    #expect(CursesScreen.candidates(for: "xterm-kitty").first == "xterm-kitty")
    #expect(CursesScreen.candidates(for: "xterm-kitty").contains("xterm-256color"))
    #expect(CursesScreen.candidates(for: "dumb").isEmpty)
    #expect(CursesScreen.depth(.atMost(.eight), terminal: 256) == .eight)
    #expect(CursesScreen.depth(.atMost(.indexed), terminal: 8) == .eight)
  }
}
