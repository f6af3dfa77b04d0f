// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import JSON
import Market
import Testing

@testable import soukd

/// An answer as a test reads it.
struct Heard: Sendable {
  var status: Int
  var headers: HTTPHeaders
  var body: [UInt8]

  var json: JSONValue { get throws { try JSONDecoder().decode(JSONValue.self, from: body) } }
  var problem: Problem { get throws { try decoded(Problem.self) } }

  /// What is wrong, as `/pointer code`, sorted.
  var faults: [String] {
    get throws { try (problem.errors ?? []).map { "\($0.pointer) \($0.code)" }.sorted() }
  }

  func decoded<Value: Decodable>(_ type: Value.Type) throws -> Value {
    var decoder = JSONDecoder()
    decoder.unknownKeys = .ignore
    return try decoder.decode(type, from: body)
  }
}

/// A typed call that was refused.
struct Refused: Error {
  var status: Int
  var code: String
}

extension TestMarket {
  /// Asks in the process. The path is below the API's base unless it starts with `!`; a query may follow it.
  func ask(
    _ method: HTTPMethod, _ path: String, as person: Account.ID? = nil, _ headers: [String: String] = [:],
    json: String? = nil, file: SpooledFile? = nil
  ) async throws -> Heard {
    var fields = HTTPHeaders()
    for (name, value) in headers { fields.add(name, value) }
    if let person { fields["Authorization"] = "Bearer \(token(person))" }
    if json != nil && !fields.contains("Content-Type") { fields["Content-Type"] = "application/json" }
    let address = path.hasPrefix("!") ? String(path.dropFirst()) : Contract.basePath + path
    let mark = address.firstIndex(of: "?")
    let head = HTTPRequestHead(
      method: method, path: String(address[..<(mark ?? address.endIndex)]),
      query: mark.map { String(address[address.index(after: $0)...]) }, headers: fields, remoteAddress: "192.0.2.1")
    let body = file.map(HTTPRequest.Body.file) ?? json.map { HTTPRequest.Body.bytes(Array($0.utf8)) } ?? .empty
    let response = await front.answer(HTTPRequest(head: head, body: body))
    #expect(!response.headers.isMalformed)
    switch response.body {
    case .bytes(let bytes): return Heard(status: response.status, headers: response.headers, body: bytes)
    case .empty, .stream: return Heard(status: response.status, headers: response.headers, body: [])
    case .file(let path):
      return Heard(status: response.status, headers: response.headers, body: try soukd.Files.read(path))
    }
  }

  /// Calls an endpoint with its types, as the contract says it travels.
  func call<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, as person: Account.ID? = nil, match: String? = nil,
    _ headers: [String: String] = [:]
  ) async throws -> Output {
    let sent = try Wire(endpoint, input)
    var headers = headers
    if let match { headers["If-Match"] = match }
    let heard = try await ask(
      HTTPMethod(rawValue: endpoint.method.rawValue), sent.address, as: person, headers, json: sent.body)
    guard (200..<300).contains(heard.status) else {
      throw Refused(status: heard.status, code: (try? heard.problem.code) ?? "")
    }
    if heard.body.isEmpty, let nothing = Nothing() as? Output { return nothing }
    return try heard.decoded(Output.self)
  }
}

/// Where the parts of an input go: the path, the query, the body.
struct Wire {
  var address: String
  var body: String?

  init<Input, Output>(_ endpoint: Endpoint<Input, Output>, _ input: Input) throws {
    try self.init(endpoint.method, endpoint.path, endpoint.traits.body, try JSONEncoder().encode(input))
  }

  init(_ endpoint: AnyEndpoint) throws {
    try self.init(
      endpoint.method, endpoint.path, endpoint.traits.body, try JSONEncoder().encode(endpoint.exampleInput))
  }

  init(_ endpoint: AnyEndpoint, _ members: [(String, JSONValue)]) throws {
    try self.init(endpoint.method, endpoint.path, endpoint.traits.body, members)
  }

  private init(_ method: Market.Method, _ path: PathTemplate, _ kind: BodyKind, _ encoded: [UInt8]) throws {
    guard case .object(let members) = try JSONDecoder().decode(JSONValue.self, from: encoded) else {
      throw FieldError("", "", "an input is an object")
    }
    try self.init(method, path, kind, members)
  }

  private init(_ method: Market.Method, _ path: PathTemplate, _ kind: BodyKind, _ members: [(String, JSONValue)]) throws
  {
    var places: [String: String] = [:]
    var rest: [(String, JSONValue)] = []
    for (name, value) in members {
      if path.placeNames.contains(name) { places[name] = Wire.text(value) } else { rest.append((name, value)) }
    }
    address = try #require(path.filled(with: places))
    if method.takesQuery {
      let pairs = rest.map { "\($0.0)=\(PercentEncoding.encode(Wire.text($0.1)))" }
      if !pairs.isEmpty { address += "?" + pairs.joined(separator: "&") }
    } else if kind == .json {
      body = String(decoding: try JSONEncoder().encode(JSONValue.object(rest)), as: UTF8.self)
    }
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .int(let number): String(number)
    case .bool(let truth): String(truth)
    default: ""
    }
  }
}
