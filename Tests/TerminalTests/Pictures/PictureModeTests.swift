// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Terminal

@Suite struct PictureModeTests {
  private static let cell = Size(columns: 9, rows: 18)

  private static func abilities(_ answers: [TerminalAnswer]) -> TerminalAbilities {
    var abilities = TerminalAbilities()
    for answer in answers { _ = abilities.note(answer) }
    return abilities
  }

  /// What a terminal answers, whether its window has a size in pixels, and how it is then shown pictures.
  @Test(
    arguments: [
      ([], true, PictureMode.symbols),
      ([.attributes([62, 22])], true, .symbols),
      ([.attributes([62, 4])], true, PictureMode(.sixel, cell: cell)),
      ([.attributes([62, 4])], false, .symbols),
      (
        [.cell(Size(columns: 7, rows: 15)), .attributes([62, 4])], true,
        PictureMode(.sixel, cell: Size(columns: 7, rows: 15))
      ),
      // 4 as the first number is the kind of terminal, not an ability.
      ([.attributes([4, 6])], true, .symbols),
      ([.kittyGraphics(isOK: true), .attributes([62])], false, PictureMode(.kitty)),
      ([.kittyGraphics(isOK: false), .attributes([62])], true, .symbols),
      ([.version("WezTerm 20230712"), .attributes([65, 4])], true, PictureMode(.inline, cell: cell)),
      ([.version("iTerm2 3.5.2"), .attributes([64])], false, PictureMode(.inline)),
      ([.version("XTerm(379)"), .attributes([64])], true, .symbols),
      // Behind tmux, what kitty can do counts only as far as it gets through.
      ([.version("tmux 3.3a"), .attributes([1, 2])], true, .symbols),
      ([.version("tmux 3.3a"), .attributes([1, 2]), .kittyGraphics(isOK: true)], true, .symbols),
      (
        [.version("tmux 3.3a"), .attributes([1, 2]), .kittyGraphics(isOK: true), .version("kitty(0.27.1)")], true,
        .symbols
      ),
      (
        [.version("tmux 3.3a"), .attributes([1, 2]), .kittyGraphics(isOK: true), .version("kitty(0.28.1)")], true,
        PictureMode(.kittyCells, cell: cell)
      ),
      (
        [.version("tmux 3.4"), .attributes([1, 2]), .version("ghostty 1.0.1"), .kittyGraphics(isOK: true)], false,
        PictureMode(.kittyCells)
      ),
      ([.version("tmux 3.4"), .attributes([1, 2]), .version("WezTerm 2024")], true, .symbols),
      ([.version("tmux 3.5"), .attributes([1, 2, 4])], true, PictureMode(.sixel, cell: cell)),
    ] as [([TerminalAnswer], Bool, PictureMode)])
  func `the terminal's answers decide how pictures are shown`(
    answers: [TerminalAnswer], hasWindow: Bool, wanted: PictureMode
  ) {
    #expect(
      PictureMode.decide(PictureModeTests.abilities(answers), window: hasWindow ? PictureModeTests.cell : nil) == wanted
    )
  }

  @Test func `without colours and pixels a picture is shaded in one ink`() {
    #expect(PictureMode.decide(TerminalAbilities(), window: nil, depth: .mono).method == .plainSymbols)
    let kitty = PictureModeTests.abilities([.kittyGraphics(isOK: true), .attributes([62])])
    #expect(PictureMode.decide(kitty, window: nil, depth: .mono).method == .kitty)
  }

  @Test func `tmux is asked for itself and for the terminal behind it, other multiplexers for themselves only`() {
    func questions(_ type: String, _ isInTmux: Bool) -> String {
      String(decoding: TerminalAbilities.questions(terminalType: type, isInTmux: isInTmux), as: UTF8.self)
    }
    #expect(questions("xterm-256color", false).contains("\u{1b}_Gi=31"))
    #expect(questions("tmux-256color", true).contains("\u{1b}Ptmux;\u{1b}\u{1b}_Gi=31"))
    #expect(!questions("screen-256color", false).contains("_G"))
    #expect(questions("linux", false).isEmpty)
  }

  @Test func `the size of a cell is read from the terminal's report`() {
    var decoder = KeyDecoder()
    #expect(decoder.feed(Array("\u{1b}[6;18;9t".utf8)) == [.answer(.cell(PictureModeTests.cell))])
    #expect(
      decoder.feed(Array("\u{1b}[6;0;9t\u{1b}[4;1;2t\u{1b}[6t".utf8)) == [
        .answer(.other), .answer(.other), .answer(.other),
      ])
  }
}
