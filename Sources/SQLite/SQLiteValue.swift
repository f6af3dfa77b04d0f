// SPDX-License-Identifier: GPL-3.0-or-later

/// A value to bind to a `?` of a statement.
public enum SQLiteValue: Sendable, Equatable {
  case null
  case int(Int)
  case double(Double)
  case text(String)
  case bytes([UInt8])

  public static func bool(_ value: Bool) -> SQLiteValue { .int(value ? 1 : 0) }
  /// Null for nil.
  public static func optional(_ value: String?) -> SQLiteValue { value.map(SQLiteValue.text) ?? .null }
  public static func optional(_ value: Int?) -> SQLiteValue { value.map(SQLiteValue.int) ?? .null }
}

extension SQLiteValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByNilLiteral
{
  public init(stringLiteral value: String) { self = .text(value) }
  public init(integerLiteral value: Int) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(nilLiteral: ()) { self = .null }
}
