// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import TestSupport

/// A loop on a thread of its own, ended with its last user.
final class TestLoop: Sendable {
  private let group = LoopGroup(count: 1, name: "test")
  var loop: EventLoop { group.loops[0] }
  deinit { group.shutDown() }
}

/// A peer, a loop and a client, for tests to work with.
struct Bench: Sendable {
  let peer: PythonPeer
  let client: HTTPClient
  /// Last, so that the client has closed its connections when the loop ends.
  let thread: TestLoop

  init(_ arguments: [String] = [], _ adapt: (inout ClientConfiguration) -> Void = { _ in }) async throws {
    peer = try await onThread { try PythonPeer("http_peer.py", arguments) }
    thread = TestLoop()
    var configuration = ClientConfiguration()
    configuration.proxy = .none
    adapt(&configuration)
    client = HTTPClient(loop: thread.loop, configuration: configuration)
  }

  func get(_ path: String) async throws -> ClientResponse {
    try await client.send(ClientRequest("GET", peer.url(path)))
  }

  /// How often the peer has counted something.
  func count(_ name: String) async throws -> Int {
    let text = try await get("counts").text
    guard let place = text.firstRange(of: "\"\(name)\": ") else { return 0 }
    return Int(text[place.upperBound...].prefix { $0.isNumber }) ?? 0
  }
}

/// The failure that an operation ends with.
func failure(of operation: () async throws -> some Any) async -> HTTPClientError? {
  do {
    _ = try await operation()
    return nil
  } catch {
    return error as? HTTPClientError
  }
}
