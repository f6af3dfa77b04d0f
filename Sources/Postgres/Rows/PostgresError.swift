// SPDX-License-Identifier: GPL-3.0-or-later
internal import CPostgres

/// A statement or connection that failed. It never holds bound values.
public struct PostgresError: Error, Sendable {
  /// The five characters of the SQL standard and PostgreSQL (manual, appendix A).
  public var sqlState: String
  public var message: String
  public var detail: String?
  public var hint: String?
  public var constraint: String?
  public var schema: String?
  public var table: String?
  public var column: String?
  /// Where in the statement the mistake is, in characters from 1.
  public var position: Int?
  /// The statement's text with `$n` in place of values.
  public var sql: String
  /// Whether the statement may have taken effect although no answer came: its connection was lost meanwhile.
  public var mayHaveExecuted: Bool

  public init(sqlState: String, message: String, sql: String = "", mayHaveExecuted: Bool = false) {
    self.sqlState = sqlState
    self.message = message
    self.sql = sql
    self.mayHaveExecuted = mayHaveExecuted
  }

  public var isUniqueViolation: Bool { sqlState == "23505" }
  public var isForeignKeyViolation: Bool { sqlState == "23503" }
  public var isCheckViolation: Bool { sqlState == "23514" }
  /// Whether the connection went away, whatever became of the statement.
  public var isConnectionLoss: Bool { sqlState.hasPrefix("08") || ["57P01", "57P02", "57P03"].contains(sqlState) }
  /// Whether the whole transaction deserves another try: a serialization failure or a deadlock.
  public var isTransient: Bool { sqlState == "40001" || sqlState == "40P01" }

  /// A prepared statement that no longer fits: the table changed, or the server forgot it.
  var isStalePlan: Bool {
    sqlState == "26000" || (sqlState == "0A000" && message.contains("cached plan must not change result type"))
  }
}

extension PostgresError: CustomStringConvertible {
  /// The detail is left out: PostgreSQL quotes values in it.
  public var description: String {
    var text = "\(sqlState): \(message)"
    if let constraint { text += " (constraint \(constraint))" }
    if let hint { text += "; \(hint)" }
    if mayHaveExecuted { text += "; the statement may have taken effect" }
    if !sql.isEmpty { text += " in: \(sql)" }
    return text
  }
}

extension PostgresError {
  /// Reads the fields of a failed result.
  init(result: OpaquePointer, sql: String) {
    func field(_ code: Character) -> String? {
      guard let value = unsafe PQresultErrorField(result, Int32(code.asciiValue ?? 0)) else { return nil }
      return unsafe String(cString: value)
    }
    let whole = unsafe PQresultErrorMessage(result).map { unsafe String(cString: $0) } ?? ""
    // Codes of error fields: manual, "Error and Notice Message Fields".
    self.init(sqlState: field("C") ?? "08006", message: field("M") ?? whole.trimmedLine, sql: sql)
    detail = field("D")
    hint = field("H")
    constraint = field("n")
    schema = field("s")
    table = field("t")
    column = field("c")
    position = field("P").flatMap { Int($0) }
    mayHaveExecuted = field("C") == nil
  }

  static func connectionLost(_ message: String, sql: String = "", mayHaveExecuted: Bool) -> PostgresError {
    PostgresError(sqlState: "08006", message: message, sql: sql, mayHaveExecuted: mayHaveExecuted)
  }
}

extension String {
  /// Without white space at the end: libpq's messages end with a line feed.
  var trimmedLine: String {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
