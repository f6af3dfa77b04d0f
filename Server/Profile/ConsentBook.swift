// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// The record of what people have agreed to: every statement is added, none is changed.
struct ConsentBook: Sendable {
  let database: Database

  /// How somebody stands to each, also to what was never asked.
  func list(_ call: Call) async throws -> Reply<Page<Consent>> {
    let said = try await newest(of: call.account, in: database)
    return .value(
      Page(items: ConsentKind.allCases.map { kind in said.first { $0.kind == kind } ?? Consent(kind: kind) }))
  }

  func record(_ statement: ConsentStatement, _ call: Call, _ transaction: Transaction) async throws -> Reply<Consent> {
    guard PublishedTexts.contain(statement.kind, statement.textVersion) else {
      throw InputFault.invalid([
        FieldError(
          "/text_version", "unknown", "The market has published no such text. GET /consents/texts has those that hold.")
      ])
    }
    try await AccountLock.take(call.account, in: transaction)
    let before = try await newest(of: call.account, in: transaction).first { $0.kind == statement.kind }
    if let before, before.says(statement) { return .value(before) }
    let written = try await transaction.first(
      """
      insert into consents (account, kind, is_given, text_version, place, session)
      values (\(call.account.text), \(statement.kind.rawValue), \(statement.isGiven), \(statement.textVersion),
        \(statement.place), \(call.session.text))
      returning kind, is_given, text_version, place, at
      """, Self.read)
    guard let written else { throw UnreadableColumn(description: "a consent was not written") }
    // What was kept by a consent goes with it.
    if statement.kind == .personalisation, !statement.isGiven {
      try await transaction.execute(ViewQueries.forget(call.account))
    }
    return .value(written)
  }

  /// Whether the newest statement gives it.
  static func isGiven(_ kind: ConsentKind, by account: Account.ID, in runner: some SQLRunner) async throws -> Bool {
    try await runner.first(
      """
      select is_given from consents
      where account = \(account.text) and kind = \(kind.rawValue)
      order by number desc
      limit 1
      """
    ) { row in try row.next(Bool.self) } ?? false
  }

  private func newest(of account: Account.ID, in runner: some SQLRunner) async throws -> [Consent] {
    try await runner.query(
      """
      select distinct on (kind) kind, is_given, text_version, place, at
      from consents
      where account = \(account.text)
      order by kind, number desc
      """, Self.read)
  }

  @Sendable private static func read(_ row: inout RowReader) throws -> Consent {
    Consent(
      kind: try row.nextWord(ConsentKind.self), isGiven: try row.next(Bool.self),
      textVersion: try row.next(String.self), place: try row.next(String.self), at: try row.nextTimestamp())
  }
}
