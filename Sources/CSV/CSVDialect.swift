// SPDX-License-Identifier: GPL-3.0-or-later

/// What separates the fields of a file.
public struct CSVDialect: Sendable, Equatable {
  public var delimiter: UInt8

  public init(delimiter: UInt8 = UInt8(ascii: ",")) {
    precondition(CSVDialect.delimiters.contains(delimiter), "fields are separated by a comma, a semicolon or a tab")
    self.delimiter = delimiter
  }

  public static let comma = CSVDialect()
  /// What spreadsheets write where the comma separates decimals.
  public static let semicolon = CSVDialect(delimiter: UInt8(ascii: ";"))
  public static let tab = CSVDialect(delimiter: UInt8(ascii: "\t"))

  private static let delimiters: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

  /// Finds out from the beginning of a file, in UTF-8: what its first line has most of outside of quotes. A comma if it
  /// has none of them.
  public static func detect(_ head: [UInt8]) -> CSVDialect {
    var counts = [0, 0, 0]
    var isQuoted = false
    var hasText = false
    for byte in head {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        if hasText { break }
        continue
      }
      hasText = true
      if let index = delimiters.firstIndex(of: byte) { counts[index] += 1 }
    }
    let most = counts.max() ?? 0
    let index = counts.firstIndex(of: most) ?? 0
    return CSVDialect(delimiter: delimiters[index])
  }
}
