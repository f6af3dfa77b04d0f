// SPDX-License-Identifier: GPL-3.0-or-later

/// A type of PostgreSQL by its object id (pg_type.dat).
public struct PostgresType: RawRepresentable, Hashable, Sendable {
  public var rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The server works the type out from where the value stands.
  public static let inferred = PostgresType(rawValue: 0)
  public static let bool = PostgresType(rawValue: 16)
  public static let bytea = PostgresType(rawValue: 17)
  public static let char = PostgresType(rawValue: 18)
  public static let name = PostgresType(rawValue: 19)
  public static let int8 = PostgresType(rawValue: 20)
  public static let int2 = PostgresType(rawValue: 21)
  public static let int4 = PostgresType(rawValue: 23)
  public static let text = PostgresType(rawValue: 25)
  public static let oid = PostgresType(rawValue: 26)
  public static let json = PostgresType(rawValue: 114)
  public static let float4 = PostgresType(rawValue: 700)
  public static let float8 = PostgresType(rawValue: 701)
  public static let unknown = PostgresType(rawValue: 705)
  public static let textArray = PostgresType(rawValue: 1009)
  public static let int8Array = PostgresType(rawValue: 1016)
  public static let int4Array = PostgresType(rawValue: 1007)
  public static let boolArray = PostgresType(rawValue: 1000)
  public static let float8Array = PostgresType(rawValue: 1022)
  public static let bpchar = PostgresType(rawValue: 1042)
  public static let varchar = PostgresType(rawValue: 1043)
  public static let date = PostgresType(rawValue: 1082)
  public static let timestamp = PostgresType(rawValue: 1114)
  public static let timestamptz = PostgresType(rawValue: 1184)
  public static let numeric = PostgresType(rawValue: 1700)
  public static let uuid = PostgresType(rawValue: 2950)
  public static let jsonb = PostgresType(rawValue: 3802)

  /// Types made in a database start here: enums, citext and the like, which travel as their text.
  var isUserDefined: Bool { rawValue >= 16384 }
}

/// What can be bound to a statement and read from a row.
///
/// A type that wraps a raw value only declares the conformance; everything else follows from the raw value.
public protocol PostgresValue: Sendable {
  /// The declared type of a parameter of this Swift type.
  static var postgresType: PostgresType { get }
  /// Whether the encoding is PostgreSQL's text form instead of its binary one.
  static var bindsAsText: Bool { get }
  func encode(into bytes: inout [UInt8])
  /// Reads the binary form of a column of the given type; nil when the type or the value does not fit.
  static func decode(_ bytes: Span<UInt8>, _ type: PostgresType) -> Self?
}

extension PostgresValue {
  public static var bindsAsText: Bool { false }
}

extension PostgresValue where Self: RawRepresentable, RawValue: PostgresValue {
  public static var postgresType: PostgresType { RawValue.postgresType }
  public static var bindsAsText: Bool { RawValue.bindsAsText }
  public func encode(into bytes: inout [UInt8]) { rawValue.encode(into: &bytes) }
  public static func decode(_ bytes: Span<UInt8>, _ type: PostgresType) -> Self? {
    RawValue.decode(bytes, type).flatMap { Self(rawValue: $0) }
  }
}

/// A moment in microseconds since 1970, bound as `timestamptz`. Reading one as `Int64` gives the same number.
public struct Timestamp: PostgresValue, Hashable, Comparable {
  public var microseconds: Int64
  public init(microseconds: Int64) { self.microseconds = microseconds }

  public static var postgresType: PostgresType { .timestamptz }
  public func encode(into bytes: inout [UInt8]) {
    append(microseconds - postgresEpoch, to: &bytes)
  }
  public static func decode(_ bytes: Span<UInt8>, _ type: PostgresType) -> Timestamp? {
    guard type == .timestamptz || type == .timestamp else { return nil }
    return Int64.decode(bytes, type).map(Timestamp.init(microseconds:))
  }
  public static func < (first: Timestamp, second: Timestamp) -> Bool { first.microseconds < second.microseconds }
}

/// 2000-01-01 in microseconds since 1970: PostgreSQL counts from there.
let postgresEpoch: Int64 = 946_684_800_000_000

/// Appends an integer in network byte order.
func append<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
  var shift = Number.bitWidth
  while shift > 0 {
    shift -= 8
    bytes.append(UInt8(truncatingIfNeeded: number >> Number(shift)))
  }
}

/// Reads an integer in network byte order; the caller has checked the length.
func networkOrder<Number: FixedWidthInteger>(_ bytes: Span<UInt8>, at offset: Int, as: Number.Type) -> Number {
  var number: Number = 0
  for index in offset..<offset + Number.bitWidth / 8 { number = number << 8 | Number(truncatingIfNeeded: bytes[index]) }
  return number
}
