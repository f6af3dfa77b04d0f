// SPDX-License-Identifier: GPL-3.0-or-later

/// Breaks text into lines of a width, between words where it can.
public enum Wrapping {
  /// Lines of at most so many columns. A word that is wider than a line is broken; line ends are kept.
  public static func lines(_ text: String, width: Int) -> [String] {
    lines([Span(text)], width: width).map { $0.map(\.text).joined() }
  }

  /// The same for text of several styles.
  public static func lines(_ spans: [Span], width: Int) -> [[Span]] {
    if width <= 0 { return [] }
    var builder = LineBuilder(width: width)
    for span in spans {
      var isFirst = true
      for part in span.text.split(separator: "\n", omittingEmptySubsequences: false) {
        if !isFirst { builder.endLine() }
        isFirst = false
        for word in words(of: part) { builder.add(word, span.style) }
      }
    }
    builder.endLine()
    return builder.lines
  }

  /// Words and the spaces between them, each a piece of its own.
  private static func words(of text: Substring) -> [String] {
    var result: [String] = []
    var current = ""
    var isSpace = false
    for character in text {
      let space = character == " " || character == "\t"
      if !current.isEmpty, space != isSpace {
        result.append(current)
        current = ""
      }
      isSpace = space
      current.append(space ? " " : character)
    }
    if !current.isEmpty { result.append(current) }
    return result
  }

  private struct LineBuilder {
    let width: Int
    var lines: [[Span]] = []
    var line: [Span] = []
    var used = 0

    init(width: Int) { self.width = width }

    mutating func add(_ word: String, _ style: Style) {
      let isSpace = word.first == " "
      let size = SafeText.width(word)
      if used + size <= width { return append(word, size, style) }
      // Spaces at a break are part of the break.
      if isSpace { return endLine() }
      if size <= width {
        endLine()
        return append(word, size, style)
      }
      breakWord(word, style)
    }

    private mutating func breakWord(_ word: String, _ style: Style) {
      var rest = Substring(word)
      while !rest.isEmpty {
        var piece = SafeText.prefix(String(rest), columns: width - used)
        if piece.isEmpty {
          if used > 0 {
            endLine()
            continue
          }
          // Wider than a whole line: it cannot be drawn, so it is left out.
          rest = rest.dropFirst()
          continue
        }
        // The prefix has lost what is never drawn; count off its scalars in the word.
        var taken = rest.startIndex
        var size = 0
        while taken < rest.endIndex {
          let step = SafeText.width(String(rest[taken]))
          if used + size + step > width { break }
          size += step
          taken = rest.index(after: taken)
        }
        if taken == rest.startIndex { taken = rest.index(after: taken) }
        piece = String(rest[..<taken])
        append(piece, size, style)
        rest = rest[taken...]
      }
    }

    private mutating func append(_ text: String, _ size: Int, _ style: Style) {
      if line.last?.style == style { line[line.count - 1].text += text } else { line.append(Span(text, style)) }
      used += size
    }

    mutating func endLine() {
      while let last = line.last, last.text.hasSuffix(" ") {
        line[line.count - 1].text.removeLast()
        if line[line.count - 1].text.isEmpty { line.removeLast() }
      }
      lines.append(line)
      line = []
      used = 0
    }
  }
}
