// SPDX-License-Identifier: GPL-3.0-or-later
internal import CPostgres
import Glibc

/// The answer to one statement.
@safe
public final class Rows: @unchecked Sendable {
  // Unchecked because a finished PGresult is only read, which libpq allows from any thread.
  let result: OpaquePointer
  let sql: String
  public let count: Int
  let columnCount: Int32

  /// Takes the result over.
  init(_ result: OpaquePointer, sql: String) {
    unsafe self.result = result
    self.sql = sql
    count = unsafe Int(PQntuples(result))
    columnCount = unsafe PQnfields(result)
  }

  deinit { unsafe PQclear(result) }

  /// How many rows the statement inserted, changed, deleted or returned.
  public var affected: Int {
    guard let text = unsafe PQcmdTuples(result) else { return 0 }
    return unsafe Int(atol(text))
  }

  /// What was done, as PostgreSQL names it: `INSERT 0 1`, `COMMIT`.
  public var commandTag: String { unsafe PQcmdStatus(result).map { unsafe String(cString: $0) } ?? "" }

  /// Reads every row in order.
  public func map<Row>(_ read: (inout RowReader) throws -> Row) throws -> [Row] {
    var rows: [Row] = []
    rows.reserveCapacity(count)
    for index in 0..<count { rows.append(try self.read(row: index, read)) }
    return rows
  }

  /// The row whose first column is that text.
  func firstIndex(of text: String) -> Int? {
    let wanted = text.utf8
    return (0..<count).first { row in
      let length = unsafe Int(PQgetlength(result, Int32(row), 0))
      guard length == wanted.count, let start = unsafe PQgetvalue(result, Int32(row), 0) else { return false }
      let bytes = unsafe UnsafeRawBufferPointer(start: start, count: length)
      return unsafe bytes.elementsEqual(wanted)
    }
  }

  func read<Row>(row: Int, _ read: (inout RowReader) throws -> Row) throws -> Row {
    var reader = RowReader(self, row: row)
    return try read(&reader)
  }
}

/// One row, read column by column from the left.
@safe
public struct RowReader: ~Copyable {
  private let rows: Rows
  private let row: Int32
  private var column: Int32 = 0

  init(_ rows: Rows, row: Int) {
    self.rows = rows
    self.row = Int32(row)
  }

  /// The next column, which must not be null.
  public mutating func next<Value: PostgresValue>(_ type: Value.Type = Value.self) throws -> Value {
    guard let value = try next(Value?.self) else { throw misfit(column - 1, "is null but read as \(type)") }
    return value
  }

  /// The next column, or nil for null.
  public mutating func next<Value: PostgresValue>(_ type: Value?.Type) throws -> Value? {
    let column = try advance()
    if unsafe PQgetisnull(rows.result, row, column) != 0 { return nil }
    let oid = PostgresType(rawValue: unsafe PQftype(rows.result, column))
    let bytes = unsafe UnsafeBufferPointer(start: cell(column), count: length(column))
    guard let value = unsafe Value.decode(bytes.span, oid) else {
      throw misfit(column, "of type \(oid.rawValue) cannot be read as \(Value.self)")
    }
    return value
  }

  /// The bytes of the next column as PostgreSQL sent them (text as UTF-8, JSON without its version byte).
  public mutating func nextBytes() throws -> [UInt8] {
    guard let bytes = try nextBytes(orNil: ()) else { throw misfit(column - 1, "is null but read as bytes") }
    return bytes
  }

  /// The bytes of the next column, or nil for null.
  public mutating func nextBytesIfAny() throws -> [UInt8]? { try nextBytes(orNil: ()) }

  private mutating func nextBytes(orNil: Void) throws -> [UInt8]? {
    let column = try advance()
    if unsafe PQgetisnull(rows.result, row, column) != 0 { return nil }
    let isBinaryJSON = unsafe PQftype(rows.result, column) == PostgresType.jsonb.rawValue
    let bytes = unsafe UnsafeBufferPointer(start: cell(column), count: length(column))
    return unsafe Array(bytes.dropFirst(isBinaryJSON ? 1 : 0))
  }

  /// Passes a column over.
  public mutating func skip() throws { _ = try advance() }

  private mutating func advance() throws -> Int32 {
    guard column < rows.columnCount else {
      throw PostgresError(
        sqlState: "42703",
        message: "the row has \(rows.columnCount == 1 ? "1 column" : "\(rows.columnCount) columns"), one more was read",
        sql: rows.sql)
    }
    defer { column += 1 }
    return column
  }

  private func cell(_ column: Int32) -> UnsafePointer<UInt8>? {
    guard let value = unsafe PQgetvalue(rows.result, row, column) else { return nil }
    return unsafe UnsafePointer(UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self))
  }

  private func length(_ column: Int32) -> Int { unsafe Int(PQgetlength(rows.result, row, column)) }

  private func misfit(_ column: Int32, _ problem: String) -> PostgresError {
    let name = unsafe PQfname(rows.result, column).map { unsafe String(cString: $0) } ?? "?"
    var error = PostgresError(
      sqlState: "22000", message: "column \(column + 1) (\(name)) \(problem)", sql: rows.sql)
    error.column = name
    return error
  }
}
