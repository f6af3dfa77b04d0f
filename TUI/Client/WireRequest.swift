// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market

// The map of the client:
//   WireRequest     an endpoint's input as method, path, header and body: made from the contract, never by hand
//   Wire            sends it, through the cache where it is a read
//   MarketClient    calls with a token that holds, mends what a refusal asks for, repeats the call
//   SessionKeeper   renews tokens, one process at a time; TokenPlan decides (pure)
//   AccessRemedy    what a refused call needs (pure); ProofGate is where it waits for the person's proof
//   ClientFailure   why there is no answer
//   LiveEvents      the feed of events as a stream that reconnects
//   FirstSight      what is stored, without asking anybody: for the first frame
//   Desk            all of this for one account at one server

/// What the contract makes of a call: everything that goes on the wire.
struct WireRequest: Sendable, Equatable {
  var method: Method
  /// From the server's root, with the query string.
  var target: String
  /// JSON; nil when the call has no body.
  var body: [UInt8]?

  /// Fields named in the path template fill it; the others go into the query string or the body, as the method says.
  init<Input, Output>(_ endpoint: Endpoint<Input, Output>, _ input: Input) throws {
    try self.init(endpoint.method, endpoint.path, endpoint.traits.body, input)
  }

  init(_ method: Method, _ path: PathTemplate, _ kind: BodyKind = .json, _ input: some Encodable) throws {
    self.method = method
    let fields = try WireRequest.fields(of: input)
    let names = Set(path.placeNames)
    var places: [String: String] = [:]
    for (name, value) in fields where names.contains(name) { places[name] = value.wireText }
    guard let filled = path.filled(with: places) else { throw UnfilledPath(path: path.description) }
    target = Contract.basePath + filled
    let rest = fields.filter { !names.contains($0.0) }
    if method.takesQuery {
      let pairs = rest.compactMap { name, value in
        value.wireText.map { "\(PercentEncoding.encode(name))=\(PercentEncoding.encode($0))" }
      }
      if !pairs.isEmpty { target += "?" + pairs.joined(separator: "&") }
    } else if kind == .json {
      body = try JSONEncoder().encode(JSONValue.object(rest))
    }
  }

  private static func fields(of input: some Encodable) throws -> [(String, JSONValue)] {
    let document = try JSONDecoder().decode(JSONValue.self, from: try JSONEncoder().encode(input))
    guard case .object(let members) = document else { throw UnfilledPath(path: "input") }
    return members
  }

  /// An input that lacks what its path names: a mistake in the contract.
  struct UnfilledPath: Error { var path: String }
}

extension JSONValue {
  /// The value as it stands in a path or a query string; nil where there is nothing to say.
  fileprivate var wireText: String? {
    switch self {
    case .string(let text): text
    case .int(let number): String(number)
    case .double(let number): String(number)
    case .bool(let flag): flag ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}

/// What a call says in its header beside its input.
struct CallOptions: Sendable, Equatable {
  /// The version that was seen, for If-Match.
  var version: Int?
  var idempotencyKey: String?
  /// A file to send in place of JSON, and its type.
  var file: UploadFile?
  /// How long to wait for all of the answer.
  var patience: Duration
  /// Whether the person is asked when the server wants a proof.
  var asksForProof: Bool

  init(
    version: Int? = nil, idempotencyKey: String? = nil, file: UploadFile? = nil, asksForProof: Bool = true,
    patience: Duration = .seconds(20)
  ) {
    self.version = version
    self.idempotencyKey = idempotencyKey
    self.file = file
    self.asksForProof = asksForProof
    self.patience = patience
  }

  /// With a key for every endpoint that takes one: a call that is repeated is the same call.
  func keyed(for traits: Traits) -> CallOptions {
    var options = self
    if traits.idempotency != .none, options.idempotencyKey == nil { options.idempotencyKey = IdempotencyKey.make() }
    return options
  }
}

enum IdempotencyKey {
  /// 128 random bits in base 36.
  static func make() -> String {
    var random = SystemRandomNumberGenerator()
    return "souk-" + String(random.next(), radix: 36) + String(random.next(), radix: 36)
  }
}

struct UploadFile: Sendable, Equatable {
  var path: String
  var type: String
}

extension WireRequest {
  /// The request for a server, with the caller's token. A version is named by its strong ETag.
  func clientRequest(server: String, token: String?, _ options: CallOptions = CallOptions()) -> ClientRequest {
    var request = ClientRequest(method.rawValue, server + target)
    request.headers["Accept"] = "application/json, application/problem+json;q=0.9, image/png;q=0.8"
    if let token { request.headers["Authorization"] = "Bearer \(token)" }
    if let version = options.version { request.headers["If-Match"] = "\"\(version)\"" }
    if let key = options.idempotencyKey { request.headers["Idempotency-Key"] = key }
    if let file = options.file {
      request.headers["Content-Type"] = file.type
      request.body = .file(path: file.path)
    } else if let body {
      request.headers["Content-Type"] = "application/json"
      request.body = .bytes(body)
    }
    request.connectTimeout = .seconds(4)
    request.totalTimeout = options.patience
    return request
  }
}
