// SPDX-License-Identifier: GPL-3.0-or-later
internal import CSQLite

/// The row that a query stands on, read by position from 0; valid inside the closure that gets it.
public struct SQLiteRow: ~Copyable {
  private let statement: SQLiteStatement

  init(_ statement: SQLiteStatement) { self.statement = statement }

  public func isNull(_ column: Int) -> Bool { statement.type(column) == SQLITE_NULL }

  public func int(_ column: Int) throws(SQLiteError) -> Int {
    guard statement.type(column) == SQLITE_INTEGER else { throw .wrongType(column: column, wanted: "integer") }
    return Int(statement.int(column))
  }

  public func bool(_ column: Int) throws(SQLiteError) -> Bool { try int(column) != 0 }

  public func double(_ column: Int) throws(SQLiteError) -> Double {
    let type = statement.type(column)
    guard type == SQLITE_FLOAT || type == SQLITE_INTEGER else { throw .wrongType(column: column, wanted: "number") }
    return statement.double(column)
  }

  public func string(_ column: Int) throws(SQLiteError) -> String {
    guard statement.type(column) == SQLITE_TEXT else { throw .wrongType(column: column, wanted: "text") }
    return String(decoding: statement.bytes(column), as: UTF8.self)
  }

  public func bytes(_ column: Int) throws(SQLiteError) -> [UInt8] {
    let type = statement.type(column)
    guard type == SQLITE_BLOB || type == SQLITE_TEXT else { throw .wrongType(column: column, wanted: "bytes") }
    return statement.bytes(column)
  }

  public func optionalInt(_ column: Int) throws(SQLiteError) -> Int? { isNull(column) ? nil : try int(column) }

  public func optionalString(_ column: Int) throws(SQLiteError) -> String? { isNull(column) ? nil : try string(column) }
}
