// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import JSON
import Market
import Testing

/// A client of one server that speaks the contract: endpoints in, answers out.
struct Caller: Sendable {
  var url: String
  var token: String?
  let client: HTTPClient

  struct Answer<Output: Sendable>: Sendable {
    var status: Int
    var headers: HeaderFields
    var value: Output
  }

  /// Calls an endpoint and reads its answer; a problem is thrown.
  func call<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, headers: HeaderFields = [:]
  ) async throws -> Answer<Output> {
    let response = try await client.send(try request(endpoint, input, headers: headers))
    guard response.isSuccess else { throw try JSONDecoder().decode(Problem.self, from: response.body) }
    let body = response.body.isEmpty ? Array("{}".utf8) : response.body
    return Answer(
      status: response.status, headers: response.headers, value: try JSONDecoder().decode(Output.self, from: body))
  }

  /// The code of the problem that a call ends with.
  func refusal<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, headers: HeaderFields = [:]
  ) async throws -> String? {
    do {
      _ = try await call(endpoint, input, headers: headers)
      return nil
    } catch let problem as Problem {
      return problem.code
    }
  }

  func request<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, headers: HeaderFields = [:]
  ) throws -> ClientRequest {
    guard case .object(let members) = try JSONDecoder().decode(JSONValue.self, from: try JSONEncoder().encode(input))
    else { throw HTTPClientError(.malformed, "an input is an object") }
    let places = Set(endpoint.path.placeNames)
    let texts = Dictionary(uniqueKeysWithValues: members.map { ($0.0, $0.1.plainText) })
    let path = try #require(endpoint.path.filled(with: texts))
    let rest = members.filter { !places.contains($0.0) && $0.1 != .null }
    var request = ClientRequest(endpoint.method.rawValue, url + Contract.basePath + path, headers: headers)
    request.retry = .never
    if let token { request.headers["Authorization"] = "Bearer \(token)" }
    if endpoint.method.takesQuery {
      let pairs = rest.map { "\($0.0)=\(PercentEncoding.encode($0.1.plainText))" }
      if !pairs.isEmpty { request.url += "?" + pairs.joined(separator: "&") }
    } else if endpoint.traits.body == .json {
      request.headers["Content-Type"] = "application/json"
      request.body = .bytes(try JSONEncoder().encode(JSONValue.object(rest)))
    }
    return request
  }

  /// The same caller, signed in as a person of the demo market by a code from the mail in the server's data directory.
  func signedIn(as person: String = "seller", mail: MailTray) async throws -> (caller: Caller, account: Account) {
    guard let contact = Contact("\(person)@demo.example") else { preconditionFailure("an address") }
    let seen = mail.names
    let challenge = try await call(Identity.requestCode, CodeRequest(contact: contact)).value
    let code = try await mail.code(to: contact, after: seen)
    let session = try await call(
      Identity.redeemCode, CodeRedemption(challenge: challenge.challenge, code: code, device: "trial")
    ).value
    var caller = self
    caller.token = session.accessToken
    return (caller, session.account)
  }
}

extension JSONValue {
  fileprivate var plainText: String {
    switch self {
    case .string(let text): text
    case .int(let number): String(number)
    case .bool(let truth): String(truth)
    default: ""
    }
  }
}

/// A loop on a thread of its own with a client, ended with its last user.
final class ClientThread: Sendable {
  private let group = LoopGroup(count: 1, name: "client")
  let client: HTTPClient
  var loop: EventLoop { group.loops[0] }

  init() {
    var configuration = ClientConfiguration()
    configuration.proxy = .none
    client = HTTPClient(loop: group.loops[0], configuration: configuration)
  }

  deinit { group.shutDown() }

  func caller(_ url: String) -> Caller { Caller(url: url, client: client) }

  func get(_ url: String, headers: HeaderFields = [:]) async throws -> ClientResponse {
    var request = ClientRequest("GET", url, headers: headers)
    request.retry = .never
    return try await client.send(request)
  }
}
