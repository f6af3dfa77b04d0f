// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market

/// An answer: the value, the bytes it came in, and how far it can be trusted.
struct MarketAnswer<Output: Sendable>: Sendable {
  var value: Output
  var bytes: [UInt8]
  var freshness: CachedResponse.Freshness
  var clock = ServerClock.same
}

extension MarketAnswer: Equatable where Output: Equatable {}

/// Calls the endpoints of the contract. A token that ended is renewed and a proof that is wanted is asked for; the call
/// is then repeated as it was, under the same Idempotency-Key.
struct MarketClient: Sendable {
  let wire: Wire
  let keeper: SessionKeeper
  let gate: ProofGate

  /// Calls an endpoint. Reads go through the cache; whatever fails comes as `ClientFailure`.
  func call<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, _ options: CallOptions = CallOptions(),
    mode: CacheMode = .standard
  ) async throws(ClientFailure) -> MarketAnswer<Output> {
    let options = options.keyed(for: endpoint.traits)
    return try await withAccess(asks: options.asksForProof) { (token) async throws(ClientFailure) in
      let answer = try await wire.answer(endpoint, input, token: token, options, mode)
      do {
        let value = try MarketClient.read(Output.self, from: answer.response.body)
        return MarketAnswer(
          value: value, bytes: answer.response.body, freshness: answer.freshness, clock: ServerClock(answer.response))
      } catch { throw ClientFailure(error) }
    }
  }

  /// Calls an endpoint that answers with a file.
  func file<Input>(_ endpoint: Endpoint<Input, Nothing>, _ input: Input) async throws(ClientFailure) -> [UInt8] {
    try await withAccess { (token) async throws(ClientFailure) in
      try await wire.answer(endpoint, input, token: token).response.body
    }
  }

  /// Does something with a token that holds, and again when the refusal of the first time could be mended.
  func withAccess<Success>(
    asks: Bool = true, _ attempt: (_ token: String?) async throws(ClientFailure) -> Success
  ) async throws(ClientFailure) -> Success {
    var history = AccessHistory()
    var token = try await keeper.token()
    while true {
      let failure: ClientFailure
      do throws(ClientFailure) { return try await attempt(token) } catch { failure = error }
      switch history.remedy(for: failure, hasToken: token != nil, asks: asks) {
      case .none: throw failure
      case .newToken: token = try await keeper.token(insteadOf: token)
      case .proof(let demand):
        guard await gate.pass(demand) else { throw failure }
        token = try await keeper.token()
      }
    }
  }

  /// Answers may hold more than this client knows of.
  static func read<Output: Decodable>(_ type: Output.Type, from bytes: [UInt8]) throws -> Output {
    if let nothing = Nothing() as? Output { return nothing }
    var decoder = JSONDecoder()
    decoder.unknownKeys = .ignore
    return try decoder.decode(type, from: bytes)
  }
}
