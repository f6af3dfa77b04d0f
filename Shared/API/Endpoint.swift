// SPDX-License-Identifier: GPL-3.0-or-later

// The map of the contract:
//   Endpoint     one operation of the API as a typed value: method, path, who may call, what it takes and gives
//   Access       who may call it
//   Traits       how it behaves on the wire: caching, If-Match, idempotency, limits, body and answer kinds
//   Page         a cursor page of anything
//   Patch        one field of a merge patch: keep, clear or set
//   Problem      an RFC 9457 answer; ProblemCode is the closed list of them, Refusal what a feature throws
//   Rule         a limit on one field, used for checking and for the schema alike
//   Schema       what a type looks like on the wire, found by probing its Decodable
//   Contract     the list of all endpoints

/// One operation of the API, declared once: the server binds a handler to it, clients call it, and the
/// OpenAPI document is made from it.
///
/// Input fields named in the path template come from the path. For GET and DELETE the rest is the query string,
/// otherwise the JSON body.
public struct Endpoint<Input: Codable & Sendable, Output: Codable & Sendable>: Sendable {
  public var name: String
  public var method: Method
  public var path: PathTemplate
  public var access: Access
  public var summary: String
  public var traits: Traits
  public var refusals: [ProblemCode]
  public var example: Example<Input, Output>

  public init(
    _ name: String, _ method: Method, _ path: PathTemplate, for access: Access, _ summary: String,
    traits: Traits = Traits(), refusals: [ProblemCode] = [], example: Example<Input, Output>
  ) {
    self.name = name
    self.method = method
    self.path = path
    self.access = access
    self.summary = summary
    self.traits = traits
    self.refusals = refusals
    self.example = example
  }
}

/// A request and an answer that show what an endpoint is for; the documentation prints them and a test reads them back.
public struct Example<Input: Sendable, Output: Sendable>: Sendable {
  public var input: Input
  public var output: Output
  public init(_ input: Input, gives output: Output) {
    self.input = input
    self.output = output
  }
}

/// The methods that the API uses.
public enum Method: String, Sendable, CaseIterable {
  case get = "GET"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"

  /// Whether input beyond the path travels in the query string.
  public var takesQuery: Bool { self == .get || self == .delete }
}

/// Nothing to say: the body of a 204, the input of an endpoint without any.
public struct Nothing: Codable, Sendable, Equatable {
  private enum NoKeys: CodingKey {}
  public init() {}

  // Written out, because what is synthesised for no members does not even ask for an object.
  public init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: NoKeys.self) }
  public func encode(to encoder: any Encoder) throws { _ = encoder.container(keyedBy: NoKeys.self) }
}
