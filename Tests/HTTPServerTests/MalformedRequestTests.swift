// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import Testing

struct MalformedCase: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: String
  /// The status of the answer; nil: the connection is closed without one.
  var status: Int?
  var testDescription: String { name }
}

@Suite(.timeLimit(.minutes(2)))
struct MalformedRequestTests {
  static let cases: [MalformedCase] = [
    .init(name: "no Host", bytes: "GET / HTTP/1.1\r\n\r\n", status: 400),
    .init(name: "two Hosts", bytes: "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", status: 400),
    .init(name: "method with a brace", bytes: "G{T / HTTP/1.1\r\nHost: h\r\n\r\n", status: 400),
    .init(
      name: "very long method", bytes: String(repeating: "A", count: 60) + " / HTTP/1.1\r\nHost: h\r\n\r\n", status: 400
    ),
    .init(name: "target without slash", bytes: "GET nowhere HTTP/1.1\r\nHost: h\r\n\r\n", status: 400),
    .init(name: "target with a space", bytes: "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", status: 400),
    .init(name: "target with bytes above ASCII", bytes: "GET /\u{e9} HTTP/1.1\r\nHost: h\r\n\r\n", status: 400),
    .init(name: "target with a control character", bytes: "GET /\u{1} HTTP/1.1\r\nHost: h\r\n\r\n", status: 400),
    .init(name: "header name with a space", bytes: "GET / HTTP/1.1\r\nHost: h\r\nA B: c\r\n\r\n", status: 400),
    .init(name: "space before the colon", bytes: "GET / HTTP/1.1\r\nHost: h\r\nA : c\r\n\r\n", status: 400),
    .init(name: "control character in a value", bytes: "GET / HTTP/1.1\r\nHost: h\r\nA: \u{2}\r\n\r\n", status: 400),
    .init(
      name: "header without colon", bytes: "GET / HTTP/1.1\r\nHost: h\r\nnonsense\r\n\r\n", status: 400),
    .init(
      name: "length not a number", bytes: "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n", status: 400),
    .init(
      name: "negative length", bytes: "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", status: 400),
    .init(
      name: "signed length", bytes: "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\nx", status: 400),
    .init(
      name: "length beyond 64 bits",
      bytes: "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n", status: 413
    ),
    .init(
      name: "length beyond Int", bytes: "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551615\r\n\r\n",
      status: 400),
    .init(
      name: "two lengths", bytes: "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
      status: 400),
    .init(
      name: "length and chunks",
      bytes: "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      status: 400),
    .init(
      name: "unknown transfer encoding",
      bytes: "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", status: 501),
    .init(
      name: "two transfer encodings",
      bytes: "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
      status: 501),
    .init(
      name: "chunk size not a number", bytes: "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      status: 400),
    .init(name: "unknown expectation", bytes: "GET / HTTP/1.1\r\nHost: h\r\nExpect: miracles\r\n\r\n", status: 417),
    .init(
      name: "too many headers",
      bytes: "GET / HTTP/1.1\r\nHost: h\r\n" + String(repeating: "A: b\r\n", count: 101) + "\r\n", status: 431),
    .init(
      name: "headers too large",
      bytes: "GET / HTTP/1.1\r\nHost: h\r\nA: " + String(repeating: "x", count: 9_000) + "\r\n\r\n", status: 431),
    .init(
      name: "head larger than memory",
      bytes: "GET / HTTP/1.1\r\nHost: h\r\nA: " + String(repeating: "x", count: 60_000) + "\r\n\r\n", status: 431),
    .init(
      name: "target larger than memory", bytes: "GET /" + String(repeating: "x", count: 60_000) + " HTTP/1.1\r\n\r\n",
      status: 414),
    .init(name: "HTTP 2 preface", bytes: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", status: 505),
    .init(name: "unknown protocol", bytes: "GET / FTP/1.1\r\n\r\n", status: 400),
    .init(name: "no protocol", bytes: "GET /\r\n\r\n", status: 400),
    .init(name: "a word", bytes: "nonsense\r\n\r\n", status: nil),
    .init(name: "TLS where there is none", bytes: "\u{16}\u{3}\u{1}\u{0}\r\n\r\n", status: nil),
  ]

  @Test(arguments: cases) func `a malformed request is refused and the server goes on`(
    _ malformed: MalformedCase
  ) async throws {
    try await withServer { _, port in
      let client = try RawClient(port: port)
      try client.send(malformed.bytes)
      if let status = malformed.status {
        let response = try client.readResponse()
        #expect(response.status == status, "\(response.text)")
        #expect(response["Content-Type"] == "application/problem+json")
        #expect(response["Date"]?.count == "Sun, 06 Nov 1994 08:49:37 GMT".count)
        #expect(response.text.contains("\"status\":\(status)"))
      } else {
        #expect(client.isClosedByServer())
      }
      let other = try RawClient(port: port)
      try other.send("GET /fine HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try other.readResponse().text == "GET /fine -")
    }
  }

  @Test func `random bytes never stop the server`() async throws {
    var configuration = HTTPServerConfiguration()
    configuration.headerTimeout = .milliseconds(200)
    configuration.bodyTimeout = .milliseconds(200)
    try await withServer(configuration) { _, port in
      var random = SystemRandomNumberGenerator()
      let words = [
        "GET ", "POST ", "/", " HTTP/1.1", "\r\n", "\n", "\r", ":", "Host: h", "Content-Length: 3", "0", "\0",
        "Transfer-Encoding: chunked", " ", "\t", "Expect: 100-continue", "\r\n\r\n", "abc", "\u{ff}", "%00", "?", "=",
      ]
      for _ in 0..<100 {
        let client = try RawClient(port: port)
        let text = (0..<Int.random(in: 1...30, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
        try? client.send(text.joined())
        client.endSending()
        let answers = String(decoding: try client.readToEnd(), as: UTF8.self)
        #expect(answers.isEmpty || answers.hasPrefix("HTTP/1.1 "))
        #expect(!answers.contains("<html>"))
      }
      let other = try RawClient(port: port)
      try other.send("GET /fine HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try other.readResponse().text == "GET /fine -")
    }
  }
}
