// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Postgres
import TestSupport
import Testing

private struct ShopID: RawRepresentable, PostgresValue, PostgresArrayElement, Hashable { var rawValue: Int }
private enum Colour: String, PostgresValue, CaseIterable { case red, green = "gr'een" }

@Suite(.timeLimit(.minutes(1)))
struct ValueTests {
  private static func law<Value: PostgresValue & Equatable>(
    _ database: Database, _ cast: String, _ values: [Value]
  ) async throws {
    for value in values {
      let back = try await database.first("select \(value)::\(unescaped: cast)") { row in try row.next(Value.self) }
      #expect(back == value)
    }
    let none = try await database.first("select \(Value?.none)::\(unescaped: cast)") { row in
      try row.next(Value?.self) == nil
    }
    #expect(none == true)
  }

  private static func text() -> String {
    let parts = (0..<Int.random(in: 0...40)).map { _ in
      ["'", "\"", "\\", "\n", "\t", "$1", "é", "漢", "🧵", "{", ",", "}", "NULL", " ", "%"].randomElement() ?? "x"
    }
    return parts.joined()
  }

  private static func ints() -> [Int] { [0, 1, -1, .max, .min] + (0..<40).map { _ in Int.random(in: .min ... .max) } }

  @Test func `every kind of value comes back as it went`() async throws {
    try await withTestDatabase { database, _ in
      try await Self.law(database, "int8", Self.ints())
      try await Self.law(database, "int8", Self.ints().map { Int64($0) })
      try await Self.law(database, "int4", Self.ints().map { Int32(truncatingIfNeeded: $0) })
      try await Self.law(database, "bool", [true, false])
      let doubles = (0..<40).map { _ in Double.random(in: -1e12...1e12) }
      try await Self.law(database, "float8", doubles + [0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, .pi])
      try await Self.law(database, "text", (0..<60).map { _ in Self.text() })
      try await Self.law(
        database, "bytea", (0..<40).map { count in (0..<count).map { _ in UInt8.random(in: 0...255) } })
      try await Self.law(database, "text[]", (0..<40).map { count in (0..<count % 9).map { _ in Self.text() } })
      try await Self.law(database, "int8[]", (0..<20).map { Array(Self.ints().shuffled().prefix($0)) })
      try await Self.law(database, "int8", Self.ints().map { ShopID(rawValue: $0) })
      try await Self.law(database, "int8[]", [Self.ints().map { ShopID(rawValue: $0) }, []])
      try await Self.law(database, "text", Colour.allCases)
      try await Self.law(
        database, "timestamptz",
        (0..<40).map { _ in Timestamp(microseconds: .random(in: -60_000_000_000_000_000...250_000_000_000_000_000)) })
    }
  }

  @Test func `moments are microseconds since 1970`() async throws {
    try await withTestDatabase { database, _ in
      let moment = try await database.first("select timestamptz '2026-11-21 08:30:00.000001+00'") { row in
        try row.next(Int64.self)
      }
      #expect(moment == 1_795_249_800_000_001)
    }
  }

  @Test func `exact numbers are read as text, whole numbers and fractions`() async throws {
    try await withTestDatabase { database, _ in
      let texts = ["0", "1.50", "-0.0001", "123456789012345678901234567890.5", "10000", "100000000.00", "NaN", "-0.10"]
      for text in texts {
        let read = try await database.first("select \(text)::numeric") { row in try row.next(String.self) }
        #expect(read == text)
      }
      for _ in 0..<100 {
        let whole = Int.random(in: .min ... .max)
        let read = try await database.first("select sum(\(whole))") { row in try row.next(Int.self) }
        #expect(read == whole)
        let scale = Int.random(in: 0...12)
        let written = try await database.first("select \(String(whole))::numeric / (10::numeric ^ \(scale)::int)") {
          row in try row.next(String.self)
        }
        let expected = try await database.first(
          "select (\(String(whole))::numeric / (10::numeric ^ \(scale)::int))::text"
        ) { row in try row.next(String.self) }
        #expect(written == expected)
      }
    }
  }

  @Test func `uuids, JSON and enums are read as text and bound from it`() async throws {
    try await withTestDatabase { database, _ in
      let uuid = "0f8fad5b-d9cb-469f-a165-70867728950e"
      #expect(try await database.values("select \(uuid)::uuid", as: String.self) == [uuid])
      #expect(try await database.values("select \("{\"a\": 1}")::jsonb", as: String.self) == ["{\"a\": 1}"])
      try await database.execute("create type mood as enum ('glad', 'sad')")
      try await database.execute("create table people (mood mood, at timestamptz, born date)")
      try await database.execute("insert into people values (\("sad"), \("2026-01-01T00:00:00Z"), \("1970-01-02"))")
      let row = try await database.first("select mood, extract(epoch from at)::int8 from people where mood = \("sad")")
      {
        row in (try row.next(String.self), try row.next(Int.self))
      }
      #expect(row?.0 == "sad")
      #expect(row?.1 == 1_767_225_600)
    }
  }

  @Test func `a column that does not fit is named with its type`() async throws {
    try await withTestDatabase { database, _ in
      let error = await #expect(throws: PostgresError.self) {
        _ = try await database.first("select 1, 'x' as title") { row in
          _ = try row.next(Int.self)
          return try row.next(Int.self)
        }
      }
      #expect(error?.column == "title")
      #expect(error?.message.contains("25") == true)
      let null = await #expect(throws: PostgresError.self) {
        _ = try await database.first("select null::int8 as price") { row in try row.next(Int.self) }
      }
      #expect(null?.message.contains("price") == true)
      await #expect(throws: PostgresError.self) {
        _ = try await database.first("select 5000000000") { row in try row.next(Int32.self) }
      }
      await #expect(throws: PostgresError.self) {
        _ = try await database.first("select 1") { row in (try row.next(Int.self), try row.next(Int.self)) }
      }
    }
  }
}
