// SPDX-License-Identifier: GPL-3.0-or-later
internal import CTerminal

/// What to do with one scalar of text that somebody else wrote.
enum ScalarKind {
  /// A cell of this many columns begins.
  case cell(Int)
  /// Belongs to the cell before.
  case mark
  case dropped
  case space
  case lineEnd
  /// Joins the next picture to this one: both go, since terminals disagree about their width.
  case joiner
}

/// The width of text in cells, and what of it may reach a terminal.
public enum SafeText {
  /// Columns the text takes when drawn, after what is unsafe or ambiguous has been left out.
  public static func width(_ text: some StringProtocol) -> Int {
    var total = 0
    forEachCell(text) { _, width in total += width }
    return total
  }

  /// The text without control codes, bidirectional overrides, tags and other invisible marks, for what is written
  /// past the canvas: titles, the clipboard, plain lines. Tabs become spaces; line ends stay if asked for.
  public static func sanitised(_ text: some StringProtocol, keepsLineEnds: Bool = false) -> String {
    var result = String.UnicodeScalarView()
    var isJoining = false
    for scalar in text.unicodeScalars {
      let wasJoining = isJoining
      isJoining = false
      switch kind(of: scalar) {
      case .cell where wasJoining && isPictograph(scalar): continue
      case .cell, .mark: result.append(scalar)
      case .space: result.append(" ")
      case .lineEnd: if keepsLineEnds { result.append("\n") } else { result.append(" ") }
      case .joiner: isJoining = true
      case .dropped: isJoining = wasJoining
      }
    }
    return String(result)
  }

  /// The text cut to a width, with an ellipsis when something is missing.
  public static func cut(_ text: String, to columns: Int, ellipsis: String = "…") -> String {
    if columns <= 0 { return "" }
    if width(text) <= columns { return sanitised(text) }
    let room = columns - width(ellipsis)
    if room < 0 { return "" }
    return prefix(text, columns: room) + ellipsis
  }

  /// As much of the text as fits the columns, whole cells only.
  public static func prefix(_ text: String, columns: Int) -> String {
    var result = String.UnicodeScalarView()
    var used = 0
    var isFull = false
    forEachScalar(text) { scalar, width in
      if used + width > columns { isFull = true }
      if isFull { return }
      used += width
      result.append(scalar)
    }
    return String(result)
  }

  /// The text cut or filled up with spaces to exactly this width.
  public static func padded(_ text: String, to columns: Int, alignment: Alignment = .leading) -> String {
    let cut = cut(text, to: columns)
    let space = columns - width(cut)
    if space <= 0 { return cut }
    switch alignment {
    case .leading: return cut + String(repeating: " ", count: space)
    case .trailing: return String(repeating: " ", count: space) + cut
    case .center:
      return String(repeating: " ", count: space / 2) + cut + String(repeating: " ", count: space - space / 2)
    }
  }

  /// Columns of one scalar: 0 for marks and for what is never drawn.
  public static func width(of scalar: Unicode.Scalar) -> Int {
    if case .cell(let width) = kind(of: scalar) { return width }
    if case .space = kind(of: scalar) { return 1 }
    return 0
  }

  /// Calls back for every cell with its first scalar and width.
  static func forEachCell(_ text: some StringProtocol, _ body: (Unicode.Scalar, Int) -> Void) {
    forEachScalar(text) { scalar, width in if width > 0 { body(scalar, width) } }
  }

  /// Calls back for every scalar that is drawn: width 0 means that it marks the cell before.
  static func forEachScalar(_ text: some StringProtocol, _ body: (Unicode.Scalar, Int) -> Void) {
    var isJoining = false
    for scalar in text.unicodeScalars {
      let value = scalar.value
      if value >= 0x20 && value < 0x7f {
        isJoining = false
        body(scalar, 1)
        continue
      }
      let wasJoining = isJoining
      isJoining = false
      switch kind(of: scalar) {
      case .cell(let width): if !(wasJoining && isPictograph(scalar)) { body(scalar, width) }
      case .mark: body(scalar, 0)
      case .space, .lineEnd: body(" ", 1)
      case .joiner: isJoining = true
      case .dropped: isJoining = wasJoining
      }
    }
  }

  static func kind(of scalar: Unicode.Scalar) -> ScalarKind {
    let value = scalar.value
    if value >= 0x20 && value < 0x7f { return .cell(1) }
    if value == 0x0a || value == 0x2028 || value == 0x2029 { return .lineEnd }
    if value == 0x09 { return .space }
    if value < 0x20 || (value >= 0x7f && value < 0xa0) { return .dropped }
    if value == 0x200d { return .joiner }
    if isInvisible(value) { return .dropped }
    let width = Int(ct_width(value))
    if width > 0 { return .cell(width) }
    return width == 0 ? .mark : .dropped
  }

  /// Marks that change direction, hide or join text: none of them may come from other people's words.
  private static func isInvisible(_ value: UInt32) -> Bool {
    switch value {
    case 0xad, 0x34f, 0x61c, 0x180e, 0x200b...0x200f, 0x202a...0x202e, 0x2060...0x206f, 0xfe00...0xfe0f, 0xfeff,
      0xfff9...0xfffb, 0x1f3fb...0x1f3ff, 0xe0000...0xe0fff:
      true
    default: false
    }
  }

  /// Whether a scalar after a joiner would melt into the picture before it.
  private static func isPictograph(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x2190 && scalar.properties.isEmoji
  }
}

/// Where text sits in a space that is wider than it.
public enum Alignment: Sendable {
  case leading, trailing, center
}
