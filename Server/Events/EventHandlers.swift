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
    var start = call.lastEventID.flatMap(EventID.init) ?? input.since
    if start == nil { start = try await EventLog.end(database) }
    let from = start ?? .start
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
}
