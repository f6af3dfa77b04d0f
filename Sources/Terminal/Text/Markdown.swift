// SPDX-License-Identifier: GPL-3.0-or-later
import RichText

/// Markdown as lines of a terminal.
public enum Markdown {
  /// The text as wrapped lines of a width.
  public static func lines(_ text: String, width: Int, glyphs: Glyphs = .unicode) -> [[Span]] {
    var result: [[Span]] = []
    for block in MarkdownText(text).blocks {
      if block.isApart { result.append([]) }
      result += lines(block, width: width, glyphs)
    }
    return result
  }

  private static func lines(_ block: MarkdownText.Block, width: Int, _ glyphs: Glyphs) -> [[Span]] {
    switch block.kind {
    case .paragraph: return Wrapping.lines(spans(block), width: width)
    case .heading: return Wrapping.lines(block.spans.map { Span($0.text, .heading) }, width: width)
    case .item(let number):
      let bullet = number.map { "\($0). " } ?? "\(glyphs.bullet) "
      return indented(spans(block), behind: Span(bullet, .accent), width: width)
    case .quote:
      return indented(
        block.spans.map { Span($0.text, .muted) }, behind: Span("\(glyphs.vertical) ", .muted), width: width,
        repeats: true)
    }
  }

  private static func spans(_ block: MarkdownText.Block) -> [Span] {
    block.spans.map { span in
      switch span.style {
      case .plain: Span(span.text)
      case .bold: Span(span.text, Style(.text, .bold))
      case .italic: Span(span.text, Style(.text, .italic))
      case .code: Span(span.text, .accent)
      }
    }
  }

  private static func indented(_ spans: [Span], behind first: Span, width: Int, repeats: Bool = false) -> [[Span]] {
    let indent = SafeText.width(first.text)
    let next = repeats ? first : Span(String(repeating: " ", count: indent), .text)
    return Wrapping.lines(spans, width: max(1, width - indent)).enumerated().map { index, line in
      [index == 0 ? first : next] + line
    }
  }
}
