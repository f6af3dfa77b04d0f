// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import JSON
import Market
import Postgres

/// Binds handlers to the endpoints of the contract.
struct Routes: Sendable {
  /// An object, because each request passes it on several times.
  final class Route: Sendable {
    let endpoint: AnyEndpoint
    /// What `?fields=` may name.
    let fields: Set<String>
    let run: @Sendable (Call, RawInput) async throws -> Answer

    init(
      _ endpoint: AnyEndpoint, fields: Set<String>, run: @escaping @Sendable (Call, RawInput) async throws -> Answer
    ) {
      self.endpoint = endpoint
      self.fields = fields
      self.run = run
    }
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
    let caching = CachingHeader(endpoint.traits.caching)
    add(endpoint) { call, raw in
      try endpoint.answer(try await handler(raw.read(Input.self, endpoint), call), caching)
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
    let caching = CachingHeader(endpoint.traits.caching)
    add(endpoint) { call, raw in
      let input = try raw.read(Input.self, endpoint)
      return try await changes.run(call, raw.fingerprint(endpoint.method)) { transaction in
        try endpoint.answer(try await handler(input, call, transaction), caching)
      }
    }
  }

  private mutating func add<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ run: @escaping @Sendable (Call, RawInput) async throws -> Answer
  ) {
    precondition(boundNames.insert(endpoint.name).inserted, "one handler per endpoint: \(endpoint.name)")
    let any = AnyEndpoint(endpoint)
    table.add(Route(any, fields: FieldNames.ofAnswer(any), run: run), endpoint.method, endpoint.path)
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
  /// The reply as bytes and headers; `caching` is the endpoint's own.
  fileprivate func answer(_ reply: Reply<Output>, _ caching: CachingHeader) throws -> Answer {
    let body: Answer.Body
    switch reply.content {
    case .value(let output): body = .json(try JSONEncoder().encode(output))
    case .ready(let bytes): body = .json(bytes)
    case .media(let media, let type): body = .media(media, type: type)
    case .events(let response): body = .response(response)
    case .nothing: body = .nothing
    }
    return Answer(
      status: traits.status, body: body, tag: reply.tag, location: reply.location,
      contentLocation: reply.contentLocation, caching: reply.caching.map(CachingHeader.init) ?? caching)
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
