// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import HTTPClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct `The HTTP client` {
  @Test func `brings status, header and body`() async throws {
    let bench = try await Bench()
    let answer = try await bench.get("hello")
    #expect(answer.status == 200)
    #expect(answer.text == "hello")
    #expect(answer.headers["x-mixed-case"] == "a")
    #expect(answer.headers.values(for: "X-MIXED-CASE") == ["a", "b"])
    #expect(try await bench.get("nothing").status == 404)
  }

  @Test(arguments: ["GET", "POST", "PUT", "PATCH", "DELETE"])
  func `sends the method, the header and the body that were asked for`(_ method: String) async throws {
    let bench = try await Bench()
    let body = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
    var request = ClientRequest(method, bench.peer.url("echo"), headers: ["X-Word": "a:b", "X-Empty": ""])
    if method != "GET" { request.body = .bytes(body) }
    let text = try await bench.client.send(request).text
    #expect(text.contains("\"method\": \"\(method)\""))
    #expect(text.contains("\"x-word\": \"a:b\""))
    #expect(text.contains("\"x-empty\": \"\""))
    #expect(!text.contains("\"expect\""))
    #expect(!text.contains("\"content-type\""))
    #expect(text.contains("\"bytes\": \(method == "GET" ? 0 : body.count)"))
    #expect(text.contains("\"sum\": \(method == "GET" ? 0 : body.reduce(0) { $0 + Int($1) })"))
  }

  @Test(arguments: ["POST", "PUT"])
  func `sends a file`(_ method: String) async throws {
    let bench = try await Bench()
    let path = bench.peer.folder + "/file"
    let descriptor = unsafe open(path, O_CREAT | O_WRONLY, 0o600)
    let bytes = [UInt8](repeating: 7, count: 3_000_000)
    #expect(unsafe write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
    let request = ClientRequest(method, bench.peer.url("echo"), body: .file(path: path))
    let text = try await bench.client.send(request).text
    #expect(text.contains("\"bytes\": 3000000, \"sum\": 21000000"))
    let missing = ClientRequest(method, bench.peer.url("echo"), body: .file(path: path + "-not"))
    #expect(await failure { try await bench.client.send(missing) }?.kind == .file)
  }

  @Test func `an empty POST has a length of zero`() async throws {
    let bench = try await Bench()
    let text = try await bench.client.send(ClientRequest("POST", bench.peer.url("echo"))).text
    #expect(text.contains("\"content-length\": \"0\""))
  }

  @Test func `a HEAD has no body`() async throws {
    let bench = try await Bench()
    let answer = try await bench.client.send(ClientRequest("HEAD", bench.peer.url("hello")))
    #expect(answer.headers["Content-Length"] == "5")
    #expect(answer.body == [])
  }

  @Test func `decodes a compressed body and forgets that it was one`() async throws {
    let bench = try await Bench()
    let answer = try await bench.get("gzip")
    #expect(answer.text == String(repeating: "squeezed ", count: 1000))
    #expect(answer.headers["Content-Encoding"] == nil)
    #expect(answer.headers["Content-Length"] == nil)
  }

  @Test func `joins chunks`() async throws {
    let bench = try await Bench()
    let answer = try await bench.get("chunked")
    #expect(answer.text == "one two three")
    #expect(answer.headers["X-Trailer"] == nil)
  }

  @Test func `follows as many redirects as it may`() async throws {
    let bench = try await Bench()
    var request = ClientRequest("GET", bench.peer.url("redirect?left=2"))
    #expect(try await bench.client.send(request).status == 302)
    request.redirectsMax = 3
    #expect(try await bench.client.send(request).text == "hello")
    request.redirectsMax = 2
    #expect(await failure { try await bench.client.send(request) }?.kind == .tooManyRedirects)
  }

  @Test func `talks through a local socket`() async throws {
    let temporary = try TemporaryFolder()
    defer { withExtendedLifetime(temporary) {} }
    let folder = temporary.path
    let bench = try await Bench(["\(folder)/socket"])
    var request = ClientRequest("GET", "http://anything/hello")
    request.unixSocket = "\(folder)/socket"
    #expect(try await bench.client.send(request).text == "hello")
  }

  @Test(arguments: [
    ("GE T", "http://h/", "a", "b"), ("", "http://h/", "a", "b"), ("GET", "http://h/\r\nX: y", "a", "b"),
    ("GET", "http://h/", "a\r\nb", "c"), ("GET", "http://h/", "a", "b\nc"), ("GET", "file:///etc/passwd", "a", "b"),
    ("GET", "gopher://h/", "a", "b"), ("GET", "", "a", "b"), ("GET", "http://h/", "", "b"),
  ])
  func `refuses requests that cannot be sent`(_ method: String, _ url: String, _ name: String, _ value: String) async {
    let thread = TestLoop()
    let client = HTTPClient(loop: thread.loop)
    let request = ClientRequest(method, url, headers: HeaderFields([(name, value)]))
    #expect(await failure { try await client.send(request) }?.kind == .malformed)
  }

  @Test func `a thousand requests share as many connections as may be open at once`() async throws {
    let bench = try await Bench { $0.connectionsPerHostMax = 32 }
    let before = try await bench.count("connections")
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<32 { group.addTask { try await bench.get("hello").status } }
      var sent = 32
      while let status = try await group.next() {
        #expect(status == 200)
        if sent < 1000 {
          sent += 1
          group.addTask { try await bench.get("hello").status }
        }
      }
    }
    #expect(try await bench.count("hello") == 1000)
    #expect(try await bench.count("connections") - before <= 32)
  }
}
