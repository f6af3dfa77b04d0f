// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import JSON
import Market
import Postgres

/// Binds handlers to the endpoints of the contract.
struct Routes: Sendable {
  struct Route: Sendable {
    var endpoint: AnyEndpoint
    /// What `?fields=` may name.
    var fields: Set<String>
    var run: @Sendable (Call, RawInput) async throws -> Answer
  }

  private(set) var table = RouteTable<Route>()
  private(set) var boundNames: Set<String> = []
  private let changes: ChangeRunner

  init(changes: ChangeRunner) { self.changes = changes }

  /// Binds a handler that reads.
  mutating func bind<Input, Output>(
    _ endpoint: Endpoint<Input, Output>,
    _ handler: @escaping @Sendable (Input, Call) async throws -> Reply<Output>
  ) {
    add(endpoint) { call, raw in
      try endpoint.answer(try await handler(raw.read(Input.self, endpoint), call))
    }
  }

  /// Binds a handler that changes something: it runs in one transaction together with the memory of its
  /// Idempotency-Key, and may run again when the database asks for it, so it has no other effects.
  mutating func bindChange<Input, Output>(
    _ endpoint: Endpoint<Input, Output>,
    _ handler: @escaping @Sendable (Input, Call, Transaction) async throws -> Reply<Output>
  ) {
    precondition(
      endpoint.traits.idempotency == .none || endpoint.access.needsAccount,
      "answers are remembered for the signed in: \(endpoint.name)")
    let changes = changes
    add(endpoint) { call, raw in
      let input = try raw.read(Input.self, endpoint)
      return try await changes.run(call, raw.fingerprint(endpoint.method)) { transaction in
        try endpoint.answer(try await handler(input, call, transaction))
      }
    }
  }

  private mutating func add<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ run: @escaping @Sendable (Call, RawInput) async throws -> Answer
  ) {
    precondition(boundNames.insert(endpoint.name).inserted, "one handler per endpoint: \(endpoint.name)")
    let any = AnyEndpoint(endpoint)
    table.add(Route(endpoint: any, fields: FieldNames.ofAnswer(any), run: run), endpoint.method, endpoint.path)
  }
}

/// A request's input before it is decoded.
struct RawInput: Sendable {
  var path: String
  var places: [String: String]
  var query: NamedTexts
  var body: [UInt8]

  func read<Input, Output>(_ type: Input.Type, _ endpoint: Endpoint<Input, Output>) throws(InputFault) -> Input {
    try InputReader.read(
      type, method: endpoint.method, places: places, query: query, body: body,
      hasJSONBody: endpoint.traits.body == .json)
  }
}

extension Endpoint {
  /// The reply as bytes and headers.
  fileprivate func answer(_ reply: Reply<Output>) throws -> Answer {
    let body: Answer.Body
    switch reply.content {
    case .value(let output): body = .json(try JSONEncoder().encode(output))
    case .ready(let bytes): body = .json(bytes)
    case .file(let path, let type): body = .file(path: path, type: type)
    case .events(let response): body = .response(response)
    case .nothing: body = .nothing
    }
    return Answer(
      status: traits.status, body: body, tag: reply.tag, location: reply.location,
      contentLocation: reply.contentLocation, caching: CachingHeader(reply.caching ?? traits.caching))
  }
}

extension CachingHeader {
  init(_ caching: Caching) {
    switch caching {
    case .never: text = "no-store"
    case .shared(let seconds): text = "public, max-age=\(seconds), stale-while-revalidate=\(seconds * 4)"
    case .personal: text = "private, no-cache"
    case .immutable: text = "public, max-age=31536000, immutable"
    }
  }
}
