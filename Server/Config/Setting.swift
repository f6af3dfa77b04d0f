// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Glibc
import HTTPClient
import Market
import ObjectStore
import Observability
import Postgres

/// One setting: its name in the file, from which flag and variable follow, what it means, and how it is read.
///
/// `port` is `--port 8080`, `SOUK_PORT=8080` and `port = 8080`.
struct Setting: Sendable {
  var name: String
  var help: String
  /// Never accepted as a flag: other users of the machine can read command lines.
  var isSecret = false
  var apply: @Sendable (String, inout Configuration) throws(SettingFault) -> Void
  var show: @Sendable (Configuration) -> String

  var flag: String { "--" + name }
  var variable: String { name == "database-url" ? "DATABASE_URL" : "SOUK_" + variableBody }
  private var variableBody: String { name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined() }
}

/// What is wrong with a setting's value.
struct SettingFault: Error, Equatable {
  var complaint: String
  init(_ complaint: String) { self.complaint = complaint }
}

extension Setting {
  static let all: [Setting] =
    [
      text("data-directory", "where files and the private database live", \.dataDirectory),
      Setting(
        name: "database-url", help: "a PostgreSQL server to use instead of a private one", isSecret: true,
        apply: { text, configuration throws(SettingFault) in
          let isWhole = text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") || text.contains("=")
          guard isWhole, ConnectionInfo(url: text).place != nil else {
            throw SettingFault("use postgresql://user@host/database or a libpq connection string")
          }
          configuration.databaseURL = Secret(text)
        },
        show: { $0.databaseURL == nil ? "(private server)" : "(set)" }),
      address("host", "the address to serve on", \.host),
      number("port", "the port to serve on; 0 lets the system choose", 0...65_535, \.port),
      address("admin-host", "the address of health and metrics", \.adminHost),
      number("admin-port", "the port of health and metrics; 0 lets the system choose", 0...65_535, \.adminPort),
      optional("tls-certificate", "a PEM file; with tls-key it turns TLS on", \.tlsCertificate),
      optional("tls-key", "the PEM file of the certificate's key", \.tlsKey),
      number("loops", "event loops; 0 means one per processor", 0...256, \.loops),
      number("database-connections", "connections to the database per loop", 1...100, \.databaseConnectionsPerLoop),
      number("request-seconds", "how long a request may take", 1...600, \.requestSeconds),
      number("drain-seconds", "how long a stop waits for requests under way", 0...600, \.drainSeconds),
      number(
        "dormant-days", "after how many idle days a shop is left out of lists; 0 for never", 0...3650, \.dormantDays),
      number("connections-max", "open connections", 1...1_000_000, \.connectionsMax),
      number(
        "connections-per-address-max", "open connections per client address", 1...1_000_000,
        \.connectionsPerAddressMax),
      Setting(
        name: "allowed-origins", help: "origins that may call from a browser, separated by commas; * for any",
        apply: { text, configuration throws(SettingFault) in
          configuration.allowedOrigins = text.split(separator: ",").map { $0.filter { $0 != " " } }
        },
        show: { $0.allowedOrigins.joined(separator: ",") }),
      truth("demo", "serve the demo market and its sign-in", \.isDemo),
      Setting(
        name: "rate-limits", help: "on, off, or requests per minute such as read=1200,search=600",
        apply: RateLimits.read, show: { $0.rateLimits.text }),
      Setting(
        name: "log-level", help: "debug, info, notice, warning or error",
        apply: { text, configuration throws(SettingFault) in
          guard let level = LogLevel(text) else {
            throw SettingFault("use debug, info, notice, warning or error")
          }
          configuration.logLevel = level
        },
        show: { $0.logLevel.name }),
      truth("workers", "run background jobs in this process", \.runsWorkers),
      optional("draw-path", "the souk-draw executable, when it is not beside soukd", \.drawPath),
      number("trusted-proxies", "proxies in front whose X-Forwarded-For is believed", 0...10, \.trustedProxies),
      Setting(
        name: "public-url", help: "where people reach this market; links and tokens name it",
        apply: { text, configuration throws(SettingFault) in
          let host = ["https://", "http://"].first { text.hasPrefix($0) }.map { text.dropFirst($0.count) } ?? ""
          // The pages and their cookie have the host to themselves.
          guard !host.isEmpty, !host.contains("/") else {
            throw SettingFault("use an address such as https://souk.example, without a path")
          }
          configuration.publicURL = text
        },
        show: { $0.publicURL ?? "(\($0.origin))" }),
      Setting(
        name: "master-key", help: "64 hexadecimal digits: the key beneath all others", isSecret: true,
        apply: { text, configuration throws(SettingFault) in
          guard let bytes = Hex.decode(text), bytes.count == MasterKey.bytesCount else {
            throw SettingFault("use 64 hexadecimal digits")
          }
          configuration.masterKey = Secret(bytes)
        },
        show: { $0.masterKey == nil ? "(a file of the data directory)" : "(set)" }),
    ] + photos + mail + providers

  /// Pictures.
  private static let photos: [Setting] = [
    Setting(
      name: "photo-bucket", help: "a bucket for pictures (S3's interface), by its address; without one, a folder",
      apply: { text, configuration throws(SettingFault) in
        guard ObjectStorePlace(url: text, region: "", accessKey: "", secretKey: "") != nil else {
          throw SettingFault("use an address such as https://pictures.s3.eu-west-1.amazonaws.com")
        }
        configuration.photoBucket.url = text
      },
      show: { $0.photoBucket.url ?? "(a folder of the data directory)" }),
    text("photo-bucket-region", "the region that requests to the bucket are signed for", \.photoBucket.region),
    optional("photo-bucket-key", "the access key of the bucket", \.photoBucket.accessKey),
    secret("photo-bucket-secret", "the secret of that key", \.photoBucket.secretKey),
  ]

  /// Mail and text messages.
  private static let mail: [Setting] = [
    optional("smtp-host", "the mail server; without one, mail goes into the data directory", \.mail.host),
    number("smtp-port", "the mail server's port", 1...65_535, \.mail.port),
    Setting(
      name: "smtp-security", help: "none, optional, required (STARTTLS) or implicit",
      apply: { text, configuration throws(SettingFault) in
        guard let security = MailServer.Security(rawValue: text) else {
          throw SettingFault("use none, optional, required or implicit")
        }
        configuration.mail.security = security
      },
      show: { $0.mail.security.rawValue }),
    optional("smtp-user", "the name to sign in to the mail server with", \.mail.user),
    secret("smtp-password", "the password to sign in to the mail server with", \.mail.password),
    text("mail-from", "the address that mail comes from", \.mail.from),
    optional("sms-url", "the provider of text messages, up to its version", \.text.url),
    optional("sms-account", "the account at the provider of text messages", \.text.account),
    secret("sms-token", "the token of that account", \.text.token),
    optional("sms-from", "the number or name that text messages come from", \.text.from),
  ]

  /// Providers of identities.
  private static let providers: [Setting] = [
    optional("oidc-google-client-id", "this market's client id at Google, to sign in with", \.providers.googleClientID),
    secret("oidc-google-client-secret", "the secret of that client", \.providers.googleClientSecret),
    Setting(
      name: "oidc-issuer", help: "another provider of identities (OpenID Connect), by its issuer's address",
      apply: { text, configuration throws(SettingFault) in
        guard let issuer = ProviderAddress(text), issuer.discovery != nil else {
          throw SettingFault("use an https address without a query, such as https://id.example")
        }
        configuration.providers.issuer = issuer
      },
      show: { $0.providers.issuer?.text ?? "(none)" }),
    optional("oidc-name", "what people call that provider", \.providers.name),
    optional("oidc-client-id", "this market's client id there", \.providers.clientID),
    secret("oidc-client-secret", "the secret of that client", \.providers.clientSecret),
  ]

  private typealias Path<Value> = WritableKeyPath<Configuration, Value> & Sendable

  private static func text(_ name: String, _ help: String, _ path: any Path<String>) -> Setting {
    Setting(
      name: name, help: help,
      apply: { text, configuration throws(SettingFault) in
        if text.isEmpty { throw SettingFault("this must not be empty") }
        configuration[keyPath: path] = text
      },
      show: { $0[keyPath: path] })
  }

  private static func address(_ name: String, _ help: String, _ path: any Path<String>) -> Setting {
    Setting(
      name: name, help: help,
      apply: { text, configuration throws(SettingFault) in
        var six = in6_addr()
        guard unsafe inet_pton(AF_INET, text, &six) == 1 || inet_pton(AF_INET6, text, &six) == 1 else {
          throw SettingFault("use a numeric address such as 127.0.0.1, 0.0.0.0 or ::")
        }
        configuration[keyPath: path] = text
      },
      show: { $0[keyPath: path] })
  }

  private static func optional(_ name: String, _ help: String, _ path: any Path<String?>) -> Setting {
    Setting(
      name: name, help: help,
      apply: { text, configuration throws(SettingFault) in configuration[keyPath: path] = text.isEmpty ? nil : text },
      show: { $0[keyPath: path] ?? "(none)" })
  }

  private static func secret(_ name: String, _ help: String, _ path: any Path<Secret<String>?>) -> Setting {
    Setting(
      name: name, help: help, isSecret: true,
      apply: { text, configuration throws(SettingFault) in
        configuration[keyPath: path] = text.isEmpty ? nil : Secret(text)
      },
      show: { $0[keyPath: path] == nil ? "(none)" : "(set)" })
  }

  private static func number(
    _ name: String, _ help: String, _ range: ClosedRange<Int>, _ path: any Path<Int>
  ) -> Setting {
    Setting(
      name: name, help: help,
      apply: { text, configuration throws(SettingFault) in
        guard let number = Int(text), range.contains(number) else {
          throw SettingFault("use a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        configuration[keyPath: path] = number
      },
      show: { String($0[keyPath: path]) })
  }

  private static func truth(_ name: String, _ help: String, _ path: any Path<Bool>) -> Setting {
    Setting(
      name: name, help: help,
      apply: { text, configuration throws(SettingFault) in
        switch text {
        case "true", "yes", "on", "1": configuration[keyPath: path] = true
        case "false", "no", "off", "0": configuration[keyPath: path] = false
        default: throw SettingFault("use true or false")
        }
      },
      show: { String($0[keyPath: path]) })
  }
}

extension RateLimits {
  @Sendable static func read(_ text: String, into configuration: inout Configuration) throws(SettingFault) {
    configuration.rateLimits.isOff = text == "off"
    if text == "on" || text == "off" { return }
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.trimmingBlanks.split(separator: "=")
      guard pair.count == 2, let limit = LimitClass(rawValue: String(pair[0])), let rate = Int(pair[1]), rate > 0,
        rate <= 10_000_000
      else {
        let names = LimitClass.allCases.map(\.rawValue).joined(separator: ", ")
        throw SettingFault("use on, off, or pairs such as read=1200 of \(names)")
      }
      configuration.rateLimits.perMinute[limit] = rate
    }
  }

  var text: String {
    if isOff { return "off" }
    return LimitClass.allCases.map { "\($0.rawValue)=\(perMinute[$0] ?? 0)" }.joined(separator: ",")
  }
}
