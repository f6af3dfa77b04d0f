// SPDX-License-Identifier: GPL-3.0-or-later
public import EventLoop

/// Where a server listens and what it puts up with.
public struct HTTPServerConfiguration: Sendable {
  /// A numeric address. "::" serves IPv4 too.
  public var address = "127.0.0.1"
  /// 0 lets the system choose; `start` returns what it chose.
  public var port: UInt16 = 0
  public var backlog: Int32 = 1024
  /// Lets another process of the same user listen on the same port, for a change without a gap.
  public var sharesPort = false
  /// PEM texts; with both the server speaks TLS only.
  public var certificatePEM: String?
  public var keyPEM: String?

  public var connectionsMax = 20_000
  /// Connections of one client: an IPv4 address, or the /64 of an IPv6 address. 0: no limit.
  public var connectionsPerAddressMax = 0
  /// Memory of one connection for the request's head and the answer's. What exceeds it is refused by the library with
  /// 431 or 414, so it is more than `headerBytesMax`.
  public var connectionMemoryBytes = 12_288
  public var headerBytesMax = 8192
  public var headersMax = 100

  /// From the connection, or the request line, to the end of the head.
  public var headerTimeout: Duration = .seconds(10)
  /// For a body, plus the time it takes at `bodyBytesPerSecondMin`.
  public var bodyTimeout: Duration = .seconds(20)
  public var bodyBytesPerSecondMin = 2048
  /// Between two requests of one connection, and for a client that takes no bytes.
  public var idleTimeout: Duration = .seconds(60)
  /// For a handler to return its answer; then it is cancelled and the client gets 503.
  public var requestDeadline: Duration = .seconds(30)

  /// For clients that still send when the server hangs up.
  public var linger = LingerLimits()

  /// How much of a stream is queued before its producer waits.
  public var streamBufferBytes = 65_536
  public var compressesFromBytes = 1024
  /// zlib's 1...9; 0 turns compression off.
  public var compressionLevel: Int32 = 5
  /// Opens files, writes spooled bodies and compresses large bodies elsewhere than on the loops, when there is one.
  public var offload: OffloadPool?
  /// Bodies larger than this are compressed on the offload pool.
  public var compressesInlineBytesMax = 32_768

  public init() {}
}

/// A server that could not start.
public enum HTTPServerFailure: Error, CustomStringConvertible, Equatable {
  /// The address is taken, not ours, or not numeric; `code` is an errno.
  case listen(address: String, port: UInt16, code: Int32, reason: String)
  /// The certificate or its key is missing, unreadable, or not the other's.
  case certificate(String)
  /// The library did not start.
  case library(String)

  public var description: String {
    switch self {
    case .listen(let address, let port, _, let reason): "cannot listen on \(address), port \(port): \(reason)"
    case .certificate(let reason), .library(let reason): reason
    }
  }
}
