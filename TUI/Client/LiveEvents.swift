// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market
import Synchronization

/// What happens on the live feed.
enum LiveUpdate: Sendable, Equatable {
  case opened
  case event(MarketEvent)
  /// The feed has begun anew: what is shown may be of the old one.
  case restarted
  case lost(retryInSeconds: Int64)
}

extension MarketClient {
  /// The feed of the caller's events, which comes back by itself, with a new token when the old one has ended. Throws
  /// when the server refuses it for good.
  func follow(since: EventID? = nil, _ take: @escaping @Sendable (LiveUpdate) -> Void) async throws(ClientFailure) {
    let place = Mutex(since)
    var token = try await keeper.token()
    var isRenewed = false
    var isBegun = false
    while true {
      let wasOpen = Mutex(false)
      do throws(ClientFailure) {
        return try await listen(since: place.withLock { $0 }, with: token) { update in
          if case .opened = update { wasOpen.withLock { $0 = true } }
          if case .event(let event) = update { place.withLock { $0 = event.id } }
          take(update)
        }
      } catch {
        isBegun = isBegun || wasOpen.withLock { $0 }
        if error.problemStatus == ProblemCode.positionGone.status, isBegun {
          // A feed that was followed and knows its own place no more is another feed: it is followed from now on.
          place.withLock { $0 = nil }
          take(.restarted)
        } else {
          // A token that served until it ended is renewed; a new one that is refused at once is refused for good.
          guard error.problemCode == .unauthenticated, token != nil, wasOpen.withLock({ $0 }) || !isRenewed else {
            throw error
          }
          token = try await keeper.token(insteadOf: token)
          isRenewed = true
        }
      }
    }
  }

  private func listen(
    since: EventID?, with token: String?, _ take: @Sendable (LiveUpdate) -> Void
  ) async throws(ClientFailure) {
    do {
      var request = try WireRequest(Events.feed, EventQuery()).clientRequest(server: wire.server, token: token)
      // The server sends comments every fifteen seconds.
      request.idleTimeout = .seconds(60)
      let stream = ServerSentEvents(client: wire.http, request: request, lastEventID: since?.description ?? "")
      for try await update in stream {
        switch update {
        case .opened: take(.opened)
        case .lost(_, let pause): take(.lost(retryInSeconds: pause.components.seconds))
        case .event(let event):
          // An event of a kind that this client does not know is not for it.
          if let known = try? MarketClient.read(MarketEvent.self, from: Array(event.data.utf8)) { take(.event(known)) }
        }
      }
    } catch { throw ClientFailure(error) }
  }
}
