// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import Market
import Synchronization

/// The way to one server: connections and the cache between. Made when it is first used, which is after the first frame.
final class Wire: Sendable {
  let server: String
  let loop: EventLoop
  private let storage: any CacheStorage
  private let made = Mutex<(http: HTTPClient, cached: CachingClient)?>(nil)

  init(server: String, loop: EventLoop, storage: any CacheStorage) {
    self.server = server
    self.loop = loop
    self.storage = storage
  }

  var http: HTTPClient { clients.http }
  var cached: CachingClient { clients.cached }

  private var clients: (http: HTTPClient, cached: CachingClient) {
    made.withLock { made in
      if let made { return made }
      var configuration = ClientConfiguration()
      configuration.userAgent = "souk/\(Souk.version)"
      let http = HTTPClient(loop: loop, configuration: configuration)
      // The storage is one account's: its token may change, and what was stored under the last one is still its own.
      let clients = (http, CachingClient(client: http, storage: storage, settled: ["authorization"]))
      made = clients
      return clients
    }
  }

  /// Calls an endpoint with a token, or as nobody.
  func answer<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, token: String?, _ options: CallOptions = CallOptions(),
    _ mode: CacheMode = .standard
  ) async throws(ClientFailure) -> CachedResponse {
    let answer: CachedResponse
    do {
      let request = try WireRequest(endpoint, input).clientRequest(server: server, token: token, options)
      answer = try await cached.load(request, mode)
    } catch { throw ClientFailure(error) }
    guard answer.response.isSuccess else { throw ClientFailure.refusal(answer.response) }
    return answer
  }

  /// Spends a refresh token. Sent once: a token that comes twice ends its session.
  func renew(_ refreshToken: String) async throws(ClientFailure) -> Session {
    do {
      var request = try WireRequest(Identity.refresh, Refreshment(refreshToken: refreshToken))
        .clientRequest(server: server, token: nil)
      request.retry = .never
      let answer = try await http.send(request)
      guard answer.isSuccess else { throw ClientFailure.refusal(answer) }
      let session = try MarketClient.read(Session.self, from: answer.body)
      return session.onLocalClock(ServerClock(answer))
    } catch { throw ClientFailure(error) }
  }
}

/// How far this computer's clock is ahead of a server's: what ends at a moment ends so much later here.
struct ServerClock: Sendable, Equatable {
  var secondsAhead: Int64

  static let same = ServerClock(secondsAhead: 0)

  private init(secondsAhead: Int64) { self.secondsAhead = secondsAhead }

  /// From the Date of an answer that has just come. Less than a moment's doubt counts as none.
  init(_ answer: ClientResponse, now: Int64 = HTTPDate.now) {
    let date = answer.headers["Date"].flatMap(HTTPDate.parse) ?? now
    secondsAhead = abs(now - date) <= 2 ? 0 : now - date
  }

  func local(_ moment: Timestamp) -> Timestamp { moment.adding(seconds: secondsAhead) }
}

extension Session {
  func onLocalClock(_ clock: ServerClock) -> Session {
    var session = self
    session.expiresAt = clock.local(expiresAt)
    return session
  }
}
