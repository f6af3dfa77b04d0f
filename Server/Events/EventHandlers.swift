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
  let tokens: AccessTokens

  func bind(_ routes: inout Routes) {
    routes.bind(Events.feed) { input, call in
      if call.wantsEvents { return Reply(content: .events(try await stream(input, call))) }
      let limit = input.limit ?? PageLimit.standard
      let events = try await EventLog.read(database, for: call.member, after: input.since ?? .start, limit: limit)
      return .value(Page(items: events))
    }
  }

  /// A stream that ends by itself when its caller's session does, and with the token it was asked for with: whoever goes
  /// on shows the next one, and where they were.
  private func stream(_ input: EventQuery, _ call: Call) async throws -> HTTPResponse {
    guard let lease = call.lease else { throw AccessRefusal.unauthenticated }
    let caller = call.caller
    let from = try await place(call.lastEventID, input.since)
    return .events { writer in
      let (rings, ring) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
      let listener = bell.listen { ring.yield() }
      defer { bell.leave(listener) }
      let watch = LeaseWatch(lease, tokens, on: writer.stream.loop) { ring.finish() }
      defer { watch.stop() }
      // A key may have been revoked before the watch began; of sessions the watch knows.
      if let key = caller.key, try await !tokens.ring.holds(key.id) { return }
      // Known before anything happens, so that nothing is missed if nothing does before the stream ends.
      try await writer.send(place: from.description)
      var place = from
      var rounds = rings.makeAsyncIterator()
      repeat {
        place = try await tell(call.member, after: place, to: writer) { watch.holds }
      } while await rounds.next() != nil
    }
  }

  /// Tells all there is: one ring may stand for many events. Says how far it came.
  private func tell(
    _ member: ShopMember, after from: EventID, to writer: ServerSentEventWriter, while mayGoOn: () -> Bool
  ) async throws -> EventID {
    var place = from
    while mayGoOn() {
      let events = try await EventLog.read(database, for: member, after: place, limit: 100)
      for event in events where mayGoOn() {
        let data = String(decoding: try JSONEncoder().encode(event), as: UTF8.self)
        try await writer.send(ServerSentEvent(id: event.id.description, event: event.kind.rawValue, data: data))
        place = event.id
      }
      if events.count < 100 { break }
    }
    return place
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
