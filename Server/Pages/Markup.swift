// SPDX-License-Identifier: GPL-3.0-or-later

/// HTML, written as an interpolated string: every interpolated text is escaped, and only markup goes in as it is.
struct Markup: ExpressibleByStringInterpolation, Sendable, Equatable {
  private(set) var text: String

  init(stringLiteral text: String) { self.text = text }
  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  static func += (markup: inout Markup, more: Markup) { markup.text += more.text }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ plain: String) { text += HTML.escape(plain) }
    mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    /// Nothing for nil.
    mutating func appendInterpolation(_ markup: Markup?) { text += markup?.text ?? "" }
    mutating func appendInterpolation(_ list: [Markup]) { for markup in list { text += markup.text } }
  }
}
