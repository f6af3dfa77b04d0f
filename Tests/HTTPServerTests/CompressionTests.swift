// SPDX-License-Identifier: GPL-3.0-or-later
internal import CZlib
import EventLoop
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CompressionTests {
  static let text = Array(String(repeating: "The same words again and again. ", count: 400).utf8)

  /// Answers with an entity tag, and 304 to who has it, as a handler does that knows nothing of compression.
  @Sendable static func tagged(_ request: HTTPRequest) async -> HTTPResponse {
    let tags = request.headers["If-None-Match"] ?? ""
    let isKnown = tags.split(separator: ",").contains { $0.drop { $0 == " " } == "\"v1\"" }
    var response = HTTPResponse(status: isKnown ? 304 : 200, contentType: "text/plain; charset=utf-8", text)
    response.headers["ETag"] = "\"v1\""
    if request.path == "/secret" { response.mayCompress = false }
    if request.path == "/picture" { response.headers["Content-Type"] = "image/png" }
    if request.path == "/small" { response.body = .bytes(Array("few".utf8)) }
    if request.path == "/stream" {
      response.body = .stream(
        HTTPStream { writer in
          for start in stride(from: 0, to: text.count, by: 1000) {
            try await writer.write(Array(text[start..<min(start + 1000, text.count)]))
          }
        })
    }
    return response
  }

  private func get(_ client: RawClient, _ path: String, _ headers: String = "") throws -> RawResponse {
    try client.send("GET \(path) HTTP/1.1\r\nHost: h\r\n\(headers)\r\n")
    return try client.readResponse()
  }

  @Test(arguments: ["/", "/stream"], [false, true])
  func `a client that takes gzip gets it under a tag of its own, and 304 for that tag`(
    path: String, offloads: Bool
  ) async throws {
    var configuration = HTTPServerConfiguration()
    let pool = OffloadPool(threadCount: 1)
    if offloads { configuration.offload = pool }
    configuration.compressesInlineBytesMax = 100
    try await withServer(configuration, handler: CompressionTests.tagged) { _, port in
      let client = try RawClient(port: port)
      let small = try get(client, path, "Accept-Encoding: br, gzip;q=0.5\r\n")
      #expect(small["Content-Encoding"] == "gzip")
      #expect(small["ETag"] == "\"v1-gzip\"")
      #expect(small["Vary"] == "Accept-Encoding")
      #expect(small.body.count < CompressionTests.text.count / 4)
      #expect(gunzip(small.body) == CompressionTests.text)

      let plain = try get(client, path)
      #expect(plain["Content-Encoding"] == nil)
      #expect(plain["ETag"] == "\"v1\"")
      #expect(plain["Vary"] == "Accept-Encoding")
      #expect(plain.body == CompressionTests.text)

      for tags in ["\"v1-gzip\"", "\"v0\", \"v1-gzip\""] {
        let known = try get(client, path, "Accept-Encoding: gzip\r\nIf-None-Match: \(tags)\r\n")
        #expect(known.status == 304)
        #expect(known["ETag"] == "\"v1-gzip\"")
        #expect(known.body.isEmpty)
      }
      #expect(try get(client, path, "If-None-Match: \"v1\"\r\n")["ETag"] == "\"v1\"")
      #expect(try get(client, path, "Accept-Encoding: gzip\r\nIf-None-Match: \"v2-gzip\"\r\n").status == 200)
    }
    pool.shutDown()
  }

  @Test(arguments: [
    ("/", "gzip;q=0"), ("/", "br"), ("/", "identity"), ("/secret", "gzip"), ("/picture", "gzip"), ("/small", "gzip"),
  ])
  func `what is not wanted or not worth it stays as it is`(path: String, encodings: String) async throws {
    try await withServer(handler: CompressionTests.tagged) { _, port in
      let response = try get(try RawClient(port: port), path, "Accept-Encoding: \(encodings)\r\n")
      #expect(response.status == 200)
      #expect(response["Content-Encoding"] == nil)
      #expect(response["ETag"] == "\"v1\"")
    }
  }

  private func gunzip(_ bytes: [UInt8]) -> [UInt8] {
    var state = unsafe z_stream()
    guard unsafe inflateInit2_(&state, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return []
    }
    defer { unsafe inflateEnd(&state) }
    var input = bytes
    return unsafe input.withUnsafeMutableBufferPointer { input in
      unsafe [UInt8](unsafeUninitializedCapacity: 1 << 20) { output, count in
        unsafe state.next_in = input.baseAddress
        unsafe state.avail_in = UInt32(input.count)
        unsafe state.next_out = output.baseAddress
        unsafe state.avail_out = 1 << 20
        let isWhole = unsafe inflate(&state, Z_FINISH) == Z_STREAM_END
        count = isWhole ? unsafe (1 << 20) - Int(state.avail_out) : 0
      }
    }
  }
}
