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
  /// The feed of the caller's events, which comes back by itself. Throws when the server refuses it for good.
  func follow(since: EventID? = nil, _ take: @Sendable (LiveUpdate) -> Void) async throws(ClientFailure) {
    var since = since
    while true {
      let isBegun = Mutex(false)
      do throws(ClientFailure) {
        return try await listen(since) { update in
          isBegun.withLock { $0 = true }
          take(update)
        }
      } catch {
        // A feed that was followed and knows its own place no more is another feed: it is followed from now on.
        guard error.problemStatus == ProblemCode.positionGone.status, isBegun.withLock({ $0 }) else { throw error }
        since = nil
        take(.restarted)
      }
    }
  }

  private func listen(_ since: EventID?, _ take: @Sendable (LiveUpdate) -> Void) async throws(ClientFailure) {
    do {
      var request = try WireRequest(Events.feed, EventQuery()).clientRequest(server: server, token: token)
      // The server sends comments every fifteen seconds.
      request.idleTimeout = .seconds(60)
      let stream = ServerSentEvents(client: http, request: request, lastEventID: since?.description ?? "")
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
