// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import JSON
import Market

/// An answer: the value, the bytes it came in, and how far it can be trusted.
struct MarketAnswer<Output: Sendable>: Sendable {
  var value: Output
  var bytes: [UInt8]
  var freshness: CachedResponse.Freshness
}

extension MarketAnswer: Equatable where Output: Equatable {}

/// Calls the endpoints of the contract.
struct MarketClient: Sendable {
  let server: String
  let token: String?
  let http: HTTPClient
  let cached: CachingClient

  init(server: String, token: String?, loop: EventLoop, storage: any CacheStorage) {
    self.server = server
    self.token = token
    var configuration = ClientConfiguration()
    configuration.userAgent = "souk/\(Souk.version)"
    http = HTTPClient(loop: loop, configuration: configuration)
    cached = CachingClient(client: http, storage: storage)
  }

  /// Calls an endpoint. Reads go through the cache; whatever fails comes as `ClientFailure`.
  func call<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, _ options: CallOptions = CallOptions(),
    mode: CacheMode = .standard
  ) async throws(ClientFailure) -> MarketAnswer<Output> {
    let answer = try await answer(endpoint, input, options, mode)
    do {
      let value = try MarketClient.read(Output.self, from: answer.response.body)
      return MarketAnswer(value: value, bytes: answer.response.body, freshness: answer.freshness)
    } catch { throw ClientFailure(error) }
  }

  /// Calls an endpoint that answers with a file.
  func file<Input>(_ endpoint: Endpoint<Input, Nothing>, _ input: Input) async throws(ClientFailure) -> [UInt8] {
    try await answer(endpoint, input, CallOptions(), .standard).response.body
  }

  private func answer<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, _ options: CallOptions, _ mode: CacheMode
  ) async throws(ClientFailure) -> CachedResponse {
    let answer: CachedResponse
    do {
      let request = try WireRequest(endpoint, input).clientRequest(server: server, token: token, options)
      answer = try await cached.load(request, mode)
    } catch { throw ClientFailure(error) }
    guard answer.response.isSuccess else {
      throw ClientFailure.refusal(status: answer.response.status, body: answer.response.body)
    }
    return answer
  }

  /// Answers may hold more than this client knows of.
  static func read<Output: Decodable>(_ type: Output.Type, from bytes: [UInt8]) throws -> Output {
    if let nothing = Nothing() as? Output { return nothing }
    var decoder = JSONDecoder()
    decoder.unknownKeys = .ignore
    return try decoder.decode(type, from: bytes)
  }
}
