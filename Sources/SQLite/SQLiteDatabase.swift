// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite in one file on this machine.
//
//   SQLiteDatabase    an open file: statements, queries, transactions
//   SQLiteStatement   prepared SQL, kept for its next use
//   SQLiteValue       what is bound; SQLiteRow reads what comes back
//   SQLiteError       damage and lock time-outs have cases of their own
internal import CSQLite

/// An open database: write-ahead log, so that readers and a writer of other processes do not wait for each other.
///
/// Used by one thread at a time: the class is not `Sendable`. With `synchronous = normal` a power cut may lose the last
/// transactions but harms nothing.
@safe
public final class SQLiteDatabase {
  private let handle: OpaquePointer
  private var statements: [String: SQLiteStatement] = [:]
  private static let statementsMax = 64

  /// Opens or makes the file. Throws `.corrupt` where it is no database.
  public init(path: String, busyTimeout: Duration = .seconds(5)) throws(SQLiteError) {
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
    guard code == SQLITE_OK, let handle = unsafe opened else {
      let message = unsafe opened.map { unsafe String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      unsafe sqlite3_close_v2(opened)
      throw SQLiteError(code: code, message: message, sql: "")
    }
    unsafe self.handle = handle
    unsafe sqlite3_extended_result_codes(handle, 1)
    let milliseconds =
      busyTimeout.components.seconds * 1000 + busyTimeout.components.attoseconds / 1_000_000_000_000_000
    unsafe sqlite3_busy_timeout(handle, Int32(clamping: milliseconds))
    try useWriteAheadLog(withinMilliseconds: milliseconds)
    try execute("pragma synchronous = normal")
    try execute("pragma foreign_keys = on")
  }

  /// Statements go before the connection that they belong to.
  deinit {
    statements.removeAll()
    unsafe sqlite3_close_v2(handle)
  }

  /// SQLite does not wait by itself while another process makes the same switch.
  private func useWriteAheadLog(withinMilliseconds limit: Int64) throws(SQLiteError) {
    let pauseMilliseconds: Int32 = 5
    var waited: Int64 = 0
    while true {
      do throws(SQLiteError) {
        try execute("pragma journal_mode = wal")
        return
      } catch {
        guard error == .busy, waited < limit else { throw error }
        sqlite3_sleep(pauseMilliseconds)
        waited += Int64(pauseMilliseconds)
      }
    }
  }

  // MARK: Statements

  /// Runs one statement; returns the number of rows it changed.
  @discardableResult
  public func execute(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) -> Int {
    let statement = try take(sql)
    defer { keep(statement, sql) }
    try statement.bind(values)
    let before = unsafe sqlite3_total_changes64(handle)
    while try statement.step() {}
    return unsafe Int(sqlite3_total_changes64(handle) - before)
  }

  /// Reads every row of a query.
  public func query<Result>(
    _ sql: String, _ values: SQLiteValue..., read: (borrowing SQLiteRow) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> [Result] {
    let statement = try take(sql)
    defer { keep(statement, sql) }
    try statement.bind(values)
    var results: [Result] = []
    while try statement.step() { results.append(try read(SQLiteRow(statement))) }
    return results
  }

  /// Reads the first row of a query.
  public func first<Result>(
    _ sql: String, _ values: SQLiteValue..., read: (borrowing SQLiteRow) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result? {
    let statement = try take(sql)
    defer { keep(statement, sql) }
    try statement.bind(values)
    return try statement.step() ? try read(SQLiteRow(statement)) : nil
  }

  /// Runs several statements separated by semicolons, as a schema has.
  public func run(script: String) throws(SQLiteError) {
    let code = unsafe sqlite3_exec(handle, script, nil, nil, nil)
    if code == SQLITE_OK { return }
    throw SQLiteError(code: code, message: unsafe String(cString: sqlite3_errmsg(handle)), sql: script)
  }

  /// All of `body` or nothing. Takes the writer's lock at once, so that it is never refused half-way.
  @discardableResult
  public func transaction<Result>(_ body: () throws -> Result) throws -> Result {
    precondition(unsafe sqlite3_get_autocommit(handle) != 0, "transactions do not nest")
    try execute("begin immediate")
    do {
      let result = try body()
      try execute("commit")
      return result
    } catch {
      // Some errors end the transaction by themselves; the first error is the one to tell.
      if unsafe sqlite3_get_autocommit(handle) == 0 { _ = try? execute("rollback") }
      throw error
    }
  }

  /// Looks through the whole file; throws `.corrupt` with the first thing found.
  public func verify() throws(SQLiteError) {
    let found = try first("pragma quick_check(1)") { row throws(SQLiteError) in try row.string(0) }
    if let found, found != "ok" { throw .corrupt(message: found) }
  }

  /// Taken out while in use, so that a query inside a query of the same text gets its own.
  private func take(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
    if let known = statements.removeValue(forKey: sql) { return known }
    return try unsafe SQLiteStatement(sql, on: handle)
  }

  private func keep(_ statement: SQLiteStatement, _ sql: String) {
    statement.reset()
    if statements.count >= Self.statementsMax { statements.removeAll() }
    statements[sql] = statement
  }
}
