// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Market

/// The command line is not one of ours.
struct UsageError: Error, Equatable {
  var complaint: String
}

/// What `soukd` is asked to do.
struct Command: Sendable {
  enum Verb: Sendable, Equatable {
    case serve, worker, migrate, seedDemo, openAPI, configCheck, verifyAudit, mail, help, version
    case rebuildIndex, checkIndex
    case seedBulk(products: Int)
    case rotateKeys(data: Bool)
    case grant(Contact, [AdminScope])

    /// Whether it runs until it has done something, and not until it is stopped.
    var endsByItself: Bool { self != .serve && self != .worker }
  }

  var verb: Verb
  var configurationFile: String?
  var flags: [(name: String, value: String)] = []

  static let help = """
    soukd, the server of a Souk market

      soukd serve                       serve the API (and run its jobs, unless --workers false)
      soukd worker                      run jobs only
      soukd migrate                     bring the database up to date and end
      soukd seed demo                   fill the database with the demo market
      soukd seed bulk --products N      fill the database with N generated products
      soukd keys rotate                 sign access tokens with a new key; nobody is signed out
      soukd keys rotate --data          seal personal fields with a new key
      soukd accounts grant WHO SCOPES   make somebody an administrator: moderation,finance,support,config or none
      soukd audit verify                prove that the audit log is whole
      soukd index rebuild               build the search index anew, beside a running server too
      soukd index check                 read all of the search index and compare it with the database
      soukd mail                        print the newest mail in the data directory, where it goes without a server
      soukd openapi                     print the OpenAPI document
      soukd config check                print the settings as they would hold, or what is wrong with them
      soukd version | help

    Settings come from flags, environment and --config FILE (name = value lines), strongest first:

    \(Setting.all.map(line).joined(separator: "\n"))
    """

  private static func line(_ setting: Setting) -> String {
    let left = setting.isSecret ? setting.variable : "\(setting.flag) …"
    return "  " + left + String(repeating: " ", count: max(1, 34 - left.count)) + setting.help
  }

  static func read(_ arguments: [String]) throws(UsageError) -> Command {
    var words: [String] = []
    var flags: [(name: String, value: String)] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("--") else {
        words.append(argument)
        continue
      }
      if argument == "--data" {
        words.append(argument)
        continue
      }
      if argument == "--help" { return Command(verb: .help) }
      if argument == "--version" { return Command(verb: .version) }
      if let equals = argument.firstIndex(of: "=") {
        flags.append((String(argument[..<equals]), String(argument[argument.index(after: equals)...])))
      } else if let value = rest.popFirst() {
        flags.append((argument, value))
      } else {
        throw UsageError(complaint: "\(argument) wants a value")
      }
    }
    let products = take("--products", from: &flags)
    let verb = try verb(words, products)
    if case .seedBulk = verb {} else if products != nil { throw UsageError(complaint: "--products is for seed bulk") }
    return Command(verb: verb, configurationFile: take("--config", from: &flags), flags: flags)
  }

  private static func take(_ name: String, from flags: inout [(name: String, value: String)]) -> String? {
    guard let index = flags.firstIndex(where: { $0.name == name }) else { return nil }
    return flags.remove(at: index).value
  }

  private static func verb(_ words: [String], _ products: String?) throws(UsageError) -> Verb {
    switch words {
    case ["serve"]: return .serve
    case ["worker"]: return .worker
    case ["migrate"]: return .migrate
    case ["openapi"]: return .openAPI
    case ["config", "check"]: return .configCheck
    case ["seed", "demo"]: return .seedDemo
    case ["seed", "bulk"]:
      guard let products = products.flatMap(Int.init), (1...5_000_000).contains(products) else {
        throw UsageError(complaint: "seed bulk wants --products with a number from 1 to 5000000")
      }
      return .seedBulk(products: products)
    case ["keys", "rotate"]: return .rotateKeys(data: false)
    case ["keys", "rotate", "--data"]: return .rotateKeys(data: true)
    case ["audit", "verify"]: return .verifyAudit
    case ["index", "rebuild"]: return .rebuildIndex
    case ["index", "check"]: return .checkIndex
    case ["mail"]: return .mail
    case let words where words.count == 4 && words[...1] == ["accounts", "grant"]: return try grant(words[2], words[3])
    case ["version"]: return .version
    case ["help"], []: return .help
    default: throw UsageError(complaint: "there is no command \(words.joined(separator: " "))")
    }
  }

  private static func grant(_ who: String, _ scopes: String) throws(UsageError) -> Verb {
    guard let contact = Contact(typed: who) else {
      throw UsageError(complaint: "\(who) is neither an e-mail address nor a phone number such as +351212345678")
    }
    if scopes == "none" { return .grant(contact, []) }
    let read = scopes.split(separator: ",").map { AdminScope(rawValue: String($0)) }
    let known = read.compactMap { $0 }
    guard !known.isEmpty, known.count == read.count else {
      throw UsageError(complaint: "scopes are moderation, finance, support and config, joined by commas, or none")
    }
    return .grant(contact, known)
  }

  func configuration() throws -> Configuration {
    var sources = ConfigurationSources(flags: flags, isRoot: geteuid() == 0)
    sources.workingDirectory = try Files.workingDirectory()
    for setting in Setting.all {
      if let value = unsafe getenv(setting.variable) {
        sources.environment[setting.variable] = unsafe String(cString: value)
      }
    }
    for name in ["HOME", "XDG_DATA_HOME"] {
      if let value = unsafe getenv(name) { sources.environment[name] = unsafe String(cString: value) }
    }
    if let configurationFile {
      let text = try Files.read(configurationFile, bytesMax: 65_536)
      sources.file = (configurationFile, String(decoding: text, as: UTF8.self))
    }
    return try Configuration.read(sources).get()
  }
}
