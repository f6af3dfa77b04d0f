// SPDX-License-Identifier: GPL-3.0-or-later

/// What to ask a server, and how long and how much to wait for.
public struct ClientRequest: Sendable {
  /// What is sent after the header.
  public enum Body: Sendable {
    case none
    case bytes([UInt8])
    /// A file, read while it is sent. Its size is taken when the transfer starts.
    case file(path: String)
  }

  public var method: String
  public var url: String
  public var headers: HeaderFields
  public var body: Body
  /// More than this many bytes of a (decoded) body end the transfer. Streams have no limit of their own.
  public var responseBytesMax = 16 << 20
  /// The time until a connection stands.
  public var connectTimeout: Duration = .seconds(10)
  /// The time for everything: connecting, retrying, the last byte of the body. `nil` for endless streams.
  public var totalTimeout: Duration? = .seconds(30)
  /// Gives up when nothing at all has arrived for this long (whole seconds).
  public var idleTimeout: Duration?
  public var retry = RetryPolicy()
  /// How many redirects are followed; with none a redirect is an answer like any other.
  public var redirectsMax = 0
  /// Connects to this local socket, whatever the URL's host is.
  public var unixSocket: String?

  public init(_ method: String = "GET", _ url: String, headers: HeaderFields = [:], body: Body = .none) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }

  /// Whether sending it twice does no more than sending it once (RFC 9110 §9.2.2), or the server can tell.
  public var isIdempotent: Bool {
    switch method {
    case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE": true
    default: headers["Idempotency-Key"] != nil
    }
  }
}

extension ClientRequest {
  /// Refuses what would let a value break out of its line.
  func validate() throws {
    guard !method.isEmpty, method.utf8.allSatisfy(isTokenByte) else {
      throw HTTPClientError(.malformed, "the method is not a word: \(method.debugDescription)")
    }
    guard !url.isEmpty, url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
      throw HTTPClientError(.malformed, "the URL is empty or has blanks or control characters")
    }
    for field in headers.fields {
      guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte),
        field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 })
      else {
        throw HTTPClientError(.malformed, "a header field has forbidden characters: \(field.name.debugDescription)")
      }
    }
    if let unixSocket, unixSocket.utf8.contains(0) {
      throw HTTPClientError(.malformed, "the socket's path has a zero byte")
    }
  }
}

/// RFC 9110 §5.6.2.
func isTokenByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
  case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
    UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
    UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
    true
  default: false
  }
}
