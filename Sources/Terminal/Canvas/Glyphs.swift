// SPDX-License-Identifier: GPL-3.0-or-later

/// The drawing characters of the house, in two sets: for UTF-8 terminals, and plain ASCII for all others.
public struct Glyphs: Hashable, Sendable {
  public var isASCII: Bool
  public var ellipsis: String
  public var caret: String
  public var mark: String
  public var bullet: String
  public var horizontal: String
  public var vertical: String
  /// Top left, top right, bottom left, bottom right.
  public var corners: [String]
  public var arrowUp: String
  public var arrowDown: String
  public var arrowRight: String
  public var check: String
  public var cross: String
  public var warning: String
  public var dot: String
  public var hollowDot: String
  public var scrollThumb: String
  public var spinner: [String]

  /// What stands for signs that words bring along, where there are only letters.
  static let plain: [Unicode.Scalar: Unicode.Scalar] = [
    "●": "*", "◐": "o", "○": "o", "◌": "o", "▪": "-", "✓": "v", "✗": "x", "›": ">", "→": ">", "↵": "<", "·": "-",
    "•": "-", "…": "~", "—": "-", "–": "-", "’": "'", "‘": "'", "“": "\"", "”": "\"", "×": "x", "€": "E",
  ]

  public static let unicode = Glyphs(
    isASCII: false, ellipsis: "…", caret: "▸", mark: "●", bullet: "•", horizontal: "─", vertical: "│",
    corners: ["┌", "┐", "└", "┘"], arrowUp: "▴", arrowDown: "▾", arrowRight: "›", check: "✓", cross: "✗",
    warning: "!", dot: "●", hollowDot: "○", scrollThumb: "┃", spinner: ["◐", "◓", "◑", "◒"])

  public static let ascii = Glyphs(
    isASCII: true, ellipsis: "~", caret: ">", mark: "*", bullet: "-", horizontal: "-", vertical: "|",
    corners: ["+", "+", "+", "+"], arrowUp: "^", arrowDown: "v", arrowRight: ">", check: "v", cross: "x",
    warning: "!", dot: "*", hollowDot: "o", scrollThumb: "#", spinner: ["|", "/", "-", "\\"])
}
