// SPDX-License-Identifier: GPL-3.0-or-later

/// A place where an account is signed in.
public struct OpenSession: Codable, Sendable, Equatable, Identified {
  public typealias ID = Identifier<OpenSession>
  public static let idPrefix = "ses"
  /// A session that is not used ends after this time.
  public static let idleSecondsMax: Int64 = 60 * 86_400

  public var id: ID
  /// What the person, or the program, called it.
  public var device: String
  /// Whether it is the one that asks.
  public var isCurrent: Bool
  public var createdAt: Timestamp
  public var lastUsedAt: Timestamp

  public init(id: ID, device: String, isCurrent: Bool, createdAt: Timestamp, lastUsedAt: Timestamp) {
    self.id = id
    self.device = device
    self.isCurrent = isCurrent
    self.createdAt = createdAt
    self.lastUsedAt = lastUsedAt
  }

  static let example = OpenSession(
    id: .example, device: "workshop laptop", isCurrent: true, createdAt: .example, lastUsedAt: .example)
}

public struct SessionChoice: Codable, Sendable, Equatable {
  public var session: OpenSession.ID
  public init(session: OpenSession.ID) { self.session = session }
}

extension Identity {
  public static let sessions = Endpoint<Nothing, Page<OpenSession>>(
    "identity.sessions", .get, "/me/sessions", for: .session, "Where you are signed in, last used first",
    traits: Traits(caching: .personal), example: Example(Nothing(), gives: Page(items: [.example])))

  public static let revokeSession = Endpoint<SessionChoice, Nothing>(
    "identity.revoke_session", .post, "/me/sessions/revoke", for: .signedIn,
    "End one of your sessions; its access token stops working within a minute",
    traits: Traits(status: 204, idempotency: .accepted, limit: .write), refusals: [.notFound],
    example: Example(SessionChoice(session: .example), gives: Nothing()))

  public static let revokeOtherSessions = Endpoint<Nothing, Nothing>(
    "identity.revoke_other_sessions", .post, "/me/sessions/revoke-others", for: .signedIn,
    "End all of your sessions but this one",
    traits: Traits(status: 204, idempotency: .accepted, limit: .write, body: .none),
    example: Example(Nothing(), gives: Nothing()))
}
