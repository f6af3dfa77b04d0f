// SPDX-License-Identifier: GPL-3.0-or-later

/// A moment in UTC, in microseconds since 1970. On the wire it is RFC 3339 with milliseconds.
public struct Timestamp: Sendable, Hashable, Comparable {
  public var microseconds: Int64
  public init(microseconds: Int64) { self.microseconds = microseconds }

  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }

  public func adding(seconds: Int64) -> Timestamp { Timestamp(microseconds: microseconds + seconds * 1_000_000) }

  /// Whole seconds from an earlier moment to this one.
  public func seconds(since earlier: Timestamp) -> Int64 { (microseconds - earlier.microseconds) / 1_000_000 }
}

extension Timestamp: CustomStringConvertible {
  public var description: String {
    let (day, inDay) = microseconds.dividedFloor(by: 86_400_000_000)
    let date = CivilDate(daysSince1970: day)
    let milliseconds = inDay / 1000
    let (seconds, fraction) = milliseconds.dividedFloor(by: 1000)
    return "\(date)T\(seconds / 3600, width: 2):\(seconds / 60 % 60, width: 2):\(seconds % 60, width: 2)"
      + ".\(fraction, width: 3)Z"
  }

  /// From RFC 3339 text, with any fraction and offset; nil when it is not a valid moment.
  public init?(_ text: String) {
    var reader = DigitReader(text)
    guard let date = reader.date(), reader.take("T") || reader.take("t"),
      let hour = reader.number(2), hour < 24, reader.take(":"), let minute = reader.number(2), minute < 60,
      reader.take(":"), let second = reader.number(2), second < 60
    else { return nil }
    let fraction = reader.take(".") ? reader.fraction() : 0
    guard let fraction, let offset = reader.offsetSeconds(), reader.isAtEnd else { return nil }
    let seconds = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
    guard Timestamp.printableSeconds.contains(seconds) else { return nil }
    microseconds = seconds * 1_000_000 + fraction
  }
}

extension Timestamp {
  /// From the year 0 to the end of 9999 in UTC: what four digits can say. An offset may lead beyond.
  private static let printableSeconds: Range<Int64> = -62_167_219_200..<253_402_300_800
}

extension Timestamp: WireValue {
  public static var schema: Schema { .string(.init(format: "date-time")) }
  public static var example: Timestamp { Timestamp(microseconds: 1_795_000_000_000_000) }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let moment = Timestamp(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "This is not a moment such as \(Timestamp.example).")
    }
    self = moment
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// A day of the Gregorian calendar.
public struct CivilDate: Sendable, Hashable, CustomStringConvertible {
  public var year: Int64
  public var month: Int64
  public var day: Int64

  /// The usual era arithmetic: years that begin in March, 400-year cycles of 146,097 days.
  public init(daysSince1970: Int64) {
    let (era, dayOfEra) = (daysSince1970 + 719_468).dividedFloor(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Nil when there is no such day.
  public init?(year: Int64, month: Int64, day: Int64) {
    guard (0...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    self.year = year
    self.month = month
    self.day = day
    guard CivilDate(daysSince1970: daysSince1970) == self else { return nil }
  }

  public var daysSince1970: Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = shiftedYear.dividedFloor(by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  public var description: String { "\(year, width: 4)-\(month, width: 2)-\(day, width: 2)" }
}

extension DefaultStringInterpolation {
  fileprivate mutating func appendInterpolation(_ number: Int64, width: Int) {
    let digits = String(number)
    appendLiteral(String(repeating: "0", count: max(0, width - digits.count)) + digits)
  }
}

extension Int64 {
  /// Quotient rounded down and the remainder that is never negative.
  fileprivate func dividedFloor(by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

/// Reads fixed-width digits from the front of a text.
private struct DigitReader {
  private var rest: Substring.UTF8View
  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(_ width: Int) -> Int64? {
    guard rest.count >= width else { return nil }
    var value: Int64 = 0
    for byte in rest.prefix(width) {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    rest = rest.dropFirst(width)
    return value
  }

  mutating func date() -> CivilDate? {
    guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2) else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// Microseconds; further digits are dropped.
  mutating func fraction() -> Int64? {
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    guard !digits.isEmpty, digits.count <= 12 else { return nil }
    rest = rest.dropFirst(digits.count)
    var value: Int64 = 0
    for position in 0..<6 {
      let index = digits.index(digits.startIndex, offsetBy: position, limitedBy: digits.endIndex)
      let digit = index.flatMap { $0 < digits.endIndex ? Int64(digits[$0] - 0x30) : nil } ?? 0
      value = value * 10 + digit
    }
    return value
  }

  mutating func offsetSeconds() -> Int64? {
    if take("Z") || take("z") { return 0 }
    let sign: Int64
    if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
    guard let hours = number(2), hours < 24, take(":"), let minutes = number(2), minutes < 60 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
