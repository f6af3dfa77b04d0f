// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// How keys are spoken of.
enum KeyWords {
  static func scope(_ scope: KeyScope) -> String {
    switch scope {
    case .catalogueRead: "read all that a shop has"
    case .catalogueWrite: "change products and their pictures"
    case .shopWrite: "change what a shop says"
    case .eventsRead: "hear what happens in the shops"
    }
  }

  static func lastUse(_ key: APIKey, _ now: Int64) -> Span {
    if key.hasEnded(at: now) { return Span("○ ended", .warn) }
    return key.lastUsedAt.map { Span(Words.since(now - $0.microseconds / 1_000_000)) } ?? Span("never", .muted)
  }

  static func ending(_ key: APIKey, _ now: Int64) -> String {
    guard let end = key.expiresAt else { return "when it is revoked" }
    if key.hasEnded(at: now) { return "ended" }
    let days = (end.microseconds / 1_000_000 - now + 86_399) / 86_400
    return "in \(Words.count(Int(days), "day", "days"))"
  }

  static func facts(_ key: APIKey, _ now: Int64) -> [(String, [Span])] {
    [
      ("May", [Span(key.scopes.map(scope).joined(separator: ", "))]),
      ("For", [Span(key.shop?.name ?? "all of your shops")]), ("Ends", [Span(ending(key, now))]),
      ("Made", [Span(Words.since(now - key.createdAt.microseconds / 1_000_000), .muted)]),
    ]
  }
}

extension APIKey {
  func hasEnded(at now: Int64) -> Bool { expiresAt.map { $0.microseconds / 1_000_000 <= now } ?? false }
}

extension KeysPane {
  func outline(_ context: Context) -> [OutlineLine] {
    [OutlineLine("API keys: \(keys.count)")]
      + phase.outline(context, isEmpty: keys.isEmpty, nothing: "There is no key.")
      + keys.enumerated().map { index, key in
        let may = key.scopes.map(KeyWords.scope).joined(separator: " and ")
        let facts = [
          key.name, "may \(may)", "for \(key.shop?.name ?? "all of your shops")",
          key.hasEnded(at: context.now) ? "has ended" : "ends \(KeyWords.ending(key, context.now))",
          "last used \(Words.spoken(KeyWords.lastUse(key, context.now).text))",
        ]
        return OutlineLine(facts.joined(separator: ", "), choice: "\(index + 1)")
      }
  }
}
