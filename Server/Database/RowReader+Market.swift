// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Postgres

/// A moment here is the market's; the database's own type is what rows are read with.
typealias Timestamp = Market.Timestamp

/// A column that holds what the market's own types refuse: the database and the code disagree.
struct UnreadableColumn: Error, CustomStringConvertible {
  var description: String
}

extension RowReader {
  mutating func nextID<Kind>() throws -> Identifier<Kind> {
    let text = try next(String.self)
    guard let id = Identifier<Kind>(text) else { throw UnreadableColumn(description: "not an id of \(Kind.self)") }
    return id
  }

  mutating func nextTimestamp() throws -> Timestamp { Timestamp(microseconds: try next(Int64.self)) }

  mutating func nextTimestampIfAny() throws -> Timestamp? {
    try next(Int64?.self).map { Timestamp(microseconds: $0) }
  }

  mutating func nextCurrency() throws -> Currency {
    guard let currency = Currency(try next(String.self)) else { throw UnreadableColumn(description: "not a currency") }
    return currency
  }

  mutating func nextCountry() throws -> Country {
    guard let country = Country(try next(String.self)) else { throw UnreadableColumn(description: "not a country") }
    return country
  }

  mutating func nextWord<Word: WireEnum>(_ type: Word.Type) throws -> Word {
    try RowReader.word(try next(String.self))
  }

  mutating func nextOptionalWord<Word: WireEnum>(_ type: Word.Type) throws -> Word? {
    try next(String?.self).map { try RowReader.word($0) }
  }

  private static func word<Word: WireEnum>(_ text: String) throws -> Word {
    guard let word = Word(rawValue: text) else { throw UnreadableColumn(description: "not a \(Word.self)") }
    return word
  }
}

extension Identifier {
  /// A new id from the system's randomness.
  static func random() -> Identifier { Identifier(body: RandomID.make()) }
}
