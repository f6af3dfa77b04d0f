// SPDX-License-Identifier: GPL-3.0-or-later

/// What went wrong, as RFC 9457 says it: for people in `detail`, for programs in `code` and `errors`.
public struct Problem: Codable, Error, Sendable, Equatable {
  public var type: String
  public var title: String
  public var status: Int
  public var detail: String?
  /// The request's id: quote it when asking for help.
  public var instance: String?
  public var code: String
  public var errors: [FieldError]?

  public init(
    type: String, title: String, status: Int, detail: String? = nil, instance: String? = nil, code: String,
    errors: [FieldError]? = nil
  ) {
    self.type = type
    self.title = title
    self.status = status
    self.detail = detail
    self.instance = instance
    self.code = code
    self.errors = errors
  }
}

/// What is wrong with one field, and where it stands in the request (RFC 6901; query fields as `/name`).
public struct FieldError: Codable, Error, Sendable, Hashable {
  public var pointer: String
  public var code: String
  public var detail: String

  public init(_ pointer: String, _ code: String, _ detail: String) {
    self.pointer = pointer
    self.code = code
    self.detail = detail
  }
}

/// What a feature throws when the business says no. It crosses the wire as a problem with a stable code.
public protocol Refusal: Error, Sendable {
  var problem: ProblemCode { get }
  /// More than the code's own text, when there is more to say.
  var detail: String? { get }
  var errors: [FieldError] { get }
}

extension Refusal {
  public var detail: String? { nil }
  public var errors: [FieldError] { [] }
}

/// The input was understood and is not acceptable: every field error at once.
public struct InvalidInput: Refusal {
  public var problem: ProblemCode { .invalidInput }
  public var errors: [FieldError]
  public init(_ errors: [FieldError]) { self.errors = errors }
}

/// There is no such thing, or it is not the caller's.
public struct NotFound: Refusal {
  public var problem: ProblemCode { .notFound }
  public init() {}
}
