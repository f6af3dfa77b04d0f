// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds statements on tables whose rows belong to somebody that do not say whose rows they mean.
///
/// It reads the server's sources, so it sees every statement, also those that no test runs. A statement on an owned table
/// binds its owner's column, or the lines above it say why it need not: `// Owner: …`.
enum OwnerTripwire {
  /// Tables, and the column that says whose a row is.
  static let owned: [String: String] = [
    "sessions": "account", "two_factor": "account", "recovery_codes": "account", "contacts": "account",
    "admin_scopes": "account", "shop_members": "account", "refresh_tokens": "session", "products": "shop",
    "profiles": "account", "addresses": "account", "consents": "account", "guests": "id",
    "provider_identities": "account", "api_keys": "account", "product_proposals": "product", "wishlists": "account",
    "wishes": "account", "product_views": "account",
  ]

  struct Statement: Equatable {
    var line: Int
    var text: String
    /// What the lines above say of its owner.
    var reason: String?
  }

  /// The owned tables that a statement touches without binding their owner.
  static func faults(_ statement: Statement) -> [String] {
    if statement.reason != nil { return [] }
    let words = statement.text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    var faults: [String] = []
    for (table, column) in owned where touches(words, table) {
      if words.contains("insert") && words.contains(column) { continue }
      let text = statement.text.lowercased()
      if !binds(text, column) && !bindsMember(text) && !bindsAccountRow(text) { faults.append(table) }
    }
    return faults.sorted()
  }

  /// Whether it asks for a member of a shop and forgets that an API key may be for one shop only.
  static func forgetsLimit(_ statement: Statement) -> Bool {
    let text = statement.text.lowercased()
    return statement.reason == nil && text.contains("shop_members m") && text.contains("m.account = \\(")
      && !text.contains(".limit)")
  }

  private static func touches(_ words: [String], _ table: String) -> Bool {
    zip(words, words.dropFirst()).contains { $1 == table && ["from", "join", "update", "into"].contains($0) }
  }

  /// `account = \(…)`, with or without an alias.
  private static func binds(_ text: String, _ column: String) -> Bool {
    for range in text.ranges(of: column) {
      let rest = text[range.upperBound...].drop { $0 == " " }
      if rest.hasPrefix("= \\(") || rest.hasPrefix("=\\(") { return true }
    }
    return false
  }

  /// Membership of the row's shop, joined to the caller: `m.account = \(…)`.
  private static func bindsMember(_ text: String) -> Bool {
    text.contains("shop_members") && binds(text, "account")
  }

  /// The row of an account that is bound, with what belongs to it: `account = a.id … a.id = \(…)`.
  private static func bindsAccountRow(_ text: String) -> Bool {
    text.contains("account = a.id") && text.contains("a.id = \\(")
  }

  /// The string literals of a source that are statements.
  static func statements(in source: String) -> [Statement] {
    var found: [Statement] = []
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var index = 0
    while index < lines.count {
      let start = index
      var text: String?
      if lines[index].contains("\"\"\"") {
        var body: [String] = []
        index += 1
        while index < lines.count, !lines[index].contains("\"\"\"") {
          body.append(lines[index].drop { $0 == " " }.description)
          index += 1
        }
        text = body.joined(separator: "\n")
      } else if let open = lines[index].firstIndex(of: "\""), let close = lines[index].lastIndex(of: "\""), open < close
      {
        text = String(lines[index][lines[index].index(after: open)..<close])
      }
      if let text, isStatement(text) {
        found.append(Statement(line: start + 1, text: text, reason: reason(lines, start)))
      }
      index += 1
    }
    return found
  }

  private static func isStatement(_ text: String) -> Bool {
    ["select ", "insert ", "update ", "delete ", "with ", "select\n", "update\n"].contains { text.hasPrefix($0) }
  }

  /// A comment `// Owner: …` in the three lines above.
  private static func reason(_ lines: [String], _ line: Int) -> String? {
    for above in lines[max(0, line - 3)..<line].reversed() {
      if let mark = above.firstRange(of: "// Owner: ") { return String(above[mark.upperBound...]) }
      // What stands above another text is said of that one.
      if above.contains("\"") { return nil }
    }
    return nil
  }
}
