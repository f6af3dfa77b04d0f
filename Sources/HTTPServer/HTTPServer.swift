// SPDX-License-Identifier: GPL-3.0-or-later
public import EventLoop
import Glibc
import Synchronization

// The map of this module:
//   HTTPServer        the public face: start, statistics, drain
//   LoopServer        one libmicrohttpd daemon on one loop: its events, the sweep for slow clients, its end
//   DaemonWork        when the library must run though no socket has told anything
//   ServedConnection  one connection and the request on it: head, upload, the handler's task, refusal, answer
//   LingeringSockets  connections that are over while their clients still send
//   PreparedAnswer    an answer ready for the wire: compressed, ranged, its file opened
//   HTTPHeaders, HTTPRequest, HTTPResponse, BodyPolicy, SpooledFile   what handlers see
//   SpoolWriter       a large body on its way to a file, written on the offload pool
//   HTTPStream, ChunkQueue, ServerSentEvents                          bodies made while they are sent
//   Framing, Listeners, AddressLimit, ServerStatistics, Gzip, ByteRange        the small parts
//
// libmicrohttpd refuses what it cannot parse by itself: a broken request line or header line (400), a head larger than
// the connection's memory (414, 431), an impossible Content-Length (400, 413), an unknown protocol version (505), broken
// chunks (400). LibraryRefusals makes problems of its pages. Everything that parses is judged here. A line without a
// space is no request, and is hung up on.

/// Decides about a request's body from its head. Called on the loop for requests that announce a body.
public typealias HTTPBodyPolicy = @Sendable (HTTPRequestHead) -> BodyPolicy
/// Answers a request, on the loop of its connection. Cancelled when the client goes away or time is up.
public typealias HTTPHandler = @Sendable (HTTPRequest) async -> HTTPResponse

/// An HTTP/1.1 server with one libmicrohttpd daemon per loop.
public final class HTTPServer: Sendable {
  public let configuration: HTTPServerConfiguration
  private let loops: [EventLoop]
  private let bodyPolicy: HTTPBodyPolicy
  private let handler: HTTPHandler
  private let servers = Mutex<[LoopServer]>([])

  public init(
    configuration: HTTPServerConfiguration = HTTPServerConfiguration(), loops: [EventLoop],
    bodyPolicy: @escaping HTTPBodyPolicy = { _ in .buffer(bytesMax: 1 << 20) }, handler: @escaping HTTPHandler
  ) {
    precondition(!loops.isEmpty, "a server has at least one loop")
    self.configuration = configuration
    self.loops = loops
    self.bodyPolicy = bodyPolicy
    self.handler = handler
  }

  /// Listens and serves. Returns the port. From any thread; throws `HTTPServerFailure`.
  @discardableResult
  public func start() throws -> UInt16 {
    // With one of them alone the library would fail without a word, or serve in the clear.
    if (configuration.keyPEM == nil) != (configuration.certificatePEM == nil) {
      throw HTTPServerFailure.certificate("a certificate needs its key, and a key its certificate")
    }
    signal(SIGPIPE, SIG_IGN)
    let listeners = try Listeners(configuration, count: loops.count)
    let limit = AddressLimit(countMax: configuration.connectionsPerAddressMax)
    var started: [LoopServer] = []
    for (loop, socket) in zip(loops, listeners.sockets) {
      let server = LoopServer(
        loop: loop, configuration: configuration, connectionsMax: max(1, configuration.connectionsMax / loops.count),
        addresses: limit, bodyPolicy: bodyPolicy, handler: handler)
      do {
        try server.open(listener: socket)
      } catch {
        for socket in listeners.sockets.dropFirst(started.count) { close(socket) }
        for server in started { server.abandon() }
        throw error
      }
      started.append(server)
    }
    for server in started { server.loop.execute { server.serve() } }
    servers.withLock { $0 = started }
    return listeners.port
  }

  /// What was counted so far, over all loops.
  public var statistics: HTTPServerStatistics {
    var sum = HTTPServerStatistics()
    for server in servers.withLock({ $0 }) { server.counters.add(to: &sum) }
    return sum
  }

  /// Stops listening, lets running requests finish, ends streams, and cuts what is left after `limit`. The server
  /// cannot be started again.
  public func drain(within limit: Duration) async {
    let servers = servers.withLock { $0 }
    for server in servers { server.loop.execute { server.beginDrain(within: limit) } }
    for server in servers { await server.waitForEnd() }
  }
}
