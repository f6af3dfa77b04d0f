// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import HTTPServer
import JSON
import Market
import Synchronization

@testable import souk

/// A server of sessions as strict as the real one: a refresh token works once, and one that comes twice ends everything.
final class TokenPeer: Sendable {
  struct State {
    var token = 0
    /// Access tokens up to this one are not taken any more.
    var expired = -1
    var spent: Set<String> = []
    var isOver = false
    var isProven = false
    var refreshes = 0
    var reuses = 0
    var refusals = 0
    /// The Idempotency-Keys of the sensitive call, in order.
    var keys: [String] = []
    var isAway = false
    /// Feeds that were opened.
    var feeds = 0
  }

  let state = Mutex(State())
  /// Told of every feed that is opened.
  let feedOpenings = AsyncStream.makeStream(of: Void.self)
  /// Holds back the answers to refreshes until it is opened.
  let refreshGate = HeldGate()
  private let group = LoopGroup(count: 1, name: "peer")
  private let server: HTTPServer
  let url: String

  init() throws {
    let box = Box()
    server = HTTPServer(loops: group.loops) { request in await box.peer?.answer(request) ?? HTTPResponse(status: 500) }
    url = "http://127.0.0.1:\(try server.start())"
    box.value.withLock { $0 = WeakPeer(peer: self) }
  }

  func stop() async {
    await server.drain(within: .milliseconds(100))
    group.shutDown()
  }

  /// The session as it stands; its access token has so many seconds left.
  func session(left: Int64 = 900) -> Session { state.withLock { TokenPeer.session($0.token, left: left) } }

  /// From now on the tokens given out so far are refused.
  func expire() { state.withLock { $0.expired = $0.token } }

  /// Ends the session for good.
  func revoke() { state.withLock { ($0.isOver, $0.expired) = (true, $0.token) } }

  private static func session(_ number: Int, left: Int64 = 900) -> Session {
    var session = Samples.session
    session.accessToken = "access-\(number)"
    session.refreshToken = "refresh-\(number)"
    session.expiresAt = Timestamp(microseconds: (HTTPDate.now + left) * 1_000_000)
    return session
  }

  private func answer(_ request: HTTPRequest) async -> HTTPResponse {
    if state.withLock({ $0.isAway }) { return problem(.unavailable) }
    switch (request.method, request.path) {
    case (.post, "/api/v1/sign-in/refresh"): return await refresh(request)
    case (.post, "/api/v1/me/two-factor/proofs"): return prove(request)
    case (.get, "/api/v1/me"): return refusal(of: request).map(problem) ?? json(Samples.account)
    case (.get, "/api/v1/me/two-factor"):
      return refusal(of: request).map(problem) ?? json(TwoFactor(isOn: true, isMandatory: true, recoveryCodesLeft: 9))
    case (.post, "/api/v1/me/sessions/revoke-others"): return sensitive(request)
    case (.get, "/api/v1/events"): return refusal(of: request).map(problem) ?? events()
    default: return problem(.notFound)
    }
  }

  private func refusal(of request: HTTPRequest) -> ProblemCode? {
    let words = (request.headers["Authorization"] ?? "").split(separator: "-")
    guard let number = words.last.flatMap({ Int($0) }) else { return .unauthenticated }
    return state.withLock { state in
      if number > state.expired, !state.isOver { return nil }
      state.refusals += 1
      return .unauthenticated
    }
  }

  /// A feed that ends as soon as its token is not taken any more.
  private func events() -> HTTPResponse {
    .events { [self] writer in
      state.withLock { $0.feeds += 1 }
      try await writer.send(ServerSentEvent(event: "nothing", data: "{}"))
      feedOpenings.continuation.yield()
      while !state.withLock({ $0.token <= $0.expired }) { try await EventLoop.current?.sleep(for: .milliseconds(5)) }
    }
  }

  private func refresh(_ request: HTTPRequest) async -> HTTPResponse {
    guard case .bytes(let bytes) = request.body, let input = try? JSONDecoder().decode(Refreshment.self, from: bytes)
    else { return problem(.malformedRequest) }
    let number = state.withLock { state -> Int? in
      state.refreshes += 1
      if !state.spent.insert(input.refreshToken).inserted {
        state.reuses += 1
        state.isOver = true
      }
      guard !state.isOver, input.refreshToken == "refresh-\(state.token)" else { return nil }
      state.token += 1
      return state.token
    }
    await refreshGate.pass()
    guard let number else { return problem(.sessionEnded) }
    return json(TokenPeer.session(number))
  }

  private func prove(_ request: HTTPRequest) -> HTTPResponse {
    if let refusal = refusal(of: request) { return problem(refusal) }
    guard case .bytes(let bytes) = request.body, let proof = try? JSONDecoder().decode(Proof.self, from: bytes),
      proof.code == "123456"
    else { return problem(.codeRefused) }
    let session = state.withLock { state in
      state.isProven = true
      return TokenPeer.session(state.token)
    }
    return json(
      ProvenToken(accessToken: session.accessToken, expiresAt: session.expiresAt, provenUntil: session.expiresAt))
  }

  /// Wants a proof, whatever the real one wants.
  private func sensitive(_ request: HTTPRequest) -> HTTPResponse {
    if let refusal = refusal(of: request) { return problem(refusal) }
    let isProven = state.withLock { state in
      state.keys.append(request.headers["Idempotency-Key"] ?? "none")
      return state.isProven
    }
    return isProven ? HTTPResponse(status: 204) : problem(.stepUpRequired)
  }

  private func json(_ value: some Encodable) -> HTTPResponse {
    HTTPResponse(contentType: "application/json", (try? JSONEncoder().encode(value)) ?? [])
  }

  private func problem(_ code: ProblemCode) -> HTTPResponse {
    HTTPResponse(
      status: code.status, contentType: "application/problem+json", (try? JSONEncoder().encode(code.problem())) ?? [])
  }

  private final class Box: Sendable {
    let value = Mutex(WeakPeer(peer: nil))
    var peer: TokenPeer? { value.withLock { $0.peer } }
  }

  private struct WeakPeer { weak var peer: TokenPeer? }
}

/// Lets everybody through until it is held, and those who came meanwhile when it is opened.
final class HeldGate: Sendable {
  private struct State {
    var isHeld = false
    var waiting: [CheckedContinuation<Void, Never>] = []
    var watchers: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  func hold() { state.withLock { $0.isHeld = true } }

  func pass() async {
    await withCheckedContinuation { continuation in
      let (passes, watchers) = state.withLock { state -> (Bool, [CheckedContinuation<Void, Never>]) in
        if !state.isHeld { return (true, []) }
        state.waiting.append(continuation)
        defer { state.watchers = [] }
        return (false, state.watchers)
      }
      if passes { continuation.resume() }
      watchers.forEach { $0.resume() }
    }
  }

  /// Returns when somebody stands at it.
  func arrival() async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if !state.waiting.isEmpty { return true }
        state.watchers.append(continuation)
        return false
      }
      if isThere { continuation.resume() }
    }
  }

  func open() {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      state.isHeld = false
      return state.waiting
    }
    waiting.forEach { $0.resume() }
  }
}
