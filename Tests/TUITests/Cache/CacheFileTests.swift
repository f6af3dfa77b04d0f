// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import HTTPClient
import Synchronization
import Testing

@testable import souk

/// A directory that goes with the test.
struct ScratchDirectory: ~Copyable {
  let path: String

  init() {
    var random = SystemRandomNumberGenerator()
    path = "/tmp/souk-tui-tests-\(getpid())-\(random.next() as UInt32)"
    Places.makeDirectory(path)
  }

  deinit {
    for name in ["a.cache", "a.outbox", "a.session"] {
      for suffix in ["", "-wal", "-shm"] { unsafe unlink("\(path)/\(name)\(suffix)") }
    }
    unsafe rmdir(path)
  }
}

@Suite struct CacheFileTests {
  private func answer(_ key: String, variant: String = "", body: Int = 100, at time: Int64 = 10) -> StoredResponse {
    StoredResponse(
      key: key, variant: variant, status: 200, headers: ["ETag": "\"1\"", "Vary": "X"],
      body: [UInt8](repeating: 7, count: body), requestTime: time, responseTime: time)
  }

  @Test func `what was stored comes back whole, in this process and the next`() {
    let directory = ScratchDirectory()
    let path = directory.path + "/a.cache"
    CacheFile(path: path).store(answer("one", variant: "x=1"))
    let again = CacheFile(path: path)
    #expect(again.responses(for: "one") == [answer("one", variant: "x=1")])
    #expect(again.responses(for: "two").isEmpty)
    var info = stat()
    unsafe stat(path, &info)
    #expect(info.st_mode & 0o777 == 0o600)
  }

  @Test func `variants live beside each other and go together`() {
    let directory = ScratchDirectory()
    let cache = CacheFile(path: directory.path + "/a.cache")
    cache.store(answer("one", variant: "a", at: 1))
    cache.store(answer("one", variant: "b", at: 2))
    cache.store(answer("one", variant: "a", body: 5, at: 3))
    #expect(cache.responses(for: "one").count == 2)
    #expect(cache.last(for: "one")?.body.count == 5)
    cache.remove("one")
    #expect(cache.responses(for: "one").isEmpty)
    #expect(cache.last(for: "one") == nil)
  }

  @Test func `it never grows beyond its size, and what was used last stays`() {
    let directory = ScratchDirectory()
    let time = Mutex<Int64>(1000)
    let cache = CacheFile(path: directory.path + "/a.cache", bytesMax: 100_000) { time.withLock { $0 } }
    for number in 0..<60 {
      time.withLock { $0 += 100 }
      cache.store(answer("key \(number)", body: 4000))
      _ = cache.responses(for: "key 0")
      #expect(cache.figures.bytes <= 100_000)
    }
    #expect(!cache.responses(for: "key 0").isEmpty)
    #expect(!cache.responses(for: "key 59").isEmpty)
    #expect(cache.responses(for: "key 1").isEmpty)
  }

  @Test func `a damaged file is made anew`() throws {
    let directory = ScratchDirectory()
    let path = directory.path + "/a.cache"
    try PrivateFile.write(path, Array(String(repeating: "this is no database. ", count: 300).utf8))
    let cache = CacheFile(path: path)
    cache.store(answer("one"))
    #expect(cache.responses(for: "one").count == 1)
  }

  @Test func `several at once neither block nor lose`() async {
    let directory = ScratchDirectory()
    let path = directory.path + "/a.cache"
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask {
          let cache = CacheFile(path: path)
          for number in 0..<20 {
            cache.store(
              StoredResponse(
                key: "\(worker)-\(number)", variant: "", status: 200, headers: [:], body: [1], requestTime: 1,
                responseTime: 1))
          }
        }
      }
    }
    #expect(CacheFile(path: path).figures.count == 80)
  }

  @Test func `emptying leaves nothing`() {
    let directory = ScratchDirectory()
    let cache = CacheFile(path: directory.path + "/a.cache")
    cache.store(answer("one"))
    cache.empty()
    #expect(cache.figures.count == 0)
  }

  @Test func `accounts and servers have files of their own`() {
    let places = Places { $0 == "XDG_CACHE_HOME" ? "/c" : $0 == "XDG_STATE_HOME" ? "relative" : "/home/a" }
    #expect(places.cacheDirectory == "/c/souk")
    #expect(places.stateDirectory == "/home/a/.local/state/souk")
    let names = ["http://a", "http://b"].flatMap { server in
      ["", "usr_1"].map { places.cacheFile(server: server, account: $0) }
    }
    #expect(Set(names).count == 4)
  }

  @Test func `a session is readable by its owner only and goes when it is removed`() throws {
    let directory = ScratchDirectory()
    let file = SessionFile(path: directory.path + "/a.session")
    #expect(file.read() == nil)
    try file.write(Samples.session)
    #expect(file.read() == Samples.session)
    var info = stat()
    unsafe stat(file.path, &info)
    #expect(info.st_mode & 0o777 == 0o600)
    file.remove()
    #expect(file.read() == nil)
  }
}
