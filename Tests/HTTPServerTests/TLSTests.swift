// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import EventLoop
import Glibc
import HTTPServer
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TLSTests {
  /// A certificate for "localhost" and its key, as PEM.
  private struct Pair: Sendable {
    var certificate: String
    var key: String
  }

  private func makePair(in directory: TemporaryDirectory) async throws -> Pair {
    try await onThread {
      let plan = ChildPlan(
        path: "/usr/bin/openssl",
        arguments: [
          "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
          "/CN=localhost", "-keyout", "\(directory.path)/key.pem", "-out", "\(directory.path)/cert.pem",
        ])
      let end = try ChildProcess.start(plan).reap()
      try #require(end == .code(0))
      return Pair(certificate: directory.read("cert.pem"), key: directory.read("key.pem"))
    }
  }

  /// Sends the text through openssl's client and returns what came back until the server closed.
  private func exchange(_ port: UInt16, _ text: String, in directory: TemporaryDirectory) throws -> String {
    directory.write("request", Array(text.utf8))
    let input = unsafe open("\(directory.path)/request", O_RDONLY | O_CLOEXEC)
    let output = unsafe open("\(directory.path)/answer", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    defer {
      close(input)
      close(output)
    }
    // -quiet: what is read is printed and nothing else, until the other side closes.
    var plan = ChildPlan(
      path: "/usr/bin/openssl",
      arguments: [
        "s_client", "-quiet", "-connect", "127.0.0.1:\(port)", "-verify_return_error", "-CAfile",
        "\(directory.path)/cert.pem",
      ])
    plan.input = input
    plan.output = output
    _ = try ChildProcess.start(plan).reap()
    return directory.read("answer")
  }

  @Test func `requests are served over TLS, and said to be`() async throws {
    let directory = try TemporaryDirectory()
    let pair = try await makePair(in: directory)
    var configuration = HTTPServerConfiguration()
    (configuration.certificatePEM, configuration.keyPEM) = (pair.certificate, pair.key)
    let large = String(repeating: "0123456789", count: 100_000)
    try await withServer(
      configuration,
      handler: { request in
        let text = request.path == "/large" ? large : "\(request.isTLS) \(request.path)"
        return HTTPResponse(contentType: "text/plain", Array(text.utf8))
      },
      { _, port in
        let end = "Host: localhost\r\nConnection: close\r\n\r\n"
        let answer = try exchange(port, "GET /x HTTP/1.1\r\n\(end)", in: directory)
        #expect(answer.hasPrefix("HTTP/1.1 200"))
        #expect(answer.hasSuffix("\r\n\r\ntrue /x"))
        #expect(try exchange(port, "GET /large HTTP/1.1\r\n\(end)", in: directory).hasSuffix(large))
        // Without TLS there is no answer, and the server goes on.
        let plain = try RawClient(port: port)
        try plain.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(String(decoding: try plain.readToEnd(), as: UTF8.self).contains("HTTP/1.1") == false)
        #expect(try exchange(port, "GET /y HTTP/1.1\r\n\(end)", in: directory).hasSuffix("true /y"))
      })
  }

  @Test func `chunks and a length over the limit are refused, and so is what cannot be parsed`() async throws {
    let directory = try TemporaryDirectory()
    let pair = try await makePair(in: directory)
    let calls = Tally()
    var configuration = HTTPServerConfiguration()
    (configuration.certificatePEM, configuration.keyPEM) = (pair.certificate, pair.key)
    try await withServer(
      configuration, bodyPolicy: { _ in .buffer(bytesMax: 10) },
      handler: { request in
        calls.add()
        return await echo(request)
      },
      { _, port in
        let start = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        let chunked = start + "Transfer-Encoding: chunked\r\n\r\n"
        let tooLong = try exchange(port, chunked + "4\r\n0123\r\n7\r\n4567890\r\n0\r\n\r\n", in: directory)
        #expect(tooLong.hasPrefix("HTTP/1.1 413") && tooLong.contains("body_too_large"))
        for line in ["nonsense", "Content-Length: nonsense", "A: " + String(repeating: "x", count: 50_000)] {
          let broken = try exchange(port, start + line + "\r\n\r\n", in: directory)
          #expect(broken.hasPrefix("HTTP/1.1 4") && broken.contains(#""code":""#) && !broken.contains("<html>"))
        }
        let refused = try exchange(port, start + "Content-Length: 11\r\n\r\n", in: directory)
        #expect(refused.hasPrefix("HTTP/1.1 413"))
        let body = String(repeating: "x", count: 3_000_000)
        let busy = try exchange(port, start + "Content-Length: 3000000\r\n\r\n" + body, in: directory)
        #expect(busy.hasPrefix("HTTP/1.1 413"))
        #expect(calls.value == 0)
        let taken = try exchange(port, chunked + "4\r\n0123\r\n0\r\n\r\n", in: directory)
        #expect(taken.hasSuffix("\r\n\r\n0123"))
      })
    #expect(calls.value == 1)
  }

  @Test func `a certificate that cannot be used is a clear error at the start`() async throws {
    let (mine, others) = (try TemporaryDirectory(), try TemporaryDirectory())
    let (pair, other) = (try await makePair(in: mine), try await makePair(in: others))
    let unusable: [(String?, String?)] = [
      (pair.certificate, other.key), (pair.certificate, "nonsense"), ("nonsense", pair.key), ("", ""),
      (pair.key, pair.certificate), (pair.certificate, nil), (nil, pair.key),
    ]
    let group = LoopGroup(count: 2)
    for (certificate, key) in unusable {
      var configuration = HTTPServerConfiguration()
      (configuration.certificatePEM, configuration.keyPEM) = (certificate, key)
      let server = HTTPServer(configuration: configuration, loops: group.loops, handler: echo)
      let failure = #expect(throws: HTTPServerFailure.self) { try server.start() }
      guard case .certificate(let reason) = failure else {
        Issue.record("\(String(describing: failure))")
        continue
      }
      #expect(reason.contains("certificate") && reason.contains("key"))
    }
    group.shutDown()
  }
}
