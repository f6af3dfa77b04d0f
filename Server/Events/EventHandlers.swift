// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import JSON
import Market
import Postgres

/// Binds the event feed: a page for those who poll, a stream for those who stay.
struct EventHandlers: Sendable {
  let database: Database
  let bell: EventBell

  func bind(_ routes: inout Routes) {
    routes.bind(Events.feed) { input, call in
      if call.wantsEvents { return Reply(content: .events(try await stream(input, call))) }
      let limit = input.limit ?? PageLimit.standard
      let events = try await EventLog.read(database, for: call.account, after: input.since ?? .start, limit: limit)
      return .value(Page(items: events))
    }
  }

  private func stream(_ input: EventQuery, _ call: Call) async throws -> HTTPResponse {
    let member = call.account
    let from = try await place(call.lastEventID, input.since)
    return .events { writer in
      var place = from
      var rings = bell.rings().makeAsyncIterator()
      repeat {
        // Read until nothing is left: one ring may stand for many events.
        while true {
          let events = try await EventLog.read(database, for: member, after: place, limit: 100)
          for event in events {
            let data = String(decoding: try JSONEncoder().encode(event), as: UTF8.self)
            try await writer.send(ServerSentEvent(id: event.id.description, event: event.kind.rawValue, data: data))
            place = event.id
          }
          if events.count < 100 { break }
        }
      } while await rings.next() != nil
    }
  }

  /// Where a stream begins: behind the event it was at, else behind the one it asks for, else now.
  private func place(_ lastEventID: String?, _ since: EventID?) async throws -> EventID {
    let end = try await EventLog.end(database)
    guard let wanted = try EventID(lastHeard: lastEventID) ?? since else { return end }
    guard wanted.belongs(to: end.epoch) else { throw PositionGone() }
    return EventID(epoch: end.epoch, transaction: wanted.transaction, number: wanted.number)
  }
}

extension EventID {
  /// Reads a Last-Event-ID header. An empty one names nothing; a text that is no id of ours is a place in another feed.
  fileprivate init?(lastHeard text: String?) throws {
    guard let text, !text.isEmpty else { return nil }
    guard let id = EventID(text) else { throw PositionGone() }
    self = id
  }
}
