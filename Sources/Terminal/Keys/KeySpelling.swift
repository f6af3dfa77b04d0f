// SPDX-License-Identifier: GPL-3.0-or-later

extension Key: CustomStringConvertible {
  /// The key as people write it in settings and read it in hints: `ctrl-p`, `shift-tab`, `f1`, `G`.
  public var description: String {
    var result = ""
    if modifiers.contains(.control) { result += "ctrl-" }
    if modifiers.contains(.alt) { result += "alt-" }
    if modifiers.contains(.shift), !isShiftInCharacter { result += "shift-" }
    return result + Key.name(of: code)
  }

  private var isShiftInCharacter: Bool {
    if case .character = code { return true }
    return false
  }

  private static let names: [(String, Code)] = [
    ("enter", .enter), ("tab", .tab), ("backspace", .backspace), ("delete", .delete), ("insert", .insert),
    ("esc", .escape), ("up", .up), ("down", .down), ("left", .left), ("right", .right), ("home", .home),
    ("end", .end), ("pageup", .pageUp), ("pagedown", .pageDown), ("space", .character(" ")),
  ]

  private static func name(of code: Code) -> String {
    if let known = names.first(where: { $0.1 == code }) { return known.0 }
    switch code {
    case .function(let number): return "f\(number)"
    case .character(let character): return String(character)
    default: return ""
    }
  }

  /// Reads a spelling. Nothing when it names no key, or one that terminals cannot send.
  public init?(spelling: String) {
    var rest = spelling[...]
    var modifiers: Modifiers = []
    let prefixes: [(String, Modifiers)] = [("ctrl-", .control), ("alt-", .alt), ("shift-", .shift)]
    while let (prefix, modifier) = prefixes.first(where: { rest.hasPrefix($0.0) && rest.count > $0.0.count }) {
      modifiers.insert(modifier)
      rest = rest.dropFirst(prefix.count)
    }
    guard let code = Key.code(named: String(rest)) else { return nil }
    if case .character(let character) = code {
      // A shifted letter is another letter, and control letters have no case on a terminal.
      if modifiers.contains(.shift) { return nil }
      if modifiers.contains(.control), character.isUppercase || !character.isASCII { return nil }
      if modifiers.contains(.control), "ihm[".contains(character) { return nil }
    }
    self.init(code, modifiers)
  }

  private static func code(named name: String) -> Code? {
    if let known = names.first(where: { $0.0 == name }) { return known.1 }
    if name.hasPrefix("f"), let number = Int(name.dropFirst()), (1...12).contains(number) { return .function(number) }
    guard name.count == 1, let character = name.first, character != " " else { return nil }
    return .character(character)
  }

  /// The short form for the hint line: arrows and the return sign where the terminal can show them.
  func hint(_ glyphs: Glyphs) -> String {
    if glyphs.isASCII { return description }
    switch self {
    case .enter: return "↵"
    case .up: return "↑"
    case .down: return "↓"
    case .left: return "←"
    case .right: return "→"
    default: return description
    }
  }
}
