// SPDX-License-Identifier: GPL-3.0-or-later
internal import CSQLite

/// Why SQLite did not do as asked.
public enum SQLiteError: Error, Sendable, Equatable {
  /// The file is damaged or no database: its owner may delete and rebuild it.
  case corrupt(message: String)
  /// Another connection held the lock for longer than the busy time-out.
  case busy
  /// Anything else; `code` is SQLite's extended result code, `sql` never holds bound values.
  case failed(code: Int32, message: String, sql: String)
  /// A column does not hold what the caller reads.
  case wrongType(column: Int, wanted: String)

  init(code: Int32, message: String, sql: String) {
    switch code & 0xff {
    case SQLITE_CORRUPT, SQLITE_NOTADB: self = .corrupt(message: message)
    case SQLITE_BUSY: self = .busy
    default: self = .failed(code: code, message: message, sql: sql)
    }
  }
}
