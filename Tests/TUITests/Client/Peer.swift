// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import HTTPServer
import Market
import Synchronization
import TestSupport

@testable import souk

/// What a peer was asked.
struct Asked: Sendable, Equatable {
  var line: String
  var headers: [String: String]
  var body: String

  init(_ request: HTTPRequest) {
    line = "\(request.method.rawValue) \(request.path)" + (request.query.map { "?\($0)" } ?? "")
    headers = Dictionary(request.headers.all.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 })
    if case .bytes(let bytes) = request.body { body = String(decoding: bytes, as: UTF8.self) } else { body = "" }
  }
}

/// A server on a socket that answers as it is told, and a client of it. Both end with their last user.
final class Peer: Sendable {
  private let group = LoopGroup(count: 2, name: "peer")
  private let server: HTTPServer
  private let directory = ScratchDirectory()
  private let log = Log()
  let client: MarketClient

  init(_ answer: @escaping @Sendable (Asked) async -> HTTPResponse) throws {
    let log = log
    server = HTTPServer(loops: [group.loops[0]]) { request in
      let asked = Asked(request)
      log.asked.withLock { $0.append(asked) }
      return await answer(asked)
    }
    let port = try server.start()
    client = MarketClient(
      server: "http://127.0.0.1:\(port)", token: "t", loop: group.loops[1],
      storage: CacheFile(path: directory.path + "/c"))
  }

  var asked: [Asked] { log.asked.withLock { $0 } }

  /// Stops answering: what is asked from now on finds nobody.
  func leave() async { await server.drain(within: .zero) }

  deinit { group.shutDown() }
}

extension MarketClient {
  /// A client with a token that holds for a long time, or without one; its session is in no file.
  init(server: String, token: String?, loop: EventLoop, storage: CacheFile) {
    let session = token.map { token in
      var session = Samples.session
      session.accessToken = token
      session.expiresAt = Timestamp(microseconds: .max / 2)
      return session
    }
    let wire = Wire(server: server, loop: loop, storage: storage)
    let keeper = SessionKeeper(session, file: SessionFile(path: "\(storage.path).session"), loop: loop) {
      (token) async throws(ClientFailure) in try await wire.renew(token)
    }
    self.init(wire: wire, keeper: keeper, gate: ProofGate())
  }
}

private final class Log: Sendable {
  let asked = Mutex<[Asked]>([])
}

/// A server that speaks no HTTP: it answers each connection with the same bytes and closes it.
final class RawPeer: Sendable {
  let url: String
  private let listener: Int32

  init(_ answer: String) throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    try unsafe withUnsafeMutablePointer(to: &address) { pointer in
      try unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        guard unsafe bind(socket, pointer, size) == 0, listen(socket, 8) == 0,
          unsafe getsockname(socket, pointer, &size) == 0
        else { throw Failure() }
      }
    }
    listener = socket
    url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
    Task.detached { await onThread { RawPeer.serve(socket, Array(answer.utf8)) } }
  }

  struct Failure: Error {}

  private static func serve(_ listener: Int32, _ answer: [UInt8]) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let connection = accept(listener, nil, nil)
      if connection < 0 { return }
      _ = unsafe read(connection, &buffer, buffer.count)
      _ = unsafe write(connection, answer, answer.count)
      close(connection)
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }
}
