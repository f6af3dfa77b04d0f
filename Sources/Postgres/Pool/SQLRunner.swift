// SPDX-License-Identifier: GPL-3.0-or-later

/// What runs statements: a database, or a transaction of one.
public protocol SQLRunner: Sendable {
  /// Runs one statement and returns its whole answer.
  func rows(of sql: SQL) async throws -> Rows
}

extension SQLRunner {
  /// Every row, read by the closure.
  public func query<Row: Sendable>(
    _ sql: SQL, _ read: @Sendable (inout RowReader) throws -> Row
  ) async throws -> [Row] {
    try await rows(of: sql).map(read)
  }

  /// The first row, if there is one.
  public func first<Row: Sendable>(
    _ sql: SQL, _ read: @Sendable (inout RowReader) throws -> Row
  ) async throws -> Row? {
    let rows = try await rows(of: sql)
    return rows.count == 0 ? nil : try rows.read(row: 0, read)
  }

  /// The first column of every row.
  public func values<Value: PostgresValue>(_ sql: SQL, as type: Value.Type = Value.self) async throws -> [Value] {
    try await query(sql) { row in try row.next(Value.self) }
  }

  /// How many rows the statement touched.
  @discardableResult
  public func execute(_ sql: SQL) async throws -> Int {
    try await rows(of: sql).affected
  }
}
