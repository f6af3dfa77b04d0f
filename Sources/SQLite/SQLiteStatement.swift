// SPDX-License-Identifier: GPL-3.0-or-later
internal import CSQLite

/// A prepared statement; finalised when the last reference goes.
@safe
final class SQLiteStatement {
  private let handle: OpaquePointer
  private let database: OpaquePointer
  private let sql: String

  /// `database` outlives the statement: the database object owns all its statements.
  init(_ sql: String, on database: OpaquePointer) throws(SQLiteError) {
    var handle: OpaquePointer?
    let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
    let code = unsafe sqlite3_prepare_v3(database, sql, -1, flags, &handle, nil)
    guard code == SQLITE_OK, let handle = unsafe handle else {
      throw SQLiteError(code: code, message: unsafe String(cString: sqlite3_errmsg(database)), sql: sql)
    }
    unsafe self.handle = handle
    unsafe self.database = database
    self.sql = sql
  }

  deinit { unsafe sqlite3_finalize(handle) }

  func bind(_ values: [SQLiteValue]) throws(SQLiteError) {
    precondition(unsafe Int(sqlite3_bind_parameter_count(handle)) == values.count, "one value for each ? of \(sql)")
    for (i, value) in values.enumerated() { try check(bind(value, Int32(i + 1))) }
  }

  private func bind(_ value: SQLiteValue, _ position: Int32) -> Int32 {
    // SQLITE_TRANSIENT, a cast that C macros hide: SQLite copies the bytes before the call returns.
    let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    return switch value {
    case .null: unsafe sqlite3_bind_null(handle, position)
    case .int(let value): unsafe sqlite3_bind_int64(handle, position, Int64(value))
    case .double(let value): unsafe sqlite3_bind_double(handle, position, value)
    case .text(let value):
      unsafe sqlite3_bind_text64(handle, position, value, UInt64(value.utf8.count), copied, UInt8(SQLITE_UTF8))
    case .bytes(let value) where value.isEmpty: unsafe sqlite3_bind_zeroblob(handle, position, 0)
    case .bytes(let value): unsafe sqlite3_bind_blob64(handle, position, value, UInt64(value.count), copied)
    }
  }

  /// True when there is a row.
  func step() throws(SQLiteError) -> Bool {
    let code = unsafe sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    throw SQLiteError(code: code, message: unsafe String(cString: sqlite3_errmsg(database)), sql: sql)
  }

  /// Ready for the next use; what failed before has been thrown already.
  func reset() {
    unsafe sqlite3_reset(handle)
    unsafe sqlite3_clear_bindings(handle)
  }

  private func check(_ code: Int32) throws(SQLiteError) {
    if code == SQLITE_OK { return }
    throw SQLiteError(code: code, message: unsafe String(cString: sqlite3_errmsg(database)), sql: sql)
  }

  // MARK: Columns

  func type(_ column: Int) -> Int32 {
    let count = unsafe Int(sqlite3_column_count(handle))
    precondition(column >= 0 && column < count, "a column of \(sql)")
    return unsafe sqlite3_column_type(handle, Int32(column))
  }

  func int(_ column: Int) -> Int64 { unsafe sqlite3_column_int64(handle, Int32(column)) }

  func double(_ column: Int) -> Double { unsafe sqlite3_column_double(handle, Int32(column)) }

  /// The text's or blob's bytes, copied: the next step invalidates SQLite's own.
  func bytes(_ column: Int) -> [UInt8] {
    guard let start = unsafe sqlite3_column_blob(handle, Int32(column)) else { return [] }
    let count = unsafe Int(sqlite3_column_bytes(handle, Int32(column)))
    return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }
}
