// SPDX-License-Identifier: GPL-3.0-or-later

/// Spreadsheets run a field that begins like a formula, whoever wrote it. An apostrophe before it makes them show it as
/// text; one more is added where a text has such apostrophes itself, so that taking one away always gives the text back.
public enum FormulaGuard {
  public static func neutralised(_ text: String) -> String { isRisky(text) ? "'" + text : text }

  /// The text of a field that a guarded file holds.
  public static func restored(_ field: String) -> String {
    field.utf8.first == apostrophe && isRisky(field) ? String(field.unicodeScalars.dropFirst()) : field
  }

  /// Apostrophes, if any, and then what begins a formula.
  private static func isRisky(_ text: String) -> Bool {
    guard let first = text.utf8.first(where: { $0 != apostrophe }) else { return false }
    return beginnings.contains(first)
  }

  private static let apostrophe = UInt8(ascii: "'")
  private static let beginnings = Array("=+-@\t\r\n".utf8)
}
