// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Terminal

@Suite struct CanvasTests {
  @Test(arguments: [
    ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("☕", 2), ("🛒", 2), ("❤️", 1), ("👩‍🔬", 2), ("👍🏽", 2),
    ("🇫🇷", 2), ("…─", 2), ("a\u{202e}b", 2), ("\u{feff}x\u{200b}", 1), ("\u{1b}[31mred", 7), ("", 0),
    ("ｶﾅ", 2), ("한국", 4), ("العربية", 7),
  ]) func `the width of text is what every terminal gives it`(text: String, width: Int) {
    #expect(SafeText.width(text) == width)
    var canvas = Canvas(size: Size(columns: 20, rows: 1))
    #expect(canvas.put(text, x: 0, y: 0) == width)
    #expect(isWellFormed(canvas))
  }

  @Test func `the width of a scalar is the same for all who ask at once`() async {
    // Pages of scalars that nothing else here has met, so that several threads meet them at the same moment.
    let scalars = stride(from: 0x1000, to: 0xd000, by: 0x55).compactMap { Unicode.Scalar(UInt32($0)) }
    let answers = await withTaskGroup(of: [Int].self) { group in
      for _ in 0..<4 { group.addTask { scalars.map(SafeText.width(of:)) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(answers).count == 1)
  }

  @Test func `what could act on the terminal is taken out of text`() {
    let nasty = "a\u{1b}]52;c;eA==\u{7}b\u{9b}31m\u{202e}c\u{2066}d\u{e0041}e\u{7f}\nf\tg"
    #expect(SafeText.sanitised(nasty) == "a]52;c;eA==b31mcde f g")
    #expect(SafeText.sanitised("a\nb", keepsLineEnds: true) == "a\nb")
  }

  @Test func `text is cut by cells and keeps whole characters`() {
    #expect(SafeText.cut("漢字漢字", to: 5) == "漢字…")
    #expect(SafeText.cut("漢字漢字", to: 4) == "漢…")
    #expect(SafeText.cut("abc", to: 3) == "abc")
    #expect(SafeText.cut("abcd", to: 0) == "")
    #expect(SafeText.padded("ab", to: 5, alignment: .trailing) == "   ab")
    #expect(SafeText.padded("漢字漢", to: 5) == "漢字…")
  }

  @Test func `drawing over half a wide character blanks the other half`() {
    let text = screen(6, 1) { canvas in
      canvas.put("漢字漢", x: 0, y: 0)
      canvas.put("x", x: 1, y: 0)
      canvas.put("y", x: 4, y: 0)
    }
    #expect(text == " x字y")
  }

  @Test func `nothing is drawn outside the clip`() {
    let text = screen(8, 3) { canvas in
      canvas.fill(canvas.bounds, .text, with: ".")
      canvas.clipped(to: Rect(x: 2, y: 1, width: 4, height: 1)) { canvas in
        canvas.put("0123456789", x: 0, y: 1)
        canvas.put("漢字漢字", x: 5, y: 1)
        canvas.put("no", x: 2, y: 0)
        canvas.fill(Rect(x: -5, y: 2, width: 50, height: 50), .text, with: "!")
      }
    }
    #expect(text == "........\n..2345..\n........" || text == "........\n......\n........")
  }

  @Test func `panes fill the row and give way from the end`() {
    let whole = Rect(x: 0, y: 0, width: 40, height: 10)
    let panes = whole.columns([.fixed(10), .fill, .min(5)], gap: 1)
    #expect(panes.map(\.width) == [10, 11, 17])
    #expect(panes.map(\.x) == [0, 11, 23])
    #expect(Rect(x: 0, y: 0, width: 8, height: 1).columns([.fixed(5), .fixed(5), .fill]).map(\.width) == [5, 3, 0])
  }

  @Test func `panes never leave their whole`() {
    for _ in 0..<2000 {
      let whole = Rect(x: .random(in: 0...5), y: 0, width: .random(in: 0...60), height: .random(in: 0...9))
      let extents = (0..<Int.random(in: 0...6)).map { _ -> Extent in
        switch Int.random(in: 0...3) {
        case 0: .fixed(.random(in: 0...30))
        case 1: .min(.random(in: 0...20))
        case 2: .percent(.random(in: 0...100))
        default: .fill(.random(in: 0...3))
        }
      }
      let gap = Int.random(in: 0...2)
      var last = whole.x
      for pane in whole.columns(extents, gap: gap) {
        #expect(pane.x >= last && pane.right <= whole.right)
        last = pane.right
      }
    }
  }

  @Test func `random drawing leaves a proper grid`() {
    let pieces = ["漢字", "abc", "e\u{301}", "🛒", "\u{202e}", "x", "🇫🇷"]
    for _ in 0..<500 {
      var canvas = Canvas(size: Size(columns: .random(in: 1...12), rows: .random(in: 1...3)))
      for _ in 0..<20 {
        canvas.put(pieces.randomElement()!, x: .random(in: -3...12), y: .random(in: -1...3), .text)
        if Bool.random() { canvas.fill(Rect(x: .random(in: 0...9), y: 0, width: 3, height: 2), .text) }
      }
      #expect(isWellFormed(canvas))
    }
  }

  @Test(arguments: ["light", "dark", "high-contrast", "colour-blind"])
  func `every role can be read on every ground of a theme`(name: String) throws {
    let theme = try #require(Theme.named(name))
    for depth in [ColourDepth.indexed] {
      let palette = Palette(theme, depth: depth)
      for role in Role.allCases {
        for ground in Ground.allCases {
          let look = palette.resolve(Style(role, on: ground))
          let least = role == .border ? 3.0 : 4.5
          let contrast = try #require(
            Colour.ofPalette(Int(look.ink)).contrast(with: .ofPalette(Int(look.paper))))
          #expect(contrast >= least, "\(theme.name): \(role) on \(ground) is \(contrast)")
        }
      }
    }
  }

  @Test func `the default theme uses the terminal's own colours only`() {
    for ink in Theme.terminal.inks.values {
      if case .rgb = ink.colour { Issue.record("\(ink)") }
    }
    for paper in Theme.terminal.papers.values {
      if case .rgb = paper.colour { Issue.record("\(paper)") }
    }
  }

  @Test(arguments: Theme.all.map(\.name)) func `without colours emphasis tells the important things`(name: String)
    throws
  {
    let palette = Palette(try #require(Theme.named(name)), depth: .mono)
    #expect(palette.resolve(Style(.text, on: .selection)) == (-1, -1, Attributes.reverse.rawValue))
    #expect(palette.resolve(.bad).attributes & Attributes.bold.rawValue != 0)
    for role in Role.allCases {
      let look = palette.resolve(Style(role))
      #expect(look.ink == -1 && look.paper == -1)
    }
  }
}
