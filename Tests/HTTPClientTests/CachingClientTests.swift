// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import HTTPClient
import Synchronization
import TestSupport
import Testing

/// The cache in front of a real server, with a clock that the test turns.
@Suite(.timeLimit(.minutes(1)))
struct `The caching client` {
  struct CacheBench {
    let bench: Bench
    let storage = MemoryCacheStorage(bytesMax: 1 << 20)
    let stored: WatchedStorage
    let clock = Clock()
    let client: CachingClient

    init() async throws {
      bench = try await Bench()
      stored = WatchedStorage(storage)
      client = CachingClient(client: bench.client, storage: stored) { [clock] in clock.now }
    }

    func request(_ query: String, _ headers: HeaderFields = [:]) -> ClientRequest {
      var request = ClientRequest("GET", bench.peer.url("cached?\(query)"), headers: headers)
      request.retry = .never
      return request
    }

    /// All that a two-step load brings.
    func updates(_ request: ClientRequest, _ mode: CacheMode = .standard) async throws -> [CachedResponse] {
      var all: [CachedResponse] = []
      for try await answer in client.updates(request, mode) { all.append(answer) }
      return all
    }
  }

  final class Clock: Sendable {
    private let offset = Mutex<Int64>(0)
    var now: Int64 { HTTPDate.now + offset.withLock { $0 } }
    func turn(_ seconds: Int64) { offset.withLock { $0 += seconds } }
  }

  @Test func `asks once while the answer is fresh, then again`() async throws {
    let cache = try await CacheBench()
    let request = cache.request("control=max-age%3D60")
    for _ in 0..<3 {
      let answer = try await cache.client.load(request)
      #expect(answer.response.text == "version 1 for all")
      #expect(answer.freshness == .fresh)
    }
    #expect(try await cache.bench.count("cached") == 1)
    #expect(try await cache.client.load(request, .reload).response.text == "version 2 for all")
    #expect(try await cache.client.load(request).response.text == "version 2 for all")
    cache.clock.turn(61)
    #expect(try await cache.client.load(request).response.text == "version 3 for all")
  }

  @Test func `keeps the body when the origin says 304, and takes over its header`() async throws {
    let cache = try await CacheBench()
    let request = cache.request("control=max-age%3D60&etag=%22a%22")
    _ = try await cache.client.load(request)
    cache.clock.turn(61)
    let again = try await cache.client.load(request)
    #expect(again.response.status == 200)
    #expect(again.response.text == "version 1 for all")
    #expect(again.response.headers["X-Seen"] == "2")
    #expect(again.response.headers["Content-Length"] == "17")
    #expect(again.freshness == .fresh)
    #expect(try await cache.bench.count("cached-304") == 1)
  }

  @Test func `never serves what must not be stored`() async throws {
    let cache = try await CacheBench()
    let request = cache.request("control=no-store,max-age%3D60")
    #expect(try await cache.client.load(request).response.text == "version 1 for all")
    #expect(try await cache.client.load(request, .preferStored).response.text == "version 2 for all")
    #expect(cache.storage.sizeBytes == 0)
  }

  @Test func `keeps variants apart`() async throws {
    let cache = try await CacheBench()
    let query = "control=max-age%3D60&vary=Accept-Language"
    for language in ["de", "en", "de", "en"] {
      let answer = try await cache.client.load(cache.request(query, ["Accept-Language": language]))
      #expect(answer.response.text.hasSuffix("for \(language)"))
    }
    #expect(try await cache.bench.count("cached") == 2)
  }

  @Test func `shows the stored answer at once and the origin's after it`() async throws {
    let cache = try await CacheBench()
    let request = cache.request("control=max-age%3D60")
    #expect(try await cache.updates(request).map(\.response.text) == ["version 1 for all"])
    #expect(try await cache.updates(request).map(\.freshness) == [.fresh])
    cache.clock.turn(100)
    let both = try await cache.updates(request)
    #expect(both.map(\.response.text) == ["version 1 for all", "version 2 for all"])
    guard case .stale(let age, revalidating: true)? = both.first?.freshness else {
      Issue.record("the first is stale: \(both)")
      return
    }
    #expect(100...102 ~= age)
    #expect(both.last?.freshness == .fresh)
  }

  @Test func `revalidates behind the caller's back when the origin allows it`() async throws {
    let cache = try await CacheBench()
    let request = cache.request("control=max-age%3D60,stale-while-revalidate%3D60")
    _ = try await cache.client.load(request)
    cache.clock.turn(61)
    let answer = try await cache.client.load(request)
    #expect(answer.response.text == "version 1 for all")
    guard case .stale(_, revalidating: true) = answer.freshness else {
      Issue.record("stale: \(answer)")
      return
    }
    await cache.stored.wait(count: 2)
    #expect(try await cache.client.load(request).response.text == "version 2 for all")
  }

  @Test func `asks once for what many are shown while it is asked for`() async throws {
    let cache = try await CacheBench()
    let request = cache.request("control=max-age%3D60,stale-while-revalidate%3D60")
    _ = try await cache.client.load(request)
    cache.clock.turn(61)
    // The origin's answer is kept back until everybody has been shown the old one.
    cache.stored.hold()
    for _ in 0..<50 { #expect(try await cache.client.load(request).response.text == "version 1 for all") }
    cache.stored.letGo()
    await cache.stored.wait(count: 2)
    #expect(try await cache.bench.count("cached") == 2)
    #expect(try await cache.client.load(request).response.text == "version 2 for all")
  }

  @Test func `serves what it has with its age when the origin cannot be reached`() async throws {
    let cache = try await CacheBench()
    let request = cache.request("control=max-age%3D60")
    let strict = cache.request("control=max-age%3D60,must-revalidate")
    _ = try await cache.client.load(request)
    _ = try await cache.client.load(strict)
    cache.bench.peer.stop()
    cache.clock.turn(500)
    for freshness in [try await cache.client.load(request), try await cache.updates(request).last].map({ $0?.freshness }
    ) {
      guard case .offline(let age)? = freshness else {
        Issue.record("offline: \(String(describing: freshness))")
        continue
      }
      #expect(500...510 ~= age)
    }
    // What must be revalidated is not shown at all, and neither is what was never there.
    #expect(await failure { try await cache.client.load(strict) }?.isConnectionFailure == true)
    #expect(await failure { try await cache.client.load(cache.request("other=1")) }?.isConnectionFailure == true)
  }

  @Test func `serves what is stale when the origin fails, only where it may`() async throws {
    let cache = try await CacheBench()
    let lenient = cache.request("key=a&control=max-age%3D60,stale-if-error%3D600")
    let strict = cache.request("key=b&control=max-age%3D60")
    for request in [lenient, strict] { _ = try await cache.client.load(request) }
    for key in ["a", "b"] { _ = try await cache.bench.get("toggle?of=\(key)") }
    cache.clock.turn(100)
    let answer = try await cache.client.load(lenient)
    #expect(answer.response.text == "version 1 for all")
    guard case .stale(_, revalidating: false) = answer.freshness else {
      Issue.record("stale: \(answer)")
      return
    }
    #expect(try await cache.client.load(strict).response.status == 503)
  }

  @Test func `renewed credentials of one user are no other user's`() async throws {
    let cache = try await CacheBench()
    func ask(_ client: CachingClient, _ token: String) async throws -> CachedResponse {
      try await client.load(cache.request("control=max-age%3D60&vary=Authorization", ["Authorization": token]))
    }
    let own = CachingClient(
      client: cache.bench.client, storage: cache.storage, partition: "own", settled: ["authorization"])
    #expect(try await ask(own, "Bearer one") == ask(own, "Bearer two"))
    #expect(try await cache.bench.count("cached") == 1)
    _ = try await ask(cache.client, "Bearer one")
    _ = try await ask(cache.client, "Bearer two")
    #expect(try await cache.bench.count("cached") == 3)
  }

  @Test func `forgets what a change has outdated`() async throws {
    let cache = try await CacheBench()
    let request = cache.request("control=max-age%3D60")
    let other = cache.request("key=other&control=max-age%3D60")
    _ = try await cache.client.load(request)
    _ = try await cache.client.load(other)
    var change = ClientRequest("POST", request.url)
    #expect(try await cache.client.load(change).response.status == 204)
    #expect(try await cache.client.load(request).response.text == "version 3 for all")
    #expect(try await cache.client.load(other).response.text == "version 1 for all")
    let target = "/cached%3Fcontrol%3Dmax-age%25253D60"
    change = ClientRequest("PUT", cache.bench.peer.url("cached?key=put&location=\(target)"))
    #expect(try await cache.client.load(change).response.headers["Location"] == "/cached?control=max-age%253D60")
    try await cache.client.forget(other.url)
    #expect(try await cache.client.load(other).response.text == "version 2 for all")
  }

  @Test func `keeps memory within its bounds, dropping what was not used for longest`() {
    let storage = MemoryCacheStorage(bytesMax: 100_000)
    func entry(_ number: Int, _ count: Int = 1000) -> StoredResponse? {
      let request = ClientRequest("GET", "http://h/\(number)")
      return CachePolicy.entry(
        for: request, ClientResponse(status: 200, body: [UInt8](repeating: 0, count: count)), key: "\(number)",
        requestTime: 0, responseTime: 0)
    }
    for number in 0..<500 {
      if let entry = entry(number) { storage.store(entry) }
      #expect(storage.sizeBytes <= 100_000)
      #expect(storage.responses(for: "0").count == 1, "in use all the time")
    }
    #expect(storage.responses(for: "499").count == 1)
    #expect(storage.responses(for: "1").isEmpty)
    if let entry = entry(499, 200_000) { storage.store(entry) }
    #expect(storage.responses(for: "499").isEmpty)
  }
}
