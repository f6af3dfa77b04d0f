// SPDX-License-Identifier: GPL-3.0-or-later

/// The closed list of problems. Each has a stable wire code, a status and a documented address.
public enum ProblemCode: String, Sendable, CaseIterable {
  case malformedRequest = "malformed_request"
  case unauthenticated = "unauthenticated"
  case forbidden = "forbidden"
  case notFound = "not_found"
  case methodNotAllowed = "method_not_allowed"
  case notAcceptable = "not_acceptable"
  case conflict = "conflict"
  case slugTaken = "slug_taken"
  case skuTaken = "sku_taken"
  case archivedAlready = "archived_already"
  case notArchived = "not_archived"
  case wrongState = "wrong_state"
  case decidedAlready = "decided_already"
  case claimedByAnother = "claimed_by_another"
  case requestInProgress = "request_in_progress"
  case gone = "gone"
  case positionGone = "position_gone"
  case versionMismatch = "version_mismatch"
  case contentTooLarge = "content_too_large"
  case unsupportedMediaType = "unsupported_media_type"
  case invalidInput = "invalid_input"
  case idempotencyKeyReused = "idempotency_key_reused"
  case invalidCursor = "invalid_cursor"
  case notAPicture = "not_a_picture"
  case versionRequired = "version_required"
  case tooManyRequests = "too_many_requests"
  case headersTooLarge = "headers_too_large"
  case internalFailure = "internal_failure"
  case unavailable = "unavailable"
  case deadlineExceeded = "deadline_exceeded"
  case codeRefused = "code_refused"
  case sessionEnded = "session_ended"
  case secondFactorRequired = "second_factor_required"
  case twoFactorRequired = "two_factor_required"
  case stepUpRequired = "step_up_required"
  case contactTaken = "contact_taken"
  case addressBookFull = "address_book_full"
  case wishlistsFull = "wishlists_full"
  case wishlistFull = "wishlist_full"
  case notForKeys = "not_for_keys"
  case keyScopeMissing = "key_scope_missing"
  case keysFull = "keys_full"
  case lastAdministrator = "last_administrator"
  // Named as RFC 8628 §3.5 names them.
  case authorizationPending = "authorization_pending"
  case slowDown = "slow_down"
  case accessDenied = "access_denied"
  case expiredToken = "expired_token"

  public var status: Int {
    switch self {
    case .malformedRequest, .invalidCursor, .authorizationPending, .slowDown, .accessDenied, .expiredToken: 400
    case .unauthenticated, .sessionEnded: 401
    case .forbidden, .secondFactorRequired, .twoFactorRequired, .stepUpRequired, .notForKeys, .keyScopeMissing: 403
    case .notFound: 404
    case .methodNotAllowed: 405
    case .notAcceptable: 406
    case .conflict, .slugTaken, .skuTaken, .archivedAlready, .notArchived, .wrongState, .decidedAlready,
      .claimedByAnother, .contactTaken, .addressBookFull, .keysFull, .wishlistsFull, .wishlistFull,
      .lastAdministrator, .requestInProgress:
      409
    case .gone, .positionGone: 410
    case .versionMismatch: 412
    case .contentTooLarge: 413
    case .unsupportedMediaType: 415
    case .invalidInput, .idempotencyKeyReused, .notAPicture, .codeRefused: 422
    case .versionRequired: 428
    case .tooManyRequests: 429
    case .headersTooLarge: 431
    case .internalFailure: 500
    case .unavailable, .deadlineExceeded: 503
    }
  }

  /// The code's own page; relative, so that it holds on every server.
  public var typeURL: String { "/docs/problems#\(rawValue)" }

  /// The problem in one language, ready to be sent.
  public func problem(
    in language: Language = .english, detail: String? = nil, instance: String? = nil, errors: [FieldError] = []
  ) -> Problem {
    let text = text(in: language)
    return Problem(
      type: typeURL, title: text.title, status: status, detail: detail ?? text.detail, instance: instance,
      code: rawValue, errors: errors.isEmpty ? nil : errors)
  }
}
