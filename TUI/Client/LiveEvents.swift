// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import JSON
import Market

/// What happens on the live feed.
enum LiveUpdate: Sendable, Equatable {
  case opened
  case event(MarketEvent)
  /// The feed has begun anew: what is shown may be of the old one.
  case restarted
  case lost(retryInSeconds: Int64)
}

extension MarketClient {
  /// The feed of the caller's events, which comes back by itself and from where it was. The server ends it with the
  /// access token; it then goes on with the next one, without a word. Throws when the server refuses it for good.
  func follow(since: EventID? = nil, _ take: @escaping @Sendable (LiveUpdate) -> Void) async throws(ClientFailure) {
    var feed = Feed(place: since?.description ?? "")
    var token = try await nextToken(take)
    while true {
      do throws(ClientFailure) {
        guard try await listen(&feed, with: token, take) else { return }
        let next = try await nextToken(take)
        if next == token { try await pause(.seconds(1)) }
        feed.use(next, insteadOf: token)
        token = next
      } catch {
        switch feed.remedy(for: error, hasToken: token != nil) {
        case .none: throw error
        case .beginAnew: take(.restarted)
        case .newToken:
          let next = try await nextToken(insteadOf: token, take)
          feed.use(next, insteadOf: token)
          token = next
        }
      }
    }
  }

  /// A token to go on with; while the server is away, it is waited for.
  private func nextToken(
    insteadOf refused: String? = nil, _ take: (LiveUpdate) -> Void
  ) async throws(ClientFailure) -> String? {
    var seconds: Int64 = 1
    while true {
      do throws(ClientFailure) { return try await keeper.token(insteadOf: refused) } catch {
        guard error.isAway else { throw error }
      }
      take(.lost(retryInSeconds: seconds))
      try await pause(.seconds(seconds))
      seconds = min(seconds * 2, 30)
    }
  }

  /// Between half and all of it: a server that ends many feeds at once is not met by everyone at once.
  private func pause(_ longest: Duration) async throws(ClientFailure) {
    do { try await wire.loop.sleep(for: longest * Double.random(in: 0.5...1)) } catch { throw .cancelled }
  }

  /// Listens until the server ends the stream whole; false when there will be no more of it.
  private func listen(
    _ feed: inout Feed, with token: String?, _ take: @Sendable (LiveUpdate) -> Void
  ) async throws(ClientFailure) -> Bool {
    do {
      var request = try WireRequest(Events.feed, EventQuery()).clientRequest(server: wire.server, token: token)
      // The server sends comments every fifteen seconds.
      request.idleTimeout = .seconds(60)
      var stream = ServerSentEvents(client: wire.http, request: request, lastEventID: feed.place).makeAsyncIterator()
      defer { feed.place = stream.lastEventID }
      while let update = try await stream.next() {
        switch update {
        case .opened: if feed.open() { take(.opened) }
        case .lost(nil, _): return true
        case .lost(.some, let pause):
          feed.isTold = false
          take(.lost(retryInSeconds: pause.components.seconds))
        case .event(let event):
          // An event of a kind that this client does not know is not for it.
          if let known = try? MarketClient.read(MarketEvent.self, from: Array(event.data.utf8)) { take(.event(known)) }
        }
      }
      return false
    } catch { throw ClientFailure(error) }
  }
}

/// How far a feed was followed, and what was tried for it. Pure.
struct Feed: Sendable, Equatable {
  enum Remedy: Sendable, Equatable {
    case none
    case newToken
    /// A feed that was followed and knows its own place no more is another feed: it is followed from now on.
    case beginAnew
  }

  /// The Last-Event-ID; empty for now.
  var place: String
  /// Whether the last that was told is that the feed is open.
  var isTold = false
  private var wasOpen = false
  /// Whether the present token has opened the feed.
  private var hasServed = false
  private var isRenewed = false

  init(place: String) { self.place = place }

  /// Says whether that is news.
  mutating func open() -> Bool {
    defer { (isTold, wasOpen, hasServed) = (true, true, true) }
    return !isTold
  }

  mutating func use(_ token: String?, insteadOf old: String?) { if token != old { hasServed = false } }

  /// What a refusal needs; counts it as tried. A token that served until it ended is renewed; a new one that is refused
  /// at once is refused for good.
  mutating func remedy(for failure: ClientFailure, hasToken: Bool) -> Remedy {
    if failure.problemStatus == ProblemCode.positionGone.status, wasOpen {
      (place, isTold) = ("", false)
      return .beginAnew
    }
    guard failure.problemCode == .unauthenticated, hasToken, hasServed || !isRenewed else { return .none }
    isRenewed = true
    return .newToken
  }
}
