// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct `A connection` {
  @Test func `is secure when the certificate is trusted and names the host, and refused otherwise`() async throws {
    let temporary = try TemporaryFolder()
    defer { withExtendedLifetime(temporary) {} }
    let folder = temporary.path
    try await onThread { try makeCertificate(folder) }
    let words = ["tls", "\(folder)/cert.pem", "\(folder)/key.pem"]
    let trusting = try await Bench(words) { $0.certificates = "\(folder)/cert.pem" }
    var request = ClientRequest("GET", "https://localhost:\(trusting.peer.port)/hello")
    request.retry = .never
    #expect(try await trusting.client.send(request).text == "hello")
    let otherName = request.url.split(separator: "localhost").joined(separator: "127.0.0.1")
    #expect(await failure { try await trusting.client.send(ClientRequest("GET", otherName)) }?.kind == .tls)
    let strict = HTTPClient(loop: trusting.thread.loop)
    #expect(await failure { try await strict.send(request) }?.kind == .tls)
  }

  @Test func `goes through the proxy, but for the hosts that need none`() async throws {
    let proxy = try await Bench()
    let direct = try await Bench { $0.proxy = .url(proxy.peer.url(""), except: "127.0.0.1") }
    #expect(try await direct.client.send(ClientRequest("GET", "http://no-such-host.invalid/hello")).text == "hello")
    #expect(try await direct.get("hello").text == "hello")
    #expect(try await proxy.count("hello") == 1)
    #expect(try await direct.count("hello") == 1)
  }

  @Test func `is looked up without holding the loop, even when the request is cancelled meanwhile`() async throws {
    let thread = TestLoop()
    var configuration = ClientConfiguration()
    configuration.proxy = .none
    let client = HTTPClient(loop: thread.loop, configuration: configuration)
    for _ in 0..<20 {
      let task = Task(executorPreference: thread.loop) {
        try await client.send(ClientRequest("GET", "http://no-such-host-\(Int.random(in: 0..<1000)).invalid/"))
      }
      await Task(executorPreference: thread.loop) { task.cancel() }.value
      let kind = await failure { try await task.value }?.kind
      #expect(kind == .aborted || kind == .resolve)
    }
  }

  @Test func `and its sockets survive many clients that come and go`() async throws {
    let bench = try await Bench()
    for _ in 0..<50 {
      var configuration = ClientConfiguration()
      configuration.proxy = .none
      let client = HTTPClient(loop: bench.thread.loop, configuration: configuration)
      #expect(try await client.send(ClientRequest("GET", bench.peer.url("hello"))).text == "hello")
    }
    #expect(try await bench.get("gone?of=closed&times=50").text == "gone")
  }
}
