// SPDX-License-Identifier: GPL-3.0-or-later

/// What is asked of a terminal at the start, and what it said. Nobody waits for the answers.
public struct TerminalAbilities: Sendable, Equatable {
  public var name: String?
  public var synchronizesOutput = false
  public var kittyKeyboard = false
  public var kittyGraphics = false
  public var sixel = false
  /// Whether the background is dark, once the terminal has told its colour.
  public var isDark: Bool?

  public init() {}

  /// Notes an answer. Returns whether anything changed.
  public mutating func note(_ answer: TerminalAnswer) -> Bool {
    let before = self
    switch answer {
    case .attributes(let numbers): sixel = numbers.dropFirst().contains(4)
    case .version(let version): name = version
    case .mode(2026, let state): synchronizesOutput = state == 1 || state == 2
    case .background(let red, let green, let blue):
      isDark = 299 * Int(red) + 587 * Int(green) + 114 * Int(blue) < 128_000
    case .kittyKeyboard: kittyKeyboard = true
    case .kittyGraphics(let isOK): kittyGraphics = isOK
    case .mode, .other: break
    }
    return self != before
  }

  /// The questions, ending with DA1, which every terminal answers. None for consoles that would print them.
  static func questions(terminalType: String) -> [UInt8] {
    let silent = ["linux", "dumb", "vt", "ansi", "cons", "sun"]
    if silent.contains(where: terminalType.hasPrefix) { return [] }
    // Kitty graphics: a query for a one-pixel picture that is not kept.
    let graphics = "\u{1b}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1b}\\"
    let isMultiplexed = terminalType.hasPrefix("screen") || terminalType.hasPrefix("tmux")
    let text = "\u{1b}[?2026$p\u{1b}[?u\u{1b}]11;?\u{1b}\\\u{1b}[>0q\(isMultiplexed ? "" : graphics)\u{1b}[c"
    return Array(text.utf8)
  }
}
