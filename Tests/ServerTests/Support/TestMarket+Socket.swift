// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import HTTPServer
import Market
import Testing

@testable import soukd

/// A market that is served over a socket.
struct ServedMarket: Sendable {
  let market: TestMarket
  let client: HTTPClient
  let url: String

  func ask(
    _ method: String, _ path: String, as person: Account.ID? = nil, _ headers: HeaderFields = [:], json: String? = nil
  ) async throws -> ClientResponse {
    var request = ClientRequest(method, path.hasPrefix("!") ? url + path.dropFirst() : url + Contract.basePath + path)
    request.headers = headers
    request.retry = .never
    if let person { request.headers["Authorization"] = "Bearer \(market.token(person))" }
    if let json {
      request.body = .bytes(Array(json.utf8))
      if request.headers["Content-Type"] == nil { request.headers["Content-Type"] = "application/json" }
    }
    return try await client.send(request)
  }
}

extension TestMarket {
  /// Serves the market on a port while the closure runs.
  func served(_ body: (ServedMarket) async throws -> Void) async throws {
    var http = HTTPServerConfiguration()
    http.requestDeadline = .seconds(15)
    let (front, directory) = (front, configuration.uploadDirectory)
    let server = HTTPServer(
      configuration: http, loops: loops.loops, bodyPolicy: { front.bodyPolicy($0, spoolDirectory: directory) },
      handler: front.answer)
    let port = try server.start()
    let client = HTTPClient(loop: loops.loops[0])
    let result: Result<Void, any Error>
    do {
      result = .success(try await body(ServedMarket(market: self, client: client, url: "http://127.0.0.1:\(port)")))
    } catch { result = .failure(error) }
    await server.drain(within: .seconds(1))
    try result.get()
  }
}
