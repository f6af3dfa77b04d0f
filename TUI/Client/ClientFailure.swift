// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market

/// Why a call brought no answer.
enum ClientFailure: Error, Sendable, Equatable {
  /// The server says no, and why.
  case refused(Problem)
  /// The server cannot be reached; in words.
  case unreachable(String)
  /// There was an answer, and it makes no sense.
  case unreadable(String)
  case cancelled

  var isAway: Bool {
    switch self {
    case .unreachable: true
    case .refused(let problem): problem.status == 503
    case .unreadable, .cancelled: false
    }
  }

  var problemCode: ProblemCode? {
    if case .refused(let problem) = self { ProblemCode(rawValue: problem.code) } else { nil }
  }

  var problemStatus: Int? { if case .refused(let problem) = self { problem.status } else { nil } }

  /// One line for people.
  var words: String {
    switch self {
    case .refused(let problem): problem.detail.map { "\(problem.title): \($0)" } ?? problem.title
    case .unreachable(let why): "The server cannot be reached: \(why)."
    case .unreadable(let why): "The server's answer makes no sense: \(why)."
    case .cancelled: "Given up."
    }
  }

  init(_ error: any Error) {
    switch error {
    case let failure as ClientFailure: self = failure
    case let error as HTTPClientError where error.kind == .aborted: self = .cancelled
    case let error as HTTPClientError where error.kind == .refused && error.status != nil:
      self = .refusal(status: error.status ?? 0, body: [])
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

  /// What the body of a failed answer says.
  static func refusal(status: Int, body: [UInt8]) -> ClientFailure {
    var decoder = JSONDecoder()
    decoder.unknownKeys = .ignore
    if let problem = try? decoder.decode(Problem.self, from: body) { return .refused(problem) }
    let code = ProblemCode.allCases.first { $0.status == status }
    let title = code?.text(in: .english).title ?? "The server answers with status \(status)"
    return .refused(
      Problem(type: "about:blank", title: title, status: status, code: code?.rawValue ?? "status_\(status)"))
  }
}
