// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Dates of HTTP and mail headers, as seconds since 1970 in UTC.
public enum HTTPDate {
  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// The system's clock.
  public static var now: Int64 { Int64(time(nil)) }

  /// As `Sun, 06 Nov 1994 08:49:37 GMT`. A mail header wants `+0000` for the zone.
  public static func format(_ seconds: Int64, zone: String = "GMT") -> String {
    let day = seconds.flooredQuotient(86_400)
    let second = seconds - day * 86_400
    let (year, month, dayOfMonth) = civil(day)
    let clock = [second / 3600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
    let weekday = days[Int((day + 3) - (day + 3).flooredQuotient(7) * 7)]  // 1970-01-01 was a Thursday
    let paddedYear = String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
    return "\(weekday), \(twoDigits(dayOfMonth)) \(months[Int(month) - 1]) \(paddedYear) \(clock) \(zone)"
  }

  /// As `20130524T000000Z` (ISO 8601, basic form), which signatures of requests are made over.
  public static func basic(_ seconds: Int64) -> String {
    let day = seconds.flooredQuotient(86_400)
    let second = seconds - day * 86_400
    let (year, month, dayOfMonth) = civil(day)
    let clock = [second / 3600, second / 60 % 60, second % 60].map(twoDigits).joined()
    return "\(year)\(twoDigits(month))\(twoDigits(dayOfMonth))T\(clock)Z"
  }

  /// Any of the three forms of RFC 9110 §5.6.7, or `nil`.
  public static func parse(_ text: String) -> Int64? {
    let words = text.split { $0 == " " || $0 == "," }
    switch words.count {
    case 6:  // Sun, 06 Nov 1994 08:49:37 GMT
      guard words[5] == "GMT" || words[5] == "UTC" else { return nil }
      return seconds(day: words[1], month: words[2], year: Int64(words[3]), clock: words[4])
    case 4 where words[3] == "GMT":  // Sunday, 06-Nov-94 08:49:37 GMT
      let parts = words[1].split(separator: "-")
      guard parts.count == 3, parts[2].utf8.count == 2, let short = Int64(parts[2]) else { return nil }
      // Two digits that look more than fifty years ahead mean the century before.
      let current = civil(now / 86_400).year
      let century = current / 100 * 100
      let year = century + short > current + 50 ? century + short - 100 : century + short
      return seconds(day: parts[0], month: parts[1], year: year, clock: words[2])
    case 5:  // Sun Nov  6 08:49:37 1994
      return seconds(day: words[2], month: words[1], year: Int64(words[4]), clock: words[3])
    default: return nil
    }
  }

  private static func seconds(day: Substring, month: Substring, year: Int64?, clock: Substring) -> Int64? {
    let parts = clock.split(separator: ":").map { Int64($0) }
    guard let day = Int64(day), 1...31 ~= day, let month = months.firstIndex(of: String(month)),
      let year, 0...9999 ~= year, parts.count == 3,
      let hour = parts[0], let minute = parts[1], let second = parts[2],
      0..<24 ~= hour, 0..<60 ~= minute, 0...60 ~= second
    else { return nil }
    return dayNumber(year, Int64(month + 1), day) * 86_400 + hour * 3600 + minute * 60 + second
  }

  /// Days since 1970-01-01 of a date of the Gregorian calendar. Years are counted from March, so that the
  /// leap day comes last; 153 days make five months from there.
  private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted.flooredQuotient(400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ dayNumber: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = dayNumber + 719_468
    let era = shifted.flooredQuotient(146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func twoDigits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

extension Int64 {
  fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
    self >= 0 ? self / divisor : (self - divisor + 1) / divisor
  }
}
