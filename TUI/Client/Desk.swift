// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import Market
import Synchronization

/// What one account at one server needs: session, cache, outbox and client. The client is made when it is first used,
/// which is after the first frame.
final class Desk: Sendable {
  let server: String
  let places: Places
  let session: Session?
  let cache: CacheFile
  let outbox: OutboxFile
  let loop: EventLoop
  private let made = Mutex<MarketClient?>(nil)

  /// Opens what there is for the account that is signed in, or for nobody.
  init(server: String, places: Places, loop: EventLoop, session: Session?) throws {
    self.server = server
    self.places = places
    self.loop = loop
    self.session = session
    let account = session?.account.id.text ?? ""
    cache = CacheFile(path: places.cacheFile(server: server, account: account))
    outbox = try OutboxFile(path: places.outboxFile(server: server, account: account))
  }

  convenience init(server: String, places: Places, loop: EventLoop) throws {
    let session = SessionFile(path: places.sessionFile(server: server)).read()
    try self.init(server: server, places: places, loop: loop, session: session)
  }

  var client: MarketClient {
    made.withLock { made in
      let client = made ?? MarketClient(server: server, token: session?.token, loop: loop, storage: cache)
      made = client
      return client
    }
  }

  var sight: FirstSight { FirstSight(server: server, token: session?.token, cache: cache) }

  /// Keeps the session and opens the account's own files.
  func signedIn(_ session: Session) throws -> Desk {
    try SessionFile(path: places.sessionFile(server: server)).write(session)
    return try Desk(server: server, places: places, loop: loop, session: session)
  }

  /// Forgets the session and all that was stored of the account; what is unsent stays for the next time.
  func signedOut() throws -> Desk {
    cache.empty()
    SessionFile(path: places.sessionFile(server: server)).remove()
    return try Desk(server: server, places: places, loop: loop, session: nil)
  }
}
