// SPDX-License-Identifier: GPL-3.0-or-later

/// What holds for every transfer of a client.
public struct ClientConfiguration: Sendable {
  /// Whether and through which proxy requests go.
  public enum Proxy: Sendable {
    /// As http_proxy, https_proxy, all_proxy and no_proxy say.
    case fromEnvironment
    case none
    case url(String, except: String = "")
  }

  public var userAgent = "souk"
  public var proxy = Proxy.fromEnvironment
  /// A file of trusted certificates in place of the system's.
  public var certificates: String?
  public var connectionsPerHostMax = 16
  public var connectionsMax = 128
  /// Connections kept open for later requests.
  public var idleConnectionsMax = 32
  /// Transfers running or waiting for a connection; more are refused.
  public var transfersMax = 1024
  /// A stream's reader that has not taken this many bytes makes the server wait.
  public var streamBufferBytesMax = 256 << 10

  public init() {}
}
