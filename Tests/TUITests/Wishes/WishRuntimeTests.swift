// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import JSON
import Market
import Synchronization
import TestSupport
import Testing

@testable import souk

/// A guest's wishes on their way into an account.
@Suite(.timeLimit(.minutes(1))) final class WishRuntimeTests {
  private let directory = ScratchDirectory()

  private func desk(_ peer: Peer, _ session: Session?) throws -> Desk {
    var session = session
    session?.expiresAt = Timestamp(microseconds: .max / 2)
    let places = Places { name in name == "HOME" ? directory.path : nil }
    return try Desk(server: peer.client.wire.server, places: places, loop: peer.client.wire.loop, session: session)
  }

  private static func taken(_ card: ProductCard) throws -> HTTPResponse {
    let wish = Wish(
      product: card.id, title: card.title, addedAt: Timestamp(microseconds: 1), priceThen: card.price, card: card)
    return HTTPResponse(contentType: "application/json", try JSONEncoder().encode(wish))
  }

  private static func problem(_ code: ProblemCode) throws -> HTTPResponse {
    HTTPResponse(
      status: code.status, headers: ["Content-Type": "application/problem+json"],
      body: .bytes(try JSONEncoder().encode(code.problem())))
  }

  private func fill(_ guest: Desk) throws {
    for (index, card) in Samples.cards.enumerated() {
      _ = try guest.shelf.add(card, at: Timestamp(microseconds: Int64(index + 1) * 1_000_000))
    }
  }

  @Test func `every wish joins once, with its time, and leaves this computer`() async throws {
    let peer = try Peer { asked in
      let card = Samples.cards.first { asked.body.contains($0.id.text) }
      return (try? card.map(WishRuntimeTests.taken)) ?? HTTPResponse(status: 500)
    }
    try fill(try desk(peer, nil))
    let runtime = WishRuntime(desk: try desk(peer, Samples.session))
    #expect(try await runtime.join() == WishJoin(joined: 3))
    #expect(peer.asked.map(\.line) == Array(repeating: "POST /api/v1/me/wishes", count: 3))
    #expect(peer.asked[0].body.contains(Samples.bracelet.id.text))
    #expect(peer.asked[0].body.contains("1970-01-01T00:00:01.000Z"))
    #expect(try desk(peer, nil).shelf.wishes().isEmpty)
    #expect(try await runtime.join() == WishJoin())
    #expect(peer.asked.count == 3)
  }

  @Test func `what the account cannot take stays here, and what is gone goes`() async throws {
    let peer = try Peer { asked in
      if asked.body.contains(Samples.bracelet.id.text) {
        return (try? WishRuntimeTests.problem(.notFound)) ?? .init(status: 500)
      }
      return (try? WishRuntimeTests.problem(.wishlistFull)) ?? .init(status: 500)
    }
    try fill(try desk(peer, nil))
    #expect(try await WishRuntime(desk: try desk(peer, Samples.session)).join() == WishJoin(gone: 1, left: 2))
    #expect(try desk(peer, nil).shelf.wishes().map(\.product) == [Samples.cuff.id, Samples.ring.id])
  }

  @Test func `an account's looks are reported together and then forgotten here`() async throws {
    let peer = try Peer { _ in
      HTTPResponse(contentType: "application/json", Array(#"{"is_agreed":false,"kept":0}"#.utf8))
    }
    let desk = try desk(peer, Samples.session)
    let runtime = WishRuntime(desk: desk)
    for card in Samples.cards { try runtime.note(card) }
    try await runtime.report()
    #expect(peer.asked.map(\.line) == ["POST /api/v1/me/views"])
    #expect(Samples.cards.allSatisfy { peer.asked[0].body.contains($0.id.text) })
    #expect(try desk.shelf.looks().isEmpty)
  }

  @Test func `a guest's looks stay on this computer`() async throws {
    let peer = try Peer { _ in HTTPResponse(status: 500) }
    let desk = try desk(peer, nil)
    let runtime = WishRuntime(desk: desk)
    try runtime.note(Samples.cards[0])
    try await runtime.report()
    #expect(peer.asked.isEmpty)
    #expect(try desk.shelf.looks().map(\.card) == [Samples.cards[0]])
  }
}
