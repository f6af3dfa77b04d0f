// SPDX-License-Identifier: GPL-3.0-or-later

/// A record that cannot be read: where, why, and what to do.
public struct CSVFault: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Reason: Sendable, Equatable {
    case unclosedQuote
    case textAfterQuote
    case fieldTooLong(Int)
    case recordTooLong(Int)
    case tooManyFields(Int)
    case notUTF8
    case zeroByte
  }

  public var reason: Reason
  /// The line that the record, or the quote, begins on.
  public var line: Int
  /// From 1.
  public var field: Int

  public init(_ reason: Reason, line: Int, field: Int) {
    self.reason = reason
    self.line = line
    self.field = field
  }

  public var description: String { "line \(line), field \(field): \(explanation)" }

  public var explanation: String {
    switch reason {
    case .unclosedQuote: "The quotation mark that opens this field is never closed."
    case .textAfterQuote:
      "There is text after the closing quotation mark. Write a quotation mark inside of a field twice."
    case .fieldTooLong(let max): "This field is longer than \(max) bytes."
    case .recordTooLong(let max): "This line is longer than \(max) bytes."
    case .tooManyFields(let max): "This line has more than \(max) fields."
    case .notUTF8: "This field is not UTF-8. Save the file as UTF-8, or say which encoding it has."
    case .zeroByte: "There is a zero byte here: this is not a text file, or has an encoding that it does not say."
    }
  }
}
