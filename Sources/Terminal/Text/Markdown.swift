// SPDX-License-Identifier: GPL-3.0-or-later

/// The small part of Markdown that people write in descriptions and messages: headings, lists, quotes, bold, italic
/// and code. Everything else is shown as it was typed.
public enum Markdown {
  /// The text as wrapped lines of a width.
  public static func lines(_ text: String, width: Int, glyphs: Glyphs = .unicode) -> [[Span]] {
    var result: [[Span]] = []
    var paragraph = ""
    func flush() {
      if !paragraph.isEmpty { result += Wrapping.lines(spans(of: paragraph), width: width) }
      paragraph = ""
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let trimmed = line.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
      if trimmed.allSatisfy(\.isWhitespace) {
        flush()
        if result.last?.isEmpty == false { result.append([]) }
      } else if let heading = heading(trimmed) {
        flush()
        result += Wrapping.lines([Span(heading, .heading)], width: width)
      } else if let (bullet, rest) = item(trimmed, glyphs) {
        flush()
        result += indented(spans(of: rest), behind: Span(bullet, .accent), width: width)
      } else if trimmed.hasPrefix(">") {
        flush()
        let quoted = String(trimmed.dropFirst().drop { $0 == " " })
        result += indented(
          [Span(quoted, .muted)], behind: Span("\(glyphs.vertical) ", .muted), width: width, repeats: true)
      } else {
        paragraph += (paragraph.isEmpty ? "" : " ") + trimmed
      }
    }
    flush()
    while result.last?.isEmpty == true { result.removeLast() }
    return result
  }

  private static func heading(_ line: Substring) -> String? {
    let marks = line.prefix { $0 == "#" }
    guard (1...6).contains(marks.count), line.dropFirst(marks.count).first == " " else { return nil }
    return String(line.dropFirst(marks.count).drop { $0 == " " })
  }

  private static func item(_ line: Substring, _ glyphs: Glyphs) -> (String, String)? {
    if let mark = line.first, "-*+".contains(mark), line.dropFirst().first == " " {
      return ("\(glyphs.bullet) ", String(line.dropFirst(2)))
    }
    let number = line.prefix { $0.isNumber && $0.isASCII }
    let rest = line.dropFirst(number.count)
    guard (1...3).contains(number.count), rest.hasPrefix(". ") else { return nil }
    return ("\(number). ", String(rest.dropFirst(2)))
  }

  private static func indented(_ spans: [Span], behind first: Span, width: Int, repeats: Bool = false) -> [[Span]] {
    let indent = SafeText.width(first.text)
    let next = repeats ? first : Span(String(repeating: " ", count: indent), .text)
    return Wrapping.lines(spans, width: max(1, width - indent)).enumerated().map { index, line in
      [index == 0 ? first : next] + line
    }
  }

  /// Bold, italic and code within a paragraph. A mark without its partner is text.
  static func spans(of text: String) -> [Span] {
    var result: [Span] = []
    var rest = text[...]
    var plain = ""
    let marks: [(String, Style)] = [
      ("**", Style(.text, .bold)), ("`", .accent), ("*", Style(.text, .italic)), ("_", Style(.text, .italic)),
    ]
    while let character = rest.first {
      let isInWord = plain.last.map { $0.isLetter || $0.isNumber } ?? false
      if let (mark, style) = marks.first(where: { rest.hasPrefix($0.0) }), !(mark == "_" && isInWord),
        let (inner, after) = enclosed(rest, by: mark)
      {
        if !plain.isEmpty { result.append(Span(plain)) }
        plain = ""
        result.append(Span(inner, style))
        rest = after
      } else {
        plain.append(character)
        rest = rest.dropFirst()
      }
    }
    if !plain.isEmpty { result.append(Span(plain)) }
    return result
  }

  private static func enclosed(_ text: Substring, by mark: String) -> (String, Substring)? {
    let body = text.dropFirst(mark.count)
    guard let first = body.first, first != " " else { return nil }
    var at = body.startIndex
    while at < body.endIndex {
      if at > body.startIndex, body[at...].hasPrefix(mark) {
        return (String(body[..<at]), body[at...].dropFirst(mark.count))
      }
      at = body.index(after: at)
    }
    return nil
  }
}
