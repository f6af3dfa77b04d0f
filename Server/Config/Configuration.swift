// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Observability

/// Everything that can be set, with what holds when it is not.
struct Configuration: Sendable, Equatable {
  /// Where files and the private database live.
  var dataDirectory: String
  /// A PostgreSQL server to use; without one `soukd` runs its own.
  var databaseURL: Secret<String>?
  var host = "127.0.0.1"
  var port = 8080
  var adminHost = "127.0.0.1"
  var adminPort = 8081
  var tlsCertificate: String?
  var tlsKey: String?
  var loops = 0
  var databaseConnectionsPerLoop = 4
  var requestSeconds = 15
  var drainSeconds = 20
  var connectionsMax = 20_000
  var connectionsPerAddressMax = 20_000
  var allowedOrigins: [String] = []
  var isDemo = false
  var rateLimits = RateLimits()
  var logLevel = LogLevel.info
  var runsWorkers = true
  /// The child that draws; found beside `soukd` when absent.
  var drawPath: String?
  /// How many proxies in front are trusted to say whom they forward for.
  var trustedProxies = 0
}

extension Configuration {
  /// How many connections may be open in a process that may open so many files. A quarter is for uploads and pictures on
  /// their way; the database, the drawing child and health pages need theirs however busy it is.
  func connections(openFilesMax: Int, loops: Int) -> Int {
    let kept = 128 + 2 * loops * databaseConnectionsPerLoop
    return min(connectionsMax, max(loops, (openFilesMax - kept) / 4 * 3))
  }
}

/// Requests per minute and caller, by class; nil means no limit.
struct RateLimits: Sendable, Equatable {
  var perMinute: [LimitClass: Int] = [.read: 1200, .search: 600, .write: 240, .upload: 60, .signIn: 30]
  var isOff = false
}
