// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import ObjectStore
import TestSupport
import Testing

/// Against a server of another make, which checks the signatures.
@Suite(.timeLimit(.minutes(3))) struct ObjectStoreTests {
  private final class Bench: Sendable {
    let peer: PythonPeer
    let loops = LoopGroup(count: 1)

    init() async throws {
      peer = try await onThread {
        try PythonPeer("object_store_peer.py", ["pictures"], python: try PythonTools.interpreter())
      }
    }

    func store(bucket: String = "pictures", secret: String? = nil) throws -> ObjectStore {
      let key = try readFile("\(peer.folder)/key").split(separator: " ").map(String.init)
      let place = ObjectStorePlace(
        url: peer.url(bucket), region: "eu-west-1", accessKey: key[0], secretKey: secret ?? key[1])
      return ObjectStore(try #require(place), by: HTTPClient(loop: loops.loops[0]))
    }

    deinit { loops.shutDown() }
  }

  @Test func `what is kept is given back, and what is not is not there`() async throws {
    let bench = try await Bench()
    let store = try bench.store()
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    for key in ["ab/cd/large.png", "a key/with é+&=?#%", "empty"] {
      let content = key == "empty" ? [] : bytes
      #expect(try await !store.has(key))
      #expect(try await store.get(key) == nil)
      try await store.put(content, at: key, type: "image/png")
      #expect(try await store.has(key))
      #expect(try await store.get(key) == content)
      try await store.delete(key)
      #expect(try await !store.has(key))
    }
  }

  @Test func `a store that does not believe us, or has no such bucket, is a failure that says so`() async throws {
    let bench = try await Bench()
    let stranger = try bench.store(secret: "wrong")
    let refused = await #expect(throws: ObjectStoreFailure.self) { try await stranger.put([1], at: "a", type: "t") }
    #expect(refused?.status == 403)
    await #expect(throws: ObjectStoreFailure.self) { try await stranger.get("a") }
    let nowhere = try bench.store(bucket: "elsewhere")
    let missing = await #expect(throws: ObjectStoreFailure.self) { try await nowhere.get("a") }
    #expect(missing?.description == "the object store answered 404 (NoSuchBucket) to GET a")
  }
}
