// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Testing

struct TimestampTests {
  /// The first and the last moment that four digits of a year can say.
  static let first: Int64 = -62_167_219_200_000_000
  static let last: Int64 = 253_402_300_799_999_999

  @Test func `a moment that was printed reads back to the millisecond`() throws {
    for _ in 0..<5000 {
      let moment = Timestamp(microseconds: Int64.random(in: Self.first...Self.last))
      let back = try #require(Timestamp(moment.description), "\(moment)")
      let milliseconds = (moment.microseconds - (moment.microseconds % 1000 + 1000) % 1000)
      #expect(back.microseconds == milliseconds)
      #expect(back.description == moment.description)
    }
  }

  @Test func `printed moments sort as the moments do`() {
    for _ in 0..<2000 {
      let a = Timestamp(microseconds: Int64.random(in: Self.first...Self.last) / 1000 * 1000)
      let b = Timestamp(microseconds: Int64.random(in: Self.first...Self.last) / 1000 * 1000)
      #expect((a < b) == (a.description < b.description))
    }
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000001Z", 1), ("1969-12-31T23:59:59.999999Z", -1),
    ("2026-11-21T10:20:30.5Z", 1_795_256_430_500_000), ("2026-11-21t10:20:30.5z", 1_795_256_430_500_000),
    ("2026-11-21T12:20:30.500+02:00", 1_795_256_430_500_000), ("2026-11-21T04:50:30.5-05:30", 1_795_256_430_500_000),
    ("2026-11-21T10:20:30.500000999Z", 1_795_256_430_500_000), ("2000-02-29T00:00:00Z", 951_782_400_000_000),
    ("2024-02-29T23:59:59+00:00", 1_709_251_199_000_000), ("0000-01-01T00:00:00Z", TimestampTests.first),
    ("9999-12-31T23:59:59.999999Z", TimestampTests.last), ("1970-01-01T00:00:00-00:00", 0),
  ]) func `moments of RFC 3339 are read`(text: String, microseconds: Int64) {
    #expect(Timestamp(text)?.microseconds == microseconds)
  }

  @Test(arguments: [
    "", "now", "2026-11-21", "2026-11-21T10:20:30", "2026-11-21 10:20:30Z", "2026-11-21T10:20Z",
    "2026-11-21T24:00:00Z", "2026-11-21T10:60:00Z", "2026-11-21T10:20:60Z", "2026-00-10T00:00:00Z",
    "2026-13-10T00:00:00Z", "2026-11-00T00:00:00Z", "2026-11-31T00:00:00Z", "2025-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-11-21T10:20:30.Z", "2026-11-21T10:20:30,5Z",
    "2026-11-21T10:20:30+2:00", "2026-11-21T10:20:30+0200", "2026-11-21T10:20:30+24:00", "2026-11-21T10:20:30+02:60",
    "2026-11-21T10:20:30ZZ", " 2026-11-21T10:20:30Z", "2026-11-21T10:20:30Z ", "-026-11-21T10:20:30Z",
    "2026-11-21T10:20:30.0000000000001Z", "20261121T102030Z", "2026-1-21T10:20:30Z", "２026-11-21T10:20:30Z",
    "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
  ]) func `what is no moment is refused`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func `whole seconds between moments`() {
    let start = Timestamp(microseconds: 1_500_000)
    #expect(start.adding(seconds: 90).seconds(since: start) == 90)
    #expect(start.seconds(since: start.adding(seconds: 90)) == -90)
    #expect(Timestamp(microseconds: 2_499_999).seconds(since: start) == 0)
  }
}

struct CivilDateTests {
  @Test func `days count on through eight hundred years as a calendar that is turned leaf by leaf`() {
    var (year, month, day): (Int64, Int64, Int64) = (1600, 1, 1)
    var number = CivilDate(year: 1600, month: 1, day: 1)?.daysSince1970 ?? 0
    #expect(number == -135_140)
    while year < 2400 {
      let date = CivilDate(daysSince1970: number)
      guard date.year == year, date.month == month, date.day == day, date.daysSince1970 == number else {
        Issue.record("\(date) stands where \(year)-\(month)-\(day) should")
        return
      }
      number += 1
      day += 1
      if day > Self.length(ofMonth: month, in: year) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
  }

  private static func length(ofMonth month: Int64, in year: Int64) -> Int64 {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Int(month - 1)]
  }

  @Test(arguments: [
    (2023, 2, 29), (2023, 4, 31), (2023, 0, 1), (2023, 13, 1), (2023, 1, 0), (-1, 1, 1), (10_000, 1, 1),
  ])
  func `there is no such day`(year: Int64, month: Int64, day: Int64) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }
}
