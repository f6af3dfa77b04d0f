// SPDX-License-Identifier: GPL-3.0-or-later

extension KeyTable {
  /// The line at the foot of a screen: what the keys do here, most important first, cut to the width, and always
  /// ending in the way to help and commands.
  public func hintLine(width: Int, glyphs: Glyphs = .unicode) -> [Span] {
    let tail = HintLine.tail(self)
    let tailWidth = HintLine.width(tail)
    if width < tailWidth { return HintLine.cut(tail, to: width, glyphs) }
    let hints = actions.compactMap { action -> [Span]? in
      guard action.availability == .enabled, let word = action.hint, let key = action.keys.first else { return nil }
      return [Span(key.hint(glyphs), .key), Span(" \(word)", .muted)]
    }
    var result: [Span] = []
    var used = 0
    for (index, hint) in hints.enumerated() {
      let size = HintLine.width(hint) + 2
      let isLast = index == hints.count - 1
      let reserve = tailWidth + (isLast ? 0 : SafeText.width(glyphs.ellipsis) + 2)
      if used + size + reserve > width {
        let sign = Span(glyphs.ellipsis + "  ", .muted)
        if used + SafeText.width(sign.text) + tailWidth <= width { result.append(sign) }
        break
      }
      result += hint + [Span("  ", .muted)]
      used += size
    }
    return result + tail
  }
}

/// The pieces of the hint line.
enum HintLine {
  /// The ways to everything: the actions that are named `help` and `palette`, by the keys that they have or that
  /// everybody gives them.
  static func tail<ID>(_ table: KeyTable<ID>) -> [Span] {
    let ways = [("help", "help", Key("?")), ("palette", "commands", .control("p"))].compactMap {
      name, word, standard -> [Span]? in
      let keys = table.actions.first { $0.name == name }?.keys ?? [standard]
      guard let key = keys.first else { return nil }
      return [Span(key.description, .key), Span(" \(word)", .muted)]
    }
    return Array(ways.joined(separator: [Span("  ", .muted)]))
  }

  static func width(_ spans: [Span]) -> Int { spans.reduce(0) { $0 + SafeText.width($1.text) } }

  static func cut(_ spans: [Span], to width: Int, _ glyphs: Glyphs) -> [Span] {
    var left = width
    return spans.compactMap { span in
      let text = SafeText.cut(span.text, to: left, ellipsis: glyphs.ellipsis)
      left -= SafeText.width(text)
      return text.isEmpty ? nil : Span(text, span.style)
    }
  }
}
