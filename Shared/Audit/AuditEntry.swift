// SPDX-License-Identifier: GPL-3.0-or-later

/// One line of the audit log.
public struct AuditEntry: Codable, Sendable, Equatable {
  /// Its place in the chain.
  public var number: Int
  public var at: Timestamp
  /// An account's id, `system`, or the name of a command.
  public var actor: String
  public var actorName: String?
  /// A word as in `AuditAction`. As text, because an older reader meets newer words.
  public var action: String
  public var subject: String
  public var subjectName: String?
  public var detail: [AuditFact]

  public init(
    number: Int, at: Timestamp, actor: String, actorName: String? = nil, action: String, subject: String,
    subjectName: String? = nil, detail: [AuditFact] = []
  ) {
    self.number = number
    self.at = at
    self.actor = actor
    self.actorName = actorName
    self.action = action
    self.subject = subject
    self.subjectName = subjectName
    self.detail = detail
  }

  static let example = AuditEntry(
    number: 4711, at: .example, actor: Account.ID.example.text, actorName: "Inês Duarte",
    action: AuditAction.scopesGranted.rawValue, subject: Account.ID.example.text, subjectName: "Robin Weber",
    detail: [AuditFact("scopes", "moderation, support")])
}

public struct AuditFact: Codable, Sendable, Equatable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Which lines of the audit log, the newest first.
public struct AuditQuery: Codable, Sendable, Equatable, Ruled {
  public var actor: String?
  public var action: AuditAction?
  public var subject: String?
  public var since: Timestamp?
  /// Before this moment.
  public var until: Timestamp?
  public var limit: Int?
  public var cursor: String?

  public init(
    actor: String? = nil, action: AuditAction? = nil, subject: String? = nil, since: Timestamp? = nil,
    until: Timestamp? = nil, limit: Int? = nil, cursor: String? = nil
  ) {
    self.actor = actor
    self.action = action
    self.subject = subject
    self.since = since
    self.until = until
    self.limit = limit
    self.cursor = cursor
  }

  public static let rules: [Rule<AuditQuery>] = [
    .text("actor", \.actor, 1...100), .text("subject", \.subject, 1...100),
    .number("limit", \.limit, PageLimit.allowed), .text("cursor", \.cursor, 1...512, .code),
  ]
}
