// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market

/// Why a call brought no answer.
enum ClientFailure: Error, Sendable, Equatable {
  /// The server says no, and why.
  case refused(Problem)
  /// Too much was asked for; the server says when to come back.
  case limited(Problem, retryAfterSeconds: Int64)
  /// The server cannot be reached; in words.
  case unreachable(String)
  /// There was an answer, and it makes no sense.
  case unreadable(String)
  case cancelled

  var isAway: Bool {
    switch self {
    case .unreachable: true
    case .refused(let problem): problem.status == 503
    case .limited, .unreadable, .cancelled: false
    }
  }

  var problemCode: ProblemCode? {
    switch self {
    case .refused(let problem), .limited(let problem, _): ProblemCode(rawValue: problem.code)
    case .unreachable, .unreadable, .cancelled: nil
    }
  }

  var problemStatus: Int? { if case .refused(let problem) = self { problem.status } else { nil } }

  /// One line for people.
  var words: String {
    switch self {
    case .refused(let problem):
      plainWords ?? problem.detail.map { "\(problem.title): \($0)" } ?? problem.title
    case .limited(let problem, let seconds): "\(problem.title). Try again in \(Words.countdown(seconds))."
    case .unreachable(let why): "The server cannot be reached: \(why)."
    case .unreadable(let why): "The server's answer makes no sense: \(why)."
    case .cancelled: "Given up."
    }
  }

  /// Where the server speaks to programs, of headers and paths, people are told in other words.
  var plainWords: String? {
    switch problemCode {
    case .unauthenticated: "You are not signed in."
    case .secondFactorRequired: "Your second factor is owed first."
    case .stepUpRequired: "This wants a proof that is not older than five minutes."
    case .twoFactorRequired: "This wants two-factor, which is off for your account."
    case .codeRefused: "This code is wrong, used up or too old."
    default: nil
    }
  }

  init(_ error: any Error) {
    switch error {
    case let failure as ClientFailure: self = failure
    case let error as HTTPClientError where error.kind == .aborted: self = .cancelled
    case let error as HTTPClientError where error.kind == .refused && error.status != nil:
      self = .refusal(ClientResponse(status: error.status ?? 0))
    case let error as HTTPClientError:
      self = ClientFailure.reason(error.kind).map { .unreachable($0) } ?? .unreadable(error.detail)
    case let error as JSONError: self = .unreadable("\(error.pointer) \(error.detail)")
    default: self = .unreadable("\(error)")
    }
  }

  /// Why the server cannot be reached, when that is what it is.
  private static func reason(_ kind: HTTPClientError.Kind) -> String? {
    switch kind {
    case .timeout, .connectTimeout: "no answer in time"
    case .resolve: "nobody knows its name"
    case .connect: "no connection"
    case .interrupted: "the connection broke"
    case .tls: "no secure connection"
    default: nil
    }
  }

  /// What a failed answer says.
  static func refusal(_ answer: ClientResponse) -> ClientFailure {
    let problem = problem(of: answer)
    if answer.status == 429, let wait = answer.headers["Retry-After"].flatMap({ Int64($0) }) {
      return .limited(problem, retryAfterSeconds: max(1, wait))
    }
    return .refused(problem)
  }

  private static func problem(of answer: ClientResponse) -> Problem {
    var decoder = JSONDecoder()
    decoder.unknownKeys = .ignore
    if let problem = try? decoder.decode(Problem.self, from: answer.body) { return problem }
    let code = ProblemCode.allCases.first { $0.status == answer.status }
    let title = code?.text(in: .english).title ?? "The server answers with status \(answer.status)"
    return Problem(
      type: "about:blank", title: title, status: answer.status, code: code?.rawValue ?? "status_\(answer.status)")
  }
}
