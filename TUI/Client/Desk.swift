// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import Market

/// What one account at one server needs: session, cache, outbox and client.
final class Desk: Sendable {
  let server: String
  let places: Places
  let cache: CacheFile
  let outbox: OutboxFile
  let shelf: ShelfFile
  let loop: EventLoop
  let wire: Wire
  let keeper: SessionKeeper
  let gate = ProofGate()

  /// Where programs put an API key.
  static let keyVariable = "SOUK_API_KEY"

  /// Opens what there is for the account that is signed in, for an API key, or for nobody.
  init(
    server: String, places: Places, loop: EventLoop, session: Session?, key: String? = nil,
    now: @escaping @Sendable () -> Int64 = { HTTPDate.now }
  ) throws {
    self.server = server
    self.places = places
    self.loop = loop
    // What a key has read and not sent is in files of its own, named by the sum at its end, which gives nothing away.
    let account = key.map { "key " + $0.suffix(8) } ?? session?.account.id.text ?? ""
    let cache = CacheFile(path: places.cacheFile(server: server, account: account))
    let wire = Wire(server: server, loop: loop, storage: cache)
    self.cache = cache
    self.wire = wire
    outbox = try OutboxFile(path: places.outboxFile(server: server, account: account))
    shelf = try ShelfFile(path: places.shelfFile(server: server, account: account))
    let file = SessionFile(path: places.sessionFile(server: server))
    keeper = SessionKeeper(session, key: key, file: file, loop: loop, now: now) { (token) async throws(ClientFailure) in
      try await wire.renew(token)
    }
  }

  convenience init(server: String, places: Places, loop: EventLoop, key: String? = nil) throws {
    let session = key == nil ? SessionFile(path: places.sessionFile(server: server)).read() : nil
    try self.init(server: server, places: places, loop: loop, session: session, key: key)
  }

  var session: Session? { keeper.session }
  var key: String? { keeper.key }
  var client: MarketClient { MarketClient(wire: wire, keeper: keeper, gate: gate) }
  var sight: FirstSight { FirstSight(server: server, cache: cache) }

  /// What this computer keeps for whoever is not signed in.
  func guestShelf() throws -> ShelfFile { try ShelfFile(path: places.shelfFile(server: server, account: "")) }

  /// Keeps the session and opens the account's own files.
  func signedIn(_ session: Session) async throws -> Desk {
    try await keeper.write(session)
    return try Desk(server: server, places: places, loop: loop, session: session)
  }

  /// Forgets the session and all that was stored of the account; what is unsent stays for the next time.
  func signedOut() async throws -> Desk {
    cache.empty()
    try shelf.forgetLooks()
    try await keeper.forget()
    return try Desk(server: server, places: places, loop: loop, session: nil)
  }
}
