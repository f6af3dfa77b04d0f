// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Postgres

/// A column that holds sealed values, and how a value's place is told from its row. By convention the place is the table,
/// the column and the key, in this order.
struct SealedColumn: Sendable {
  var table: String
  var column: String
  /// The columns, all of them text, that tell one row from the others.
  var key: [String]

  /// Every sealed column of the schema. A test compares the list with the schema, so that none is left behind when keys
  /// are rotated.
  static let all = [
    SealedColumn(table: "addresses", column: "sealed", key: ["id", "account"]),
    SealedColumn(table: "answered_requests", column: "sealed_body", key: ["principal", "key"]),
    SealedColumn(table: "contacts", column: "sealed", key: ["account", "kind"]),
    SealedColumn(table: "guests", column: "sealed", key: ["id"]),
    SealedColumn(table: "provider_attempts", column: "sealed", key: ["id"]),
    SealedColumn(table: "sign_in_codes", column: "sealed_contact", key: ["id"]),
    SealedColumn(table: "signing_keys", column: "sealed_seed", key: ["id"]),
    SealedColumn(table: "two_factor", column: "sealed_secret", key: ["account"]),
  ]

  func place(_ key: [String]) -> SealedPlace {
    switch key.count {
    case 1: SealedPlace(table, column, key[0])
    case 2: SealedPlace(table, column, key[0], key[1])
    default: preconditionFailure("a row's key has one or two columns")
    }
  }

  struct Row: Sendable {
    var key: [String]
    var sealed: [UInt8]

    @Sendable static func read(_ row: inout RowReader) throws -> Row {
      Row(key: try row.next([String].self), sealed: try row.next([UInt8].self))
    }
  }

  /// The rows that other keys than this one have sealed, in the order of their keys, behind a given one.
  func rows(notSealedBy newest: Int, after key: [String], limit: Int) -> SQL {
    let names = self.key.joined(separator: ", ")
    let head = DataKeys.head(of: DataKey.ID(newest))
    var behind: SQL = ""
    if !key.isEmpty {
      behind = "and (\(unescaped: names)) > (\(key[0])"
      for value in key.dropFirst() { behind += ", \(value)" }
      behind += ")"
    }
    return """
      select array[\(unescaped: names)], \(unescaped: column)
      from \(unescaped: table)
      where substring(\(unescaped: column) from 1 for \(head.count)::int) <> \(head) \(behind)
      order by \(unescaped: names)
      limit \(limit)
      """
  }

  /// Writes a value that was sealed anew, unless the row has got another one meanwhile.
  func replace(_ row: Row, by sealed: [UInt8]) -> SQL {
    var statement: SQL = """
      update \(unescaped: table)
      set \(unescaped: column) = \(sealed)
      where \(unescaped: column) = \(row.sealed)
      """
    for (name, value) in zip(key, row.key) { statement += " and \(unescaped: name) = \(value)" }
    return statement
  }
}
