// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres

/// The append-only log of what matters. An entry is written in the transaction of what it tells of; append it last,
/// because entries wait for one another until they commit.
enum AuditLog {
  static func append(
    _ action: AuditAction, by actor: Account.ID, subject: String, _ detail: JSONValue = .object([]),
    in transaction: Transaction
  ) async throws {
    try await append(action, actor: actor.text, subject: subject, detail, in: transaction)
  }

  static func append(
    _ action: AuditAction, actor: String, subject: String, _ detail: JSONValue = .object([]),
    in transaction: Transaction
  ) async throws {
    let text = String(decoding: try JSONEncoder().encode(detail), as: UTF8.self)
    try await transaction.execute(
      "select append_audit(\(actor), \(action.rawValue), \(subject), \(text))")
  }
}
