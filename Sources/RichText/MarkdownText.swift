// SPDX-License-Identifier: GPL-3.0-or-later

/// The small part of Markdown that people write in descriptions and messages: headings, lists, quotes, bold, italic and
/// code. Everything else is text as it was typed, HTML and links too.
public struct MarkdownText: Sendable, Equatable {
  public struct Block: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
      case paragraph
      case heading
      case quote
      /// Of a list; numbered as it was typed, or not at all.
      case item(number: String?)
    }

    public var kind: Kind
    public var spans: [Span]
    /// Whether a blank line stands before it.
    public var isApart: Bool

    public init(_ kind: Kind, _ spans: [Span], isApart: Bool = false) {
      self.kind = kind
      self.spans = spans
      self.isApart = isApart
    }
  }

  public struct Span: Sendable, Equatable {
    public enum Style: Sendable, Equatable { case plain, bold, italic, code }
    public var text: String
    public var style: Style

    public init(_ text: String, _ style: Style = .plain) {
      self.text = text
      self.style = style
    }
  }

  public private(set) var blocks: [Block] = []

  public init(_ text: String) {
    var paragraph = ""
    var isApart = false
    func add(_ kind: Block.Kind, _ spans: [Span]) {
      blocks.append(Block(kind, spans, isApart: isApart && !blocks.isEmpty))
      isApart = false
    }
    func flush() {
      if !paragraph.isEmpty { add(.paragraph, MarkdownText.spans(of: paragraph)) }
      paragraph = ""
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let trimmed = line.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
      if trimmed.allSatisfy(\.isWhitespace) {
        flush()
        isApart = true
      } else if let heading = MarkdownText.heading(trimmed) {
        flush()
        add(.heading, [Span(heading)])
      } else if let (number, rest) = MarkdownText.item(trimmed) {
        flush()
        add(.item(number: number), MarkdownText.spans(of: rest))
      } else if trimmed.hasPrefix(">") {
        flush()
        add(.quote, [Span(String(trimmed.dropFirst().drop { $0 == " " }))])
      } else {
        paragraph += (paragraph.isEmpty ? "" : " ") + trimmed
      }
    }
    flush()
  }

  /// The text without its marks, for where only words can stand.
  public var plain: String { blocks.map { $0.spans.map(\.text).joined() }.joined(separator: " ") }

  /// Bold, italic and code within a paragraph. A mark without its partner is text.
  public static func spans(of text: String) -> [Span] {
    var result: [Span] = []
    var rest = text[...]
    var plain = ""
    let marks: [(String, Span.Style)] = [("**", .bold), ("`", .code), ("*", .italic), ("_", .italic)]
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

  private static func heading(_ line: Substring) -> String? {
    let marks = line.prefix { $0 == "#" }
    guard (1...6).contains(marks.count), line.dropFirst(marks.count).first == " " else { return nil }
    return String(line.dropFirst(marks.count).drop { $0 == " " })
  }

  private static func item(_ line: Substring) -> (String?, String)? {
    if let mark = line.first, "-*+".contains(mark), line.dropFirst().first == " " {
      return (nil, String(line.dropFirst(2)))
    }
    let number = line.prefix { $0.isNumber && $0.isASCII }
    let rest = line.dropFirst(number.count)
    guard (1...3).contains(number.count), rest.hasPrefix(". ") else { return nil }
    return (String(number), String(rest.dropFirst(2)))
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
