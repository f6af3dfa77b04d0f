// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import HTTPServer
import Testing

struct RangeCase: Sendable, CustomTestStringConvertible {
  var range: String
  var status: Int
  /// What of the file's bytes 0...999 arrives.
  var part: Range<Int> = 0..<1000
  var testDescription: String { range }
}

@Suite(.timeLimit(.minutes(1)))
struct FileTests {
  static let content = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

  /// A server of one folder's files; with a tag, so that a range can be asked for under a condition.
  private func withFiles(
    offloads: Bool = false, _ body: @escaping @Sendable (TemporaryDirectory, UInt16) throws -> Void
  ) async throws {
    let directory = try TemporaryDirectory()
    directory.write("some", FileTests.content)
    directory.write("none", [])
    var configuration = HTTPServerConfiguration()
    let pool = OffloadPool(threadCount: 1)
    if offloads { configuration.offload = pool }
    try await withServer(
      configuration, handler: { HTTPResponse(headers: ["ETag": "\"f\""], body: .file(path: directory.path + $0.path)) }
    ) { _, port in try body(directory, port) }
    pool.shutDown()
  }

  private func get(_ port: UInt16, _ path: String, _ headers: String = "", method: String = "GET") throws -> RawResponse
  {
    let client = try RawClient(port: port)
    try client.send("\(method) \(path) HTTP/1.1\r\nHost: h\r\n\(headers)\r\n")
    return try client.readResponse(isHead: method == "HEAD")
  }

  @Test(arguments: [
    RangeCase(range: "bytes=0-0", status: 206, part: 0..<1),
    RangeCase(range: "bytes=10-19", status: 206, part: 10..<20),
    RangeCase(range: "bytes=990-", status: 206, part: 990..<1000),
    RangeCase(range: "bytes=990-5000", status: 206, part: 990..<1000),
    RangeCase(range: "bytes=-3", status: 206, part: 997..<1000),
    RangeCase(range: "bytes=-5000", status: 206),
    RangeCase(range: "bytes=1000-", status: 416), RangeCase(range: "bytes=99999999999999999999-", status: 416),
    RangeCase(range: "bytes=-0", status: 416),
    RangeCase(range: "bytes=0-1,5-6", status: 200), RangeCase(range: "bytes=9-3", status: 200),
    RangeCase(range: "lines=0-1", status: 200), RangeCase(range: "bytes=a-b", status: 200),
  ])
  func `a range is answered with that part, or refused, or means the whole`(_ wanted: RangeCase) async throws {
    try await withFiles { _, port in
      let response = try get(port, "/some", "Range: \(wanted.range)\r\n")
      #expect(response.status == wanted.status)
      switch wanted.status {
      case 206:
        #expect(response.body == Array(FileTests.content[wanted.part]))
        #expect(response["Content-Range"] == "bytes \(wanted.part.lowerBound)-\(wanted.part.upperBound - 1)/1000")
      case 416:
        #expect(response["Content-Range"] == "bytes */1000")
        #expect(response["Content-Type"] == "application/problem+json")
      default:
        #expect(response.body == FileTests.content)
        #expect(response["Accept-Ranges"] == "bytes")
        #expect(response["Content-Range"] == nil)
      }
    }
  }

  @Test func `a range under a condition is given of the same file only`() async throws {
    try await withFiles { _, port in
      for (tag, status) in [("\"f\"", 206), ("\"g\"", 200), ("W/\"f\"", 200)] {
        let response = try get(port, "/some", "Range: bytes=0-4\r\nIf-Range: \(tag)\r\n")
        #expect(response.status == status)
        #expect(response.body == (status == 206 ? Array(FileTests.content[0..<5]) : FileTests.content))
      }
    }
  }

  @Test(arguments: [false, true]) func `what is not a file is not found, and an empty file is`(
    offloads: Bool
  ) async throws {
    try await withFiles(offloads: offloads) { directory, port in
      for path in ["/missing", "/", "/some/below"] {
        let response = try get(port, path)
        #expect(response.status == 404)
        #expect(response["Content-Type"] == "application/problem+json")
        #expect(!response.text.contains(directory.path))
      }
      let empty = try get(port, "/none")
      #expect(empty.status == 200)
      #expect(empty["Content-Length"] == "0")
      #expect(try get(port, "/none", "Range: bytes=0-0\r\n").status == 416)
    }
  }

  @Test func `HEAD of a file has the size of what GET would send, and nothing of it`() async throws {
    try await withFiles { _, port in
      let client = try RawClient(port: port)
      try client.send(
        "HEAD /some HTTP/1.1\r\nHost: h\r\n\r\nHEAD /some HTTP/1.1\r\nHost: h\r\nRange: bytes=0-9\r\n\r\n")
      let whole = try client.readResponse(isHead: true)
      #expect(whole.status == 200)
      #expect(whole["Content-Length"] == "1000")
      let part = try client.readResponse(isHead: true)
      #expect(part.status == 206)
      #expect(part["Content-Length"] == "10")
      try client.send("GET /missing HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try client.readResponse().status == 404)
    }
  }

  @Test func `a file larger than every buffer reaches a slow reader whole, while others are served`() async throws {
    let directory = try TemporaryDirectory()
    let bytes = Content.bytes(12_000_000)
    directory.write("large", bytes)
    try await withServer(
      loops: 1,
      handler: { request in
        switch request.path {
        case "/file": HTTPResponse(body: .file(path: directory.path + "/large"))
        case "/bytes": HTTPResponse(contentType: "application/octet-stream", bytes)
        default: await echo(request)
        }
      },
      { _, port in
        for path in ["/file", "/bytes"] {
          let slow = try RawClient(port: port, receiveBufferBytes: 4096)
          try slow.send("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n")
          _ = try slow.readUntil("HTTP/1.1 200")
          // The other's answer comes from the same loop, which the full socket must not hold up.
          let other = try RawClient(port: port)
          try other.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n")
          #expect(try other.readResponse().text == "GET /x -")
          _ = try slow.readUntil("\r\n\r\n")
          let isWhole = Content.isSame(try slow.take(bytes.count), bytes)
          #expect(isWhole)
        }
      })
  }
}
