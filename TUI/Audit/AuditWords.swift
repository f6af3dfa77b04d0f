// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// What the log is narrowed to.
struct AuditFilter: Sendable, Equatable {
  enum Kind: Sendable { case actor, action, subject }

  var kind: Kind
  var value: String

  init(_ kind: Kind, _ value: String) {
    self.kind = kind
    self.value = value
  }

  var words: String {
    switch kind {
    case .actor: "by \(value)"
    case .action: value
    case .subject: "to \(value)"
    }
  }
}

extension AuditEntry {
  /// All of it, in words.
  var facts: [AuditFact] {
    func named(_ id: String, _ name: String?) -> String { name.map { "\($0)  \(id)" } ?? id }
    return [
      AuditFact("Entry", "\(number), \(at)"), AuditFact("Who", named(actor, actorName)), AuditFact("What", action),
      AuditFact("To", named(subject, subjectName)),
    ] + detail
  }
}

extension AuditScreen {
  func outline(_ context: Context) -> [OutlineLine] {
    let narrowed = filters.map { ", \($0.words)" }.joined()
    return [OutlineLine("Audit: \(entries.count)\(nextCursor == nil ? "" : " or more")\(narrowed)")]
      + phase.outline(context, isEmpty: entries.isEmpty, nothing: "There is no such entry.")
      + entries.enumerated().map { index, entry in
        let when = Words.since(context.now - entry.at.microseconds / 1_000_000)
        let facts =
          ["\(entry.actorName ?? entry.actor), \(entry.action), to \(entry.subjectName ?? entry.subject), \(when)"]
          + entry.detail.map { "\($0.name) \($0.value)" }
        return OutlineLine(facts.joined(separator: ", "), choice: "\(index + 1)")
      }
  }
}
