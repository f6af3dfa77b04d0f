// SPDX-License-Identifier: GPL-3.0-or-later

/// What a field of a log line may hold.
///
/// Text is a literal, an identifier or an error's code; whatever may describe a person is wrapped as a `Secret`.
public enum LogValue: Sendable, Equatable {
  case string(String)
  case int(Int)
  case double(Double)
  case bool(Bool)
  case secret

  public init<Value>(_ secret: Secret<Value>) { self = .secret }

  public static func secret<Value>(_: Secret<Value>) -> LogValue { .secret }

  /// Milliseconds with three decimals.
  public static func milliseconds(_ duration: Duration) -> LogValue {
    let parts = duration.components
    let microseconds = parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
    return .double(Double(microseconds) / 1000)
  }
}

extension LogValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
}
