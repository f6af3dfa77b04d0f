// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Terminal

@Suite struct WidgetTests {
  @Test func `a progress bar shows eighths, count, rate and time left`() {
    #expect(
      screen(60, 1) {
        ProgressBar(done: 1240, total: 5000, elapsed: .seconds(4), unit: "rows").draw(in: $0.bounds, on: &$0)
      } == "████▋──────────────  1 240 of 5 000 rows · 310/s · 13 s left")
  }

  @Test func `a sparkline always has its figures`() {
    #expect(
      screen(30, 1) { Chart([0, 1, 2, 3, 4, 5, 6, 7, 8]).drawSparkline(in: $0.bounds, on: &$0) } == " ▁▂▃▄▅▆▇█  8  0–8")
  }

  @Test func `a chart has an axis with the highest and the lowest value`() {
    #expect(
      screen(16, 4) { Chart([1, 2, 4], firstLabel: "a", lastLabel: "z").draw(in: $0.bounds, on: &$0) } == """
         4│         ████
          │     ▄▄▄▄████
         0│▆▆▆▆▆████████
           a           z
        """)
    let braille = screen(20, 4) { Chart([0, 5, 2], ink: .braille).draw(in: $0.bounds, on: &$0) }
    #expect(braille.unicodeScalars.contains { (0x2801...0x28ff).contains($0.value) })
  }

  @Test func `a dialog stands on Cancel and asks for the word when it is grave`() {
    var dialog = Dialog(title: "Refund", message: "Refund 3 rows?", confirmTitle: "Refund 3")
    #expect(
      screen(40, 7) { dialog.draw(in: $0.bounds, on: &$0) } == """
           ┌─ Refund ───────────────────────┐
           │                                │
           │ Refund 3 rows?                 │
           │                                │
           │         Refund 3    [ Cancel ] │
           └────────────────────────────────┘
        \("")
        """)
    #expect(dialog.handle(.enter) == .cancelled)
    #expect(dialog.handle(.tab) == .pending)
    #expect(dialog.handle(.enter) == .confirmed)
    var grave = Dialog(title: "Close", message: "For good?", confirmTitle: "Close", confirmation: "close")
    #expect(grave.handle(.enter) == .cancelled)
    #expect(grave.handle(Key("y")) == .pending)
    _ = grave.handle(.tab)
    #expect(grave.handle(.enter) == .pending, "not before the word is there")
    _ = grave.handle(.tab)
    _ = grave.handle(.backspace)
    for character in "close" { _ = grave.handle(Key(character)) }
    _ = grave.handle(.tab)
    #expect(grave.handle(.enter) == .confirmed)
  }

  @Test func `toasts carry undo and errors stay`() {
    var toasts = Toasts()
    #expect(toasts.show(.info, "Copied.").duration == .seconds(3))
    #expect(toasts.show(.error, "No network.").duration == nil)
    #expect(toasts.show(.ok, "Removed", undo: "7").duration == .seconds(10))
    #expect(toasts.takeUndo() == "7")
    let dismissals = [toasts.dismissError(), toasts.dismissError()]
    #expect(dismissals == [true, false])
    #expect(screen(20, 2) { toasts.draw(in: $0.bounds, on: &$0) } == "\n          ● Copied.")
    #expect(toasts.log.count == 3)
  }

  @Test func `text is wrapped between words and keeps its marks`() {
    #expect(Wrapping.lines("the quick brown fox", width: 10) == ["the quick", "brown fox"])
    #expect(Wrapping.lines("漢字漢字漢 x", width: 5) == ["漢字", "漢字", "漢 x"])
    #expect(Wrapping.lines("a\n\nb", width: 5) == ["a", "", "b"])
    let spans = Markdown.lines("a **b** `c` snake_case 2*3", width: 80).flatMap { $0 }
    #expect(spans.map(\.text).joined() == "a b c snake_case 2*3")
    #expect(spans.first { $0.text == "b" }?.style == Style(.text, .bold))
    #expect(
      Markdown.lines("# T\n- one two\n> q", width: 7).map { $0.map(\.text).joined() } == ["T", "• one", "  two", "│ q"])
  }

  @Test func `wrapped lines never pass their width and lose no letters`() {
    let words = ["a", "word", "漢字", "🛒🛒", "extraordinarily", " ", "  ", "\n", "e\u{301}"]
    for _ in 0..<1000 {
      let text = (0..<Int.random(in: 0...12)).map { _ in words.randomElement()! }.joined(
        separator: Bool.random() ? " " : "")
      let width = Int.random(in: 2...20)
      let lines = Wrapping.lines(text, width: width)
      #expect(lines.allSatisfy { SafeText.width($0) <= width })
      #expect(lines.joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
    }
  }

  @Test func `a timeline, pairs, chips and a breadcrumb tell where things are`() {
    #expect(
      screen(30, 3) {
        Timeline([Timeline.Step("Placed", .done, time: "Mon"), Timeline.Step("Sent", .current, note: "DHL 1")])
          .draw(in: $0.bounds, on: &$0)
      } == "✓ Placed                   Mon\n● Sent\n  DHL 1")
    #expect(
      screen(20, 2) { KeyValuePane([("To", [Span("a long address here")])]).draw(in: $0.bounds, on: &$0) }
        == "To  a long address\n    here")
    #expect(
      screen(16, 1) { Chips([Chips.Chip("one"), Chips.Chip("two"), Chips.Chip("three")]).draw(in: $0.bounds, on: &$0) }
        == "[one] [two] +1")
    #expect(screen(30, 1) { Breadcrumb(["a", "b", "c"], current: 1).draw(in: $0.bounds, on: &$0) } == "✓ a › b › c")
    #expect(screen(8, 1) { Breadcrumb(["first", "second"], current: 1).draw(in: $0.bounds, on: &$0) } == "2/2 sec…")
  }

  @Test func `a code is dark on light with a quiet zone, whatever the theme`() throws {
    let code = try #require(QRCode("https://example.org/pay/8F3KQ2"))
    var canvas = Canvas(size: code.size)
    code.draw(in: canvas.bounds, on: &canvas)
    #expect(TextScreen.rows(of: canvas).first == "")
    #expect(code.isDark(0, 0) && code.isDark(code.side - 1, 0) && !code.isDark(code.side - 1, code.side - 1 - 7 - 100))
    for theme in Theme.all {
      let look = Palette(theme, depth: .indexed).resolve(canvas[3, 3].style)
      #expect(look.ink == 16 && look.paper == 231)
    }
    #expect(QRCode(String(repeating: "x", count: 5000)) == nil)
  }

  @Test func `of a code the sturdiest form that fits is taken, or none`() throws {
    let text = String(repeating: "x", count: 100)
    let (sturdy, slight) = (try #require(QRCode(text)), try #require(QRCode(text, isSturdy: false)))
    #expect(sturdy.side > slight.side)
    #expect(QRCode(text, fitting: sturdy.size) == sturdy)
    #expect(QRCode(text, fitting: slight.size) == slight)
    #expect(QRCode(text, fitting: Size(columns: slight.size.columns, rows: slight.size.rows - 1)) == nil)
    // In plain text the light modules are drawn, for terminals that are light on dark.
    let lines = slight.text.split(separator: "\n")
    #expect(lines.count == slight.size.rows && lines[0].allSatisfy { $0 == "█" })
  }

  @Test func `a picture keeps its shape and its colours`() throws {
    var bytes: [UInt8] = []
    for y in 0..<40 { for _ in 0..<40 { bytes += y < 20 ? [255, 0, 0, 255] : [0, 0, 255, 255] } }
    let pixels = try #require(Pixels(width: 40, height: 40, rgba: bytes))
    let picture = Picture(pixels, fitting: Size(columns: 30, rows: 8))
    #expect(picture.size == Size(columns: 16, rows: 8))
    let top = try #require(picture.symbols.first)
    #expect(top.ink == 196 || top.paper == 196)
    let bottom = try #require(picture.symbols.last)
    #expect(bottom.ink == 21 || bottom.paper == 21)
    #expect(Pixels(png: Array("not a picture".utf8)) == nil)
  }

  @Test func `a PNG is decoded with its transparency, and a damaged one is nothing`() throws {
    // Two pixels: opaque red, half-transparent blue.
    let png: [UInt8] = [
      0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00,
      0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0xf4, 0x22, 0x7f, 0x8a, 0x00,
      0x00, 0x00, 0x0e, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0xf8, 0xcf, 0xc0, 0x00, 0x42, 0x0d, 0x00,
      0x0f, 0x7a, 0x03, 0x7e, 0x6a, 0x81, 0x31, 0xe1, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae,
      0x42, 0x60, 0x82,
    ]
    let pixels = try #require(Pixels(png: png))
    #expect((pixels.width, pixels.height) == (2, 1))
    #expect(pixels.rgba == [255, 0, 0, 255, 0, 0, 255, 128])
    for length in 0..<png.count - 12 { #expect(Pixels(png: Array(png[..<length])) == nil) }
  }

  @Test func `the clipboard gets exactly the text, and too much is refused`() {
    #expect(Clipboard.sequence(for: "héllo") == Array("\u{1b}]52;c;aMOpbGxv\u{7}".utf8))
    #expect(Base64.encode(Array("ab".utf8)) == Array("YWI=".utf8))
    #expect(Clipboard.sequence(for: String(repeating: "x", count: 80_000)) == nil)
  }

  @Test func `an outline says only what is new`() {
    var reader = OutlineReader()
    let first = [OutlineLine("Orders"), OutlineLine("1042 placed", choice: "1")]
    #expect(reader.changes(to: first).map(\.printed) == ["Orders", "1) 1042 placed"])
    #expect(reader.changes(to: first).isEmpty)
    #expect(
      reader.changes(to: [first[0], OutlineLine("1042 \u{1b}sent", choice: "1")]).map(\.printed) == ["1) 1042 sent"])
  }
}
