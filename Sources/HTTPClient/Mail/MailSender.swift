// SPDX-License-Identifier: GPL-3.0-or-later
public import EventLoop

/// A mail server that takes messages for delivery.
public struct MailServer: Sendable {
  /// How the connection is protected.
  public enum Security: String, Sendable, CaseIterable {
    /// Plain text, for a server on this machine.
    case none
    /// STARTTLS when the server offers it.
    case optional
    /// STARTTLS, or nothing is sent.
    case required
    /// TLS from the first byte.
    case implicit
  }

  public struct Credentials: Sendable {
    public var user: String
    public var password: String
    public init(user: String, password: String) {
      self.user = user
      self.password = password
    }
  }

  public var host: String
  public var port: Int
  public var security: Security
  public var credentials: Credentials?
  /// The name this side greets with.
  public var clientName = "localhost"
  public var timeout: Duration = .seconds(60)

  public init(host: String, port: Int = 587, security: Security = .required, credentials: Credentials? = nil) {
    self.host = host
    self.port = port
    self.security = security
    self.credentials = credentials
  }

  var url: String {
    let bracketed = host.contains(":") ? "[\(host)]" : host
    return "\(security == .implicit ? "smtps" : "smtp")://\(bracketed):\(port)/\(clientName)"
  }
}

/// Hands messages to a mail server, reusing its connection.
public final class MailSender: Sendable {
  private let engine: CurlEngine
  private let server: MailServer

  public init(loop: EventLoop, server: MailServer, configuration: ClientConfiguration = ClientConfiguration()) {
    var configuration = configuration
    configuration.proxy = .none
    engine = CurlEngine(loop: loop, configuration: configuration)
    self.server = server
  }

  deinit {
    engine.loop.execute { [engine] in engine.shutDown() }
  }

  /// Sends a message to everyone it names.
  public func send(_ message: MailMessage) async throws {
    try await send(message.bytes(), from: message.from.address, to: message.recipients)
  }

  /// Sends finished bytes under an envelope. `unavailable` and failures of the connection may pass; `refused` and
  /// `malformed` will not. Returns once the server has taken responsibility for all recipients.
  public func send(_ message: [UInt8], from sender: String, to recipients: [String]) async throws {
    for address in [sender] + recipients {
      // These would end the command's line or the address in it.
      guard address.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") })
      else { throw HTTPClientError(.malformed, "not an address: \(address.debugDescription)") }
    }
    guard !recipients.isEmpty, !recipients.contains("") else {
      throw HTTPClientError(.malformed, "a message without recipients")
    }
    let envelope = MailEnvelope(
      sender: sender, recipients: recipients, security: server.security, credentials: server.credentials)
    let plan = TransferPlan(
      mail: envelope, url: server.url, message: withNetworkLineEnds(message), totalTimeout: server.timeout)
    do {
      _ = try await engine.perform(plan, responseBytesMax: 0).get()
    } catch {
      guard let code = error.status, 400..<600 ~= code, error.kind != .tls else { throw error }
      throw HTTPClientError(code < 500 ? .unavailable : .refused, error.detail, status: code)
    }
  }
}

/// The same lines, each ended by CR LF as mail demands (RFC 5321 §2.3.8).
func withNetworkLineEnds(_ text: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(text.count + text.count / 32)
  var previous: UInt8 = 0
  for byte in text {
    if byte == 0x0a && previous != 0x0d { result.append(0x0d) }
    if previous == 0x0d && byte != 0x0a { result.append(0x0a) }
    result.append(byte)
    previous = byte
  }
  if previous == 0x0d { result.append(0x0a) }
  return result
}
