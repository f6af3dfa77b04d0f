// SPDX-License-Identifier: GPL-3.0-or-later

/// How an endpoint behaves on the wire beyond its types.
public struct Traits: Sendable {
  public var status: Int
  public var caching: Caching
  /// The resource is edited under optimistic concurrency: the call must name the version it saw.
  public var requiresMatch: Bool
  /// Whether an Idempotency-Key is accepted, and whether it must be there.
  public var idempotency: Idempotency
  public var limit: LimitClass
  public var body: BodyKind
  public var answer: AnswerKind
  public var sensitivity: Sensitivity
  /// The scope with which an API key may call; none may without one.
  public var keys: KeyScope?

  public init(
    status: Int = 200, caching: Caching = .never, requiresMatch: Bool = false, idempotency: Idempotency = .none,
    limit: LimitClass = .read, body: BodyKind = .json, answer: AnswerKind = .json,
    sensitivity: Sensitivity = .plain, keys: KeyScope? = nil
  ) {
    self.status = status
    self.caching = caching
    self.requiresMatch = requiresMatch
    self.idempotency = idempotency
    self.limit = limit
    self.body = body
    self.answer = answer
    self.sensitivity = sensitivity
    self.keys = keys
  }
}

/// What Cache-Control says of an answer.
public enum Caching: Sendable, Equatable {
  case never
  /// Anybody may keep it; after `seconds` it may still be shown while it is asked for again.
  case shared(seconds: Int)
  /// Only the caller may keep it, and must ask again before using it.
  case personal
  /// The address names the content: it never changes.
  case immutable
}

public enum Idempotency: Sendable, Equatable { case none, accepted, required }

/// Endpoints of one class share a token bucket per caller.
public enum LimitClass: String, Sendable, CaseIterable { case read, search, write, upload, signIn = "sign_in" }

public enum BodyKind: Sendable, Equatable {
  case json
  /// Everything is said by the path: a move such as archiving has no body.
  case none
  /// The body is a file of one of these types, streamed to disk.
  case file(types: [String], bytesMax: Int)
}

public enum AnswerKind: Sendable, Equatable {
  case json
  case file(types: [String])
  /// A page of JSON, or a stream of server-sent events when the caller accepts `text/event-stream`.
  case eventsOrPage
}
