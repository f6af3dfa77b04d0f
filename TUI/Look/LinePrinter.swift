// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Terminal

/// Prints lines for people or bytes for scripts.
struct LinePrinter: Sendable {
  /// Columns to keep to; nil when the output is no terminal.
  var width: Int?
  var isJSON: Bool

  init(isJSON: Bool) {
    self.isJSON = isJSON
    width = isatty(STDOUT_FILENO) == 1 ? LinePrinter.columns : nil
  }

  private static var columns: Int {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  func line(_ text: String) { LinePrinter.write(STDOUT_FILENO, Array((text + "\n").utf8)) }
  func bytes(_ bytes: [UInt8]) { LinePrinter.write(STDOUT_FILENO, bytes + [0x0a]) }
  /// What was done, for people; scripts that read JSON find it beside.
  func say(_ text: String) { if isJSON { note(text) } else { line(text) } }
  /// For people who look, beside what scripts read.
  func note(_ text: String) { LinePrinter.write(STDERR_FILENO, Array("souk: \(text)\n".utf8)) }

  /// Lines beside what scripts read, without the program's name.
  func noteBlock(_ text: String) { LinePrinter.write(STDERR_FILENO, Array((text + "\n").utf8)) }

  func table(_ table: TextTable) { for row in table.lines(width: width) { line(row) } }

  static func write(_ fd: Int32, _ bytes: [UInt8]) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(fd, $0.baseAddress! + done, bytes.count - done) }
      // A reader that has gone away has all it wants.
      if count <= 0 { return }
      done += count
    }
  }
}

/// Rows in aligned columns.
struct TextTable: Sendable {
  struct Column: Sendable {
    var title: String
    var alignment = Alignment.leading
    /// Gives way when the terminal is narrow.
    var isFlexible = false

    init(_ title: String, _ alignment: Alignment = .leading, isFlexible: Bool = false) {
      self.title = title
      self.alignment = alignment
      self.isFlexible = isFlexible
    }
  }

  var columns: [Column]
  var rows: [[String]] = []

  init(_ columns: [Column], rows: [[String]] = []) {
    self.columns = columns
    self.rows = rows
  }

  private static let flexibleMin = 8

  /// The lines, cut to a width if there is one. Nothing for no rows.
  func lines(width: Int?) -> [String] {
    if rows.isEmpty { return [] }
    var widths = columns.indices.map { column in
      ([columns[column].title] + rows.map { $0[column] }).map { SafeText.width($0) }.max() ?? 0
    }
    if let width {
      var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - width
      while excess > 0 {
        let candidates = columns.indices.filter { columns[$0].isFlexible && widths[$0] > TextTable.flexibleMin }
        guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
        widths[widest] -= 1
        excess -= 1
      }
    }
    return ([columns.map(\.title)] + rows).map { row in
      let cells = row.indices.map { SafeText.padded(row[$0], to: widths[$0], alignment: columns[$0].alignment) }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return width.map { SafeText.cut(line, to: $0) } ?? line
    }
  }
}
