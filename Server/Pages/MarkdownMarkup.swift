// SPDX-License-Identifier: GPL-3.0-or-later
import RichText

extension Markup {
  /// Markdown as HTML. What looks like HTML in it is text.
  static func markdown(_ text: String) -> Markup {
    var html: Markup = ""
    var list: MarkdownList?
    for block in MarkdownText(text).blocks {
      let wanted = MarkdownList(block.kind)
      if let open = list, open != wanted {
        html += open.end
        list = nil
      }
      if let wanted, list == nil {
        html += wanted.start
        list = wanted
      }
      html += element(block)
    }
    if let list { html += list.end }
    return html
  }

  private static func element(_ block: MarkdownText.Block) -> Markup {
    let words = block.spans.map(span)
    return switch block.kind {
    case .paragraph: "<p>\(words)</p>"
    // Below the headings that the page has itself.
    case .heading: "<h3>\(words)</h3>"
    case .quote: "<blockquote>\(words)</blockquote>"
    case .item(nil): "<li>\(words)</li>"
    case .item(let number?): "<li value=\"\(number)\">\(words)</li>"
    }
  }

  private static func span(_ span: MarkdownText.Span) -> Markup {
    switch span.style {
    case .plain: "\(span.text)"
    case .bold: "<strong>\(span.text)</strong>"
    case .italic: "<em>\(span.text)</em>"
    case .code: "<code>\(span.text)</code>"
    }
  }
}

/// The list that items which follow each other make.
private enum MarkdownList {
  case plain, numbered

  init?(_ kind: MarkdownText.Block.Kind) {
    guard case .item(let number) = kind else { return nil }
    self = number == nil ? .plain : .numbered
  }

  var start: Markup { self == .plain ? "<ul>" : "<ol>" }
  var end: Markup { self == .plain ? "</ul>" : "</ol>" }
}
