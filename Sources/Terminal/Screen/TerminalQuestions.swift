// SPDX-License-Identifier: GPL-3.0-or-later

/// What is asked of a terminal at the start, and what it said. Nobody waits for the answers.
public struct TerminalAbilities: Sendable, Equatable {
  /// The terminal's name and version; behind a multiplexer that passes questions on, that of the terminal behind it.
  public var name: String?
  /// The multiplexer in front, if there is one.
  public var multiplexer: String?
  public var synchronizesOutput = false
  public var kittyKeyboard = false
  public var kittyGraphics = false
  public var sixel = false
  /// Pixels of a cell.
  public var cell: Size?
  /// Whether the last of the questions has been answered: nothing more is sure to come.
  public var hasAnswered = false
  /// Whether the background is dark, once the terminal has told its colour.
  public var isDark: Bool?

  public init() {}

  /// Notes an answer. Returns whether anything changed.
  public mutating func note(_ answer: TerminalAnswer) -> Bool {
    let before = self
    switch answer {
    case .attributes(let numbers):
      sixel = numbers.dropFirst().contains(4)
      hasAnswered = true
    case .version(let version):
      if version.hasPrefix("tmux ") { multiplexer = version } else { name = version }
    case .cell(let size): cell = size
    case .mode(2026, let state): synchronizesOutput = state == 1 || state == 2
    case .background(let red, let green, let blue):
      isDark = 299 * Int(red) + 587 * Int(green) + 114 * Int(blue) < 128_000
    case .kittyKeyboard: kittyKeyboard = true
    case .kittyGraphics(let isOK): kittyGraphics = isOK
    case .mode, .other: break
    }
    return self != before
  }

  /// Whether it shows pictures by characters that stand for their parts: kitty since 0.28, ghostty.
  var hasPlaceholders: Bool {
    guard let name else { return false }
    if name.hasPrefix("ghostty") { return true }
    guard name.hasPrefix("kitty(") else { return false }
    let parts = name.dropFirst(6).prefix { $0 != ")" }.split(separator: ".").map { Int($0) ?? 0 }
    return parts.count >= 2 && (parts[0] > 0 || parts[1] >= 28)
  }

  /// Whether it draws iTerm2's inline files.
  var takesInlineFiles: Bool {
    ["iTerm2 ", "WezTerm ", "mintty "].contains { name?.hasPrefix($0) ?? false }
  }

  /// The questions, ending with DA1, which every terminal answers. None for consoles that would print them.
  ///
  /// tmux answers them itself and says so; a second set goes past it to the terminal behind, which answers when
  /// `allow-passthrough` is on. A multiplexer that passes nothing on would print what it does not understand.
  static func questions(terminalType: String, isInTmux: Bool) -> [UInt8] {
    let silent = ["linux", "dumb", "vt", "ansi", "cons", "sun"]
    if silent.contains(where: terminalType.hasPrefix) { return [] }
    let isMultiplexed = terminalType.hasPrefix("screen") || terminalType.hasPrefix("tmux")
    var bytes = Array("\u{1b}[?2026$p\u{1b}[?u\u{1b}]11;?\u{1b}\\\u{1b}[>0q".utf8) + cellQuestion
    if isInTmux {
      bytes += Passthrough.wrapped(Array("\u{1b}[>0q".utf8)) + Passthrough.wrapped(KittyGraphics.question)
    } else if !isMultiplexed {
      bytes += KittyGraphics.question
    }
    return bytes + Array("\u{1b}[c".utf8)
  }

  /// How many pixels a cell has (XTWINOPS 16).
  static let cellQuestion = Array("\u{1b}[16t".utf8)
}
