// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import EventLoop
import Glibc
import HTTPClient
import TestSupport
import Testing

/// Against a real mail server, read back by Python's own mail package.
@Suite(.timeLimit(.minutes(3)))
struct `Mail` {
  /// A mail server and a sender to it.
  struct MailBench {
    let peer: PythonPeer
    let sender: MailSender
    /// Last, so that the sender has closed its connection when the loop ends.
    let thread: TestLoop

    init(
      _ words: [String] = [], security: MailServer.Security = .none, credentials: MailServer.Credentials? = nil,
      certificates: String? = nil
    ) async throws {
      thread = TestLoop()
      peer = try await onThread { try PythonPeer("mail_peer.py", words, python: try PythonTools.interpreter()) }
      var configuration = ClientConfiguration()
      configuration.certificates = certificates
      let server = MailServer(host: "localhost", port: peer.port, security: security, credentials: credentials)
      sender = MailSender(loop: thread.loop, server: server, configuration: configuration)
    }

    func seen(_ number: Int = 1) throws -> String { try readFile("\(peer.folder)/message-\(number).json") }
  }

  static let plain: MailMessage = {
    var message = MailMessage(
      from: .init("shop@example.org", name: "Käse & Söhne"),
      to: [.init("ada@example.org", name: "Ada \"the\" First"), .init("bob@example.org")],
      subject: "Grüße", text: "Hallo 🛒\n.\n..\n. leading dots\ntrailing blank \nende", date: 1_795_249_000)
    message.id = "1@example.org"
    return message
  }()

  @Test func `arrives as it was written, with umlauts, long lines and leading dots`() async throws {
    let bench = try await MailBench()
    var message = Mail.plain
    let long = String(repeating: "lang und länger ", count: 100)
    message.text += "\n" + long
    message.subject = "Ihre Bestellung ist unterwegs: " + String(repeating: "Käse 🧀 ", count: 20)
    message.bcc = [.init("carl@example.org")]
    try await bench.sender.send(message)
    let seen = try bench.seen()
    #expect(seen.contains("\"from\": \"shop@example.org\""))
    #expect(seen.contains("\"to\": [\"ada@example.org\", \"bob@example.org\", \"carl@example.org\"]"))
    #expect(seen.contains("\"subject\": \"\(message.subject)\""))
    #expect(seen.contains("\"header_from\": \"Käse & Söhne <shop@example.org>\""))
    #expect(seen.contains(#""header_to": "\"Ada \\\"the\\\" First\" <ada@example.org>, bob@example.org""#))
    #expect(seen.contains("\"date\": \"2026-11-21T08:16:40+00:00\""))
    #expect(seen.contains("\"id\": \"<1@example.org>\""))
    #expect(
      seen.contains(#""text": "Hallo 🛒\r\n.\r\n..\r\n. leading dots\r\ntrailing blank \r\nende\r\n\#(long)\r\n""#))
    #expect(seen.contains("\"bcc\": null"))
    #expect(seen.contains("\"defects\": []"))
    #expect(seen.contains("\"eight_bit\": false"))
    let longest = seen.split(separator: "\"longest\": ").last.flatMap { Int($0.prefix { $0.isNumber }) }
    #expect(try #require(longest) <= 78)
  }

  @Test func `carries HTML beside the text, and files`() async throws {
    let bench = try await MailBench()
    var message = Mail.plain
    message.html = "<p>Grüße</p>"
    let bytes = (0...255).map { UInt8($0) } + (0...255).map { UInt8($0) }
    message.attachments = [
      .init(name: "Rechnung für \"Ada\".pdf", type: "application/pdf", bytes: bytes),
      .init(name: "leer.bin", bytes: []),
    ]
    try await bench.sender.send(message)
    let seen = try bench.seen()
    let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(seen.contains(#""html": "<p>Grüße</p>\r\n""#))
    #expect(seen.contains("Hallo 🛒"))
    #expect(seen.contains(#"["Rechnung für \"Ada\".pdf", "application/pdf", "\#(hex)"]"#))
    #expect(seen.contains(#"["leer.bin", "application/octet-stream", ""]"#))
    #expect(seen.contains("\"defects\": []"))
  }

  @Test func `of raw bytes keeps its lines`() async throws {
    let bench = try await MailBench()
    try await bench.sender.send(
      Array("Subject: raw\nDate: Sun, 06 Nov 1994 08:49:37 +0000\n\n.\n.hidden\nGrüße\r\nend".utf8),
      from: "", to: ["ada@example.org"])
    let raw = try readFile("\(bench.peer.folder)/message-1.eml")
    #expect(raw.hasSuffix("\r\n\r\n.\r\n.hidden\r\nGrüße\r\nend\r\n"))
  }

  @Test func `reuses its connection`() async throws {
    let bench = try await MailBench()
    for number in 1...20 {
      try await bench.sender.send(Mail.plain)
      #expect(try bench.seen(number).contains("Hallo"))
    }
  }

  @Test(arguments: [MailServer.Security.required, .optional])
  func `is protected and authenticated when the server can`(_ security: MailServer.Security) async throws {
    let temporary = try TemporaryFolder()
    defer { withExtendedLifetime(temporary) {} }
    let folder = temporary.path
    try await onThread { try makeCertificate(folder) }
    let words = ["tls", "\(folder)/cert.pem", "\(folder)/key.pem", "auth"]
    let bench = try await MailBench(
      words, security: security, credentials: .init(user: "user", password: "secret"),
      certificates: "\(folder)/cert.pem")
    try await bench.sender.send(Mail.plain)
    #expect(try bench.seen().contains("\"tls\": true"))
    #expect(try bench.seen().contains("\"login\": \"user\""))
    let wrong = try await MailBench(
      words, security: security, credentials: .init(user: "user", password: "guess"),
      certificates: "\(folder)/cert.pem")
    #expect(await failure { try await wrong.sender.send(Mail.plain) }?.kind == .refused)
    let untrusted = try await MailBench(words, security: security, credentials: .init(user: "user", password: "secret"))
    #expect(await failure { try await untrusted.sender.send(Mail.plain) }?.kind == .tls)
  }

  @Test func `is not sent without protection that is required`() async throws {
    let bench = try await MailBench(security: .required)
    #expect(await failure { try await bench.sender.send(Mail.plain) }?.kind == .tls)
    #expect(unsafe access("\(bench.peer.folder)/message-1.json", F_OK) != 0)
    let optional = try await MailBench(security: .optional)
    try await optional.sender.send(Mail.plain)
    #expect(try optional.seen().contains("\"tls\": false"))
  }

  @Test(arguments: [
    ("nobody@example.org", HTTPClientError.Kind.refused, 550), ("later@example.org", .unavailable, 450),
  ])
  func `tells refused recipients from passing trouble`(
    _ address: String, _ kind: HTTPClientError.Kind, _ code: Int
  ) async throws {
    let bench = try await MailBench()
    var message = Mail.plain
    message.to = [.init(address)]
    let error = await failure { try await bench.sender.send(message) }
    #expect(error?.kind == kind)
    #expect(error?.status == code)
  }

  @Test(arguments: ["a@b\r\nRCPT TO:<c@d>", "a@b> <c", "", "a b@c"])
  func `refuses addresses that would say more than an address`(_ address: String) async throws {
    let thread = TestLoop()
    let sender = MailSender(loop: thread.loop, server: MailServer(host: "localhost", port: 1))
    #expect(await failure { try await sender.send([], from: "x@y", to: [address]) }?.kind == .malformed)
  }

  @Test func `cannot be given more header fields through its values`() {
    var message = Mail.plain
    message.subject = "a\r\nBcc: x@y"
    message.from.name = "b\r\nBcc: x@y"
    message.id = "c\r\nBcc: x@y"
    message.to[0].address = "d\r\nBcc: x@y"
    message.headers = ["X-More\r\nBcc": "e\r\nBcc: x@y"]
    let text = String(decoding: message.bytes(boundarySeed: "s"), as: UTF8.self)
    #expect(!text.contains("\nBcc"))
  }
}
