// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres

/// Reads the audit log in pages, from its end.
struct AuditReader: Sendable {
  let database: Database
  let cursors: CursorSeal

  func page(_ query: AuditQuery) async throws -> Reply<Page<AuditEntry>> {
    let limit = query.limit ?? PageLimit.standard
    let question = AuditReader.question(query)
    let before = try cursors.open(query.cursor, question: question, count: 1).map { values in
      guard let number = Int64(values[0]) else { throw InvalidCursor() }
      return number
    }
    var entries = try await database.query(
      AuditReader.statement(query, before: before, limit: limit + 1), AuditReader.read)
    let hasMore = entries.count > limit
    if hasMore { entries.removeLast() }
    let next = hasMore ? entries.last.map { cursors.seal([String($0.number)], question: question) } : nil
    return .value(Page(items: entries, nextCursor: next))
  }

  private static func question(_ query: AuditQuery) -> String {
    let parts = [
      query.actor, query.action?.rawValue, query.subject, query.since?.description, query.until?.description,
    ]
    return "audit\n" + parts.map { $0 ?? "" }.joined(separator: "\n")
  }

  private static func statement(_ query: AuditQuery, before: Int64?, limit: Int) -> SQL {
    let actor: SQL = query.actor.map { "and l.actor = \($0)" } ?? ""
    let action: SQL = query.action.map { "and l.action = \($0.rawValue)" } ?? ""
    let subject: SQL = query.subject.map { "and l.subject = \($0)" } ?? ""
    let since: SQL = query.since.map { "and l.at_microseconds >= \($0.microseconds)" } ?? ""
    let until: SQL = query.until.map { "and l.at_microseconds < \($0.microseconds)" } ?? ""
    let place: SQL = before.map { "and l.number < \($0)" } ?? ""
    return """
      select l.number, l.at_microseconds, l.actor, a.name, l.action, l.subject, s.name, l.detail
      from audit_log l
        left join accounts a on a.id = l.actor
        left join accounts s on s.id = l.subject
      where true \(actor) \(action) \(subject) \(since) \(until) \(place)
      order by l.number desc
      limit \(limit)
      """
  }

  @Sendable private static func read(_ row: inout RowReader) throws -> AuditEntry {
    AuditEntry(
      number: try row.next(Int.self), at: Timestamp(microseconds: try row.next(Int64.self)),
      actor: try row.next(String.self), actorName: try row.next(String?.self), action: try row.next(String.self),
      subject: try row.next(String.self), subjectName: try row.next(String?.self),
      detail: try facts(try row.next(String.self)))
  }

  /// The members of the detail, each as a text.
  static func facts(_ text: String) throws -> [AuditFact] {
    guard case .object(let members) = try JSONDecoder().decode(JSONValue.self, from: Array(text.utf8)) else {
      return []
    }
    return try members.map { AuditFact($0.0, try words($0.1)) }
  }

  private static func words(_ value: JSONValue) throws -> String {
    switch value {
    case .string(let text): text
    case .array([]): "none"
    case .array(let values): try values.map(words).joined(separator: ", ")
    default: String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
  }
}
