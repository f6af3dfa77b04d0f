// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
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
  /// Where people reach this market, without a slash at the end; links and tokens name it.
  var publicURL: String?
  /// The key beneath all others; without one it is kept in a file of the data directory.
  var masterKey: Secret<[UInt8]>?
  /// After how many days in which nothing is done a shop falls dormant; 0 for never.
  var dormantDays = 180
  var mail = MailSettings()
  var text = TextSettings()
  var providers = ProviderSettings()
  var photoBucket = PhotoBucket()

  /// What links begin with.
  var origin: String {
    let scheme = tlsCertificate == nil ? "http" : "https"
    return publicURL ?? "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }
}

extension Configuration {
  /// With the port that the system chose.
  func listening(on port: UInt16) -> Configuration {
    var configuration = self
    configuration.port = Int(port)
    return configuration
  }
}

/// How mail leaves. Without a host it goes into a Maildir of the data directory.
struct MailSettings: Sendable, Equatable {
  var host: String?
  var port = 587
  var security = MailServer.Security.required
  var user: String?
  var password: Secret<String>?
  var from = "souk@localhost"

  var server: MailServer? {
    guard let host else { return nil }
    let credentials = user.map { MailServer.Credentials(user: $0, password: password?.revealed ?? "") }
    return MailServer(host: host, port: port, security: security, credentials: credentials)
  }
}

/// How text messages leave. Without an address they go where mail goes by default.
struct TextSettings: Sendable, Equatable {
  var url: String?
  var account: String?
  var token: Secret<String>?
  var from: String?

  var provider: TextProvider? {
    guard let url, let account, let token, let from else { return nil }
    return TextProvider(url: url, account: account, token: token, from: from)
  }
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
