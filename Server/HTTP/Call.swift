// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import Market

// The map of the HTTP layer:
//   API            one request from bytes to bytes: the order in which everything below is asked
//   RouteTable     finds the route of a method and path; Routes binds handlers to endpoints
//   Call, Reply    what a handler is given and gives back
//   InputReader    path, query and body into an endpoint's input
//   EntityTag      versions as ETags; If-Match and If-None-Match
//   AnsweredRequests  the memory behind Idempotency-Key
//   RateLimiter    token buckets per caller
//   Cursor         signed places in a list
//   ProblemAnswer  errors into problems
//   CrossOrigin    what browsers of other origins may do

/// What a handler knows of the request beyond its input.
struct Call: Sendable {
  var requestID: String
  var principal: Principal?
  /// How long the caller's token holds, for answers that outlast a moment.
  var lease: TokenLease?
  /// The guest whose pass came along. Whether it is one still, the query that reads its things decides.
  var guest: Guest.ID?
  /// The network that the caller's address is in: the unit in which guessing is limited.
  var network: String
  var language: Language
  /// The version named by If-Match, for endpoints that demand it.
  var match: VersionMatch
  var idempotencyKey: String?
  /// The event after which a stream goes on.
  var lastEventID: String?
  var wantsEvents: Bool
  /// The uploaded body, for endpoints that take a file.
  var file: SpooledFile?

  /// The caller; endpoints for the signed in have one.
  var caller: Principal {
    guard let principal else { preconditionFailure("only endpoints for the signed in ask for the caller") }
    return principal
  }

  var account: Account.ID { caller.account }
  var member: ShopMember { ShopMember(caller) }

  /// The session; endpoints that no API key may call have one.
  var session: OpenSession.ID {
    guard let session = caller.session else { preconditionFailure("only endpoints closed to keys ask for the session") }
    return session
  }
}

/// What a handler answers.
struct Reply<Output: Encodable & Sendable>: Sendable {
  enum Content: Sendable {
    case value(Output)
    /// JSON bytes that were made before.
    case ready([UInt8])
    /// A picture or another file, with its media type.
    case media(HTTPResponse.Body, type: String)
    case events(HTTPResponse)
    case nothing
  }

  var content: Content
  var tag: EntityTag?
  var location: String?
  /// Where the thing in the answer lives, when that is not the address that was called: caches forget what they have
  /// of it (RFC 9111, section 4.4).
  var contentLocation: String?
  /// Other than the endpoint's, when this very answer is more private.
  var caching: Caching?

  static func value(_ output: Output, tag: EntityTag? = nil, location: String? = nil) -> Reply {
    Reply(content: .value(output), tag: tag, location: location)
  }

  static func ready(_ bytes: [UInt8], tag: EntityTag? = nil, caching: Caching? = nil) -> Reply {
    Reply(content: .ready(bytes), tag: tag, caching: caching)
  }

  static var nothing: Reply { Reply(content: .nothing) }
}
