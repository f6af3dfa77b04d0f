// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes comma-separated values (RFC 4180).
public struct CSVWriter: Sendable {
  private let dialect: CSVDialect

  public init(_ dialect: CSVDialect = CSVDialect()) { self.dialect = dialect }

  /// One line with its end. Quotes stand only where they are needed.
  public func line(_ fields: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(dialect.delimiter) }
      append(field, isAlone: fields.count == 1, to: &bytes)
    }
    bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    return bytes
  }

  private func append(_ field: String, isAlone: Bool, to bytes: inout [UInt8]) {
    // A line with nothing on it would be taken for no line.
    let needsQuotes = field.utf8.contains(where: isSpecial) || isAlone && field.isEmpty
    guard needsQuotes else { return bytes.append(contentsOf: field.utf8) }
    bytes.append(quote)
    for byte in field.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }

  private func isSpecial(_ byte: UInt8) -> Bool {
    byte == dialect.delimiter || byte == quote || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
  }

  private var quote: UInt8 { UInt8(ascii: "\"") }
}
