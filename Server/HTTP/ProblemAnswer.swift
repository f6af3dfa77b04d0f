// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import HTTPServer
import JSON
import Market
import ObjectStore
import Postgres

/// Turns what a handler threw into a problem. This is the one place that knows statuses of errors.
struct ProblemAnswer: Sendable {
  var code: ProblemCode
  var detail: String?
  var errors: [FieldError] = []
  /// What was not the caller's doing and must be logged.
  var failure: String?
  var retryAfterSeconds: Int?

  init(_ code: ProblemCode, detail: String? = nil, errors: [FieldError] = []) {
    self.code = code
    self.detail = detail
    self.errors = errors
  }

  init(_ error: any Error) {
    switch error {
    case let refusal as any Refusal:
      self.init(refusal.problem, detail: refusal.detail, errors: refusal.errors)
      if let limit = refusal as? TooManyTries { retryAfterSeconds = limit.secondsEach }
      if refusal.problem == .requestInProgress { retryAfterSeconds = 1 }
      if refusal.problem == .unavailable { retryAfterSeconds = 2 }
    case let fault as InputFault:
      switch fault {
      case .malformed(let field): self.init(.malformedRequest, errors: [field])
      case .invalid(let fields): self.init(.invalidInput, errors: fields)
      case .noSuchPlace: self.init(.notFound)
      }
    case is CancellationError:
      self.init(.deadlineExceeded)
      retryAfterSeconds = 1
    case let error as PostgresError where error.isTransient:
      self.init(.unavailable)
      failure = String(describing: error)
      retryAfterSeconds = 2
    case is ObjectStoreFailure, is HTTPClientError:
      self.init(.unavailable)
      failure = String(describing: error)
      retryAfterSeconds = 5
    case is PoolExhausted, is OffloadPool.Overloaded:
      self.init(.unavailable)
      retryAfterSeconds = 1
    default:
      self.init(.internalFailure)
      failure = String(describing: error)
    }
  }

  func response(for call: RequestHead) -> HTTPResponse {
    let problem = code.problem(in: call.language, detail: detail, instance: call.requestID, errors: errors)
    // A problem is a plain struct of texts and numbers: it always encodes.
    let bytes = (try? JSONEncoder().encode(problem)) ?? []
    var response = HTTPResponse(status: code.status, contentType: "application/problem+json", bytes)
    response.headers["Content-Language"] = call.language.rawValue
    response.headers.add("Vary", "Accept-Language")
    response.headers["Cache-Control"] = "no-store"
    if code == .unauthenticated { response.headers["WWW-Authenticate"] = "Bearer" }
    if let retryAfterSeconds { response.headers["Retry-After"] = String(retryAfterSeconds) }
    return response
  }
}

extension PostgresError {
  /// Whether the database is away or asked to be left alone for a moment, rather than the statement being wrong.
  fileprivate var isTransient: Bool {
    // Classes of SQLSTATE: 08 connection, 53 resources, 57P shutdown, 40 rollback; 57014 is a cancelled statement.
    ["08", "53", "40"].contains(String(sqlState.prefix(2))) || sqlState.hasPrefix("57")
  }
}
