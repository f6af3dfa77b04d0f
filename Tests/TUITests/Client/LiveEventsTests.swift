// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import JSON
import Market
import Synchronization
import TestSupport
import Testing

@testable import souk

@Suite(.timeLimit(.minutes(1))) struct LiveEventsTests {
  private static func event(_ epoch: String) -> MarketEvent {
    MarketEvent(
      id: EventID(epoch: epoch, transaction: 7, number: 1), kind: .productChanged, shop: Samples.shop,
      product: Samples.ring.id, at: Timestamp(microseconds: 0))
  }

  /// Follows a market on a loop of its own until the updates are as wanted, or the feed ends.
  private func follow(
    since: EventID? = nil, until wanted: @escaping @Sendable ([LiveUpdate]) -> Bool,
    _ handler: @escaping HTTPHandler
  ) async throws -> (updates: [LiveUpdate], failure: ClientFailure?) {
    let directory = try TemporaryFolder()
    let group = LoopGroup(count: 1)
    defer { group.shutDown() }
    let server = HTTPServer(loops: group.loops, handler: handler)
    let port = try server.start()
    let places = Places { $0.hasPrefix("XDG_") ? directory.path : nil }
    let client = try Desk(server: "http://127.0.0.1:\(port)", places: places, loop: group.loops[0]).client
    let updates = Mutex<[LiveUpdate]>([])
    let (done, finish) = AsyncStream.makeStream(of: Void.self)
    let following = Task(executorPreference: group.loops[0]) { () -> ClientFailure? in
      defer { finish.yield() }
      do throws(ClientFailure) {
        try await client.follow(since: since) { update in
          let isDone = updates.withLock { updates in
            updates.append(update)
            return wanted(updates)
          }
          if isDone { finish.yield() }
        }
        return nil
      } catch { return error }
    }
    for await _ in done { break }
    following.cancel()
    let failure = await following.value
    await server.drain(within: .milliseconds(100))
    return (updates.withLock { $0 }, failure)
  }

  @Test func `a feed that begins anew is followed from now on, and said to be another`() async throws {
    let places = Mutex<[String]>([])
    let (updates, _) = try await follow(until: { $0.last == .event(Self.event("new")) }) { request in
      let place = request.headers["Last-Event-ID"] ?? ""
      let isFirst = places.withLock { places in
        places.append(place)
        return places.count == 1
      }
      if !place.isEmpty { return .problem(410, code: "position_gone", title: "Position gone") }
      let event = Self.event(isFirst ? "old" : "new")
      return .events { writer in
        let data = String(decoding: try JSONEncoder().encode(event), as: UTF8.self)
        try await writer.send(ServerSentEvent(id: event.id.description, event: event.kind.rawValue, data: data))
        if !isFirst { try await EventLoop.current?.sleep(for: .seconds(600)) }
      }
    }
    let settled = updates.filter { if case .lost = $0 { false } else { true } }
    #expect(
      settled == [.opened, .event(Self.event("old")), .restarted, .opened, .event(Self.event("new"))], "\(updates)")
    #expect(places.withLock { $0 } == ["", Self.event("old").id.description, ""])
  }

  @Test(arguments: [(410, ProblemCode.gone), (401, .unauthenticated), (403, .forbidden)])
  func `a feed that is refused at once ends with the reason`(status: Int, code: ProblemCode) async throws {
    let (updates, failure) = try await follow(since: Self.event("old").id, until: { _ in false }) { _ in
      .problem(status, code: "any", title: "No")
    }
    #expect(updates.isEmpty && failure?.problemCode == code)
  }
}
