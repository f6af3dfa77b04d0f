// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market

/// What happens on the live feed.
enum LiveUpdate: Sendable, Equatable {
  case opened
  case event(MarketEvent)
  case lost(retryInSeconds: Int64)
}

extension MarketClient {
  /// The feed of the caller's events, which comes back by itself. Throws when the server refuses it for good.
  func follow(since: EventID? = nil, _ take: @Sendable (LiveUpdate) -> Void) async throws(ClientFailure) {
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
