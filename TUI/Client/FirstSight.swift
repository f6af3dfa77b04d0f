// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import Market

/// What was last seen of an endpoint, without asking anybody. A screen shows it with its age while the server is asked:
/// this is history in the sense of RFC 9111 §6, which may show what a cache may no longer use.
struct FirstSight: Sendable {
  let server: String
  let cache: CacheFile

  func last<Input, Output>(_ endpoint: Endpoint<Input, Output>, _ input: Input) -> (value: Output, at: Int64)? {
    guard let (bytes, at) = lastBytes(endpoint, input), let value = try? MarketClient.read(Output.self, from: bytes)
    else { return nil }
    return (value, at)
  }

  /// The body as it came: a file, or JSON for scripts.
  func lastBytes<Input, Output>(_ endpoint: Endpoint<Input, Output>, _ input: Input) -> (bytes: [UInt8], at: Int64)? {
    guard let request = try? WireRequest(endpoint, input).clientRequest(server: server, token: nil),
      let stored = cache.last(for: CachePolicy.key(for: request)), stored.status == 200
    else { return nil }
    return (stored.body, stored.responseTime)
  }
}
