// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import Market
import Observability

// The map of the server:
//   Main/         the program: its commands, start and stop
//   Config/       settings from flags, environment and file
//   HTTP/         the way of a request from bytes to a handler and back
//   Database/     PostgreSQL, its migrations, the keys that servers share
//   Jobs/         background work
//   Secrets/      the master key, sealed fields, keyed digests
//   Audit/        the append-only log of what matters
//   Integrations/ mail and text messages
//   Search/       the index of the products for sale, and what keeps it up
//   Shops/ Catalogue/ Photos/ Events/ Identity/ Profile/ Guests/ Moderation/   a folder per feature, named as in Shared/
//   Pages/        the pages for browsers, by which people sign in
//   OpenAPI/      the description of the API, made from the contract
//   Demo/         the demo market
//   Migrations/   the schema, as numbered SQL

/// The program `soukd`.
enum Soukd {
  static func main() {
    StandardStreams.occupy()
    Signals.block([SIGTERM, SIGINT, SIGHUP])
    Signals.ignore(SIGPIPE)
    do {
      let command = try Command.read(Array(CommandLine.arguments.dropFirst()))
      try run(command)
    } catch let error as UsageError {
      say("soukd: \(error.complaint)\nsoukd help lists the commands.")
      exit(2)
    } catch let faults as ConfigurationFaults {
      say("soukd: the configuration is not usable\n\(faults)")
      exit(2)
    } catch {
      say("soukd: \(error)")
      exit(1)
    }
  }

  private static func run(_ command: Command) throws {
    switch command.verb {
    case .help: print(Command.help)
    case .version: print("soukd \(Release.version)")
    case .openAPI: print(OpenAPIDocument.text)
    case .configCheck:
      let configuration = try command.configuration()
      for setting in Setting.all { print("\(setting.name) = \(setting.show(configuration))") }
    case .mail:
      let messages = try Maildir(path: try command.configuration().mailDirectory).newest(10)
      print(messages.isEmpty ? "There is no mail." : messages.joined(separator: "\n\n"))
    case .serve, .worker, .migrate, .seedDemo, .seedBulk, .rotateKeys, .verifyAudit, .grant, .rebuildIndex, .checkIndex:
      try Process(configuration: try command.configuration()).run(command.verb)
    }
  }

  static func say(_ text: String) {
    let line = text + "\n"
    _ = unsafe write(STDERR_FILENO, line, line.utf8.count)
  }
}

/// Which release this is.
enum Release {
  static let version = "0.1.0"
}
