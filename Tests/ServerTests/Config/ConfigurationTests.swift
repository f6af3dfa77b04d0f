// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Testing

@testable import soukd

struct ConfigurationTests {
  private func read(
    flags: [(name: String, value: String)] = [], _ environment: [String: String] = [:], file: String? = nil,
    isRoot: Bool = false
  ) -> Result<Configuration, ConfigurationFaults> {
    let environment = ["HOME": "/home/x"].merging(environment) { _, new in new }
    var sources = ConfigurationSources(flags: flags, environment: environment, isRoot: isRoot)
    sources.workingDirectory = "/home/ines"
    if let file { sources.file = ("souk.conf", file) }
    return Configuration.read(sources)
  }

  private func faults(
    flags: [(name: String, value: String)] = [], _ environment: [String: String] = [:], file: String? = nil
  ) -> [String] {
    if case .failure(let faults) = read(flags: flags, environment, file: file) { return faults.all.map(\.description) }
    return []
  }

  @Test func `flags beat the environment, which beats the file, which beats what holds anyway`() throws {
    let file = "port = 1\nhost = 10.0.0.1\n\n# a comment\n  loops=2  \r\n"
    #expect(try read().get().port == 8080)
    #expect(try read(file: file).get().port == 1)
    #expect(try read(file: file).get().host == "10.0.0.1")
    #expect(try read(file: file).get().loops == 2)
    #expect(try read(["SOUK_PORT": "2"], file: file).get().port == 2)
    #expect(try read(flags: [("--port", "3")], ["SOUK_PORT": "2"], file: file).get().port == 3)
  }

  @Test func `every fault is told at once, with its place`() {
    #expect(
      faults(
        flags: [("--prot", "1"), ("--port", "x"), ("--database-url", "postgres://h/d")],
        ["SOUK_LOOPS": "-1", "SOUK_DEMO": "perhaps", "DATABASE_URL": "mysql://h"],
        file: "colour = red\nport\nlog-level = loud\ntls-key = /k") == [
          "souk.conf:2: write name = value", "souk.conf:1: there is no setting colour",
          "souk.conf:3: use debug, info, notice, warning or error",
          "DATABASE_URL: use postgresql://user@host/database or a libpq connection string",
          "SOUK_LOOPS: use a whole number from 0 to 256", "SOUK_DEMO: use true or false",
          "--prot: there is no such flag; did you mean port?", "--port: use a whole number from 0 to 65535",
          "--database-url: secrets are not taken from the command line; set DATABASE_URL or the file",
          "tls-certificate, tls-key: set both or neither",
        ])
  }

  @Test(arguments: Setting.all.map(\.name)) func `every setting is read from its own flag, variable and line`(
    name: String
  ) throws {
    let setting = try #require(Setting.all.first { $0.name == name })
    let samples = [
      "database-url": "postgresql://u@h/d", "demo": "true", "workers": "false", "rate-limits": "read=7",
      "log-level": "error", "public-url": "https://souk.example", "smtp-security": "implicit",
      "oidc-issuer": "https://id.example", "photo-bucket": "https://pictures.example",
      "master-key": String(repeating: "5e", count: 32),
      "host": "::7", "admin-host": "127.0.0.7",
    ]
    let value = samples[name] ?? "7"
    func shown(_ result: Result<Configuration, ConfigurationFaults>) throws -> String {
      // A TLS file without the other is refused, and shown here all the same.
      if case .failure(let faults) = result { return faults.description }
      return setting.show(try result.get())
    }
    let before = try shown(read(["HOME": "/home/x"]))
    let byFile = try shown(read(["HOME": "/home/x"], file: "\(name) = \(value)"))
    #expect(byFile != before)
    #expect(try shown(read(["HOME": "/home/x", setting.variable: value])) == byFile)
    if !setting.isSecret { #expect(try shown(read(flags: [(setting.flag, value)], ["HOME": "/home/x"])) == byFile) }
    #expect(setting.help.count > 8 && !setting.help.hasSuffix("."))
    #expect(!shownSecrets(byFile))
  }

  private func shownSecrets(_ text: String) -> Bool { text.contains("postgresql://u@h/d") || text.contains("5e5e") }

  @Test(arguments: [
    ("port", "65536"), ("port", "-1"), ("port", ""), ("port", "80 80"), ("port", "0x50"), ("request-seconds", "0"),
    ("trusted-proxies", "11"), ("host", ""), ("host", "localhost"), ("admin-host", "1.2.3"), ("host", "::1%lo"),
    ("rate-limits", "read"), ("rate-limits", "read=0"), ("rate-limits", "x=1"),
    ("rate-limits", "read=1,,"), ("rate-limits", ""), ("demo", ""), ("log-level", "LOUD"), ("database-url", ""),
    ("public-url", "souk.example"), ("public-url", "https://"), ("public-url", "https://souk.example/"),
    ("public-url", "https://example.org/souk"), ("oidc-issuer", "http://id.example"),
    ("oidc-issuer", "https://id.example?x"), ("oidc-issuer", ""),
  ]) func `values that mean nothing are refused`(name: String, value: String) {
    #expect(faults(file: "\(name) = \(value)").count == 1)
  }

  @Test func `limits are read by class`() throws {
    #expect(try read(["SOUK_RATE_LIMITS": "off"]).get().rateLimits.isOff)
    let limits = try read(["SOUK_RATE_LIMITS": "read=5, sign_in=6"]).get().rateLimits
    #expect(!limits.isOff && limits.perMinute[.read] == 5 && limits.perMinute[.signIn] == 6)
    #expect(limits.perMinute[.write] == 240)
  }

  @Test func `what contradicts itself is refused`() {
    #expect(faults(["SOUK_TLS_KEY": "/k"]) == ["tls-certificate, tls-key: set both or neither"])
    #expect(faults(["SOUK_PORT": "8081"]) == ["admin-port: it is the same as port"])
    #expect(faults(["SOUK_PORT": "0", "SOUK_ADMIN_PORT": "0"]).isEmpty)
    #expect(
      faults(["SOUK_OIDC_GOOGLE_CLIENT_ID": "x", "SOUK_OIDC_NAME": "Guild"]) == [
        "oidc-google-client-id, oidc-google-client-secret: set all of them or none",
        "oidc-issuer, oidc-name, oidc-client-id, oidc-client-secret: set all of them or none",
      ])
  }

  @Test func `providers are there once all is said of them`() throws {
    let google = ["SOUK_OIDC_GOOGLE_CLIENT_ID": "g", "SOUK_OIDC_GOOGLE_CLIENT_SECRET": "s"]
    let other = [
      "SOUK_OIDC_ISSUER": "https://id.example", "SOUK_OIDC_NAME": "Guild", "SOUK_OIDC_CLIENT_ID": "c",
      "SOUK_OIDC_CLIENT_SECRET": "t",
    ]
    #expect(try read().get().providers.list.isEmpty)
    #expect(try read(google).get().providers.list.map(\.id) == ["google"])
    let both = try read(google.merging(other) { first, _ in first }).get().providers.list
    #expect(both.map(\.id) == ["google", "oidc"] && both.map(\.name) == ["Google", "Guild"])
    #expect(both.map(\.issuer.text) == ["https://accounts.google.com", "https://id.example"])
  }

  @Test func `links name where people reach the market`() throws {
    #expect(try read().get().origin == "http://127.0.0.1:8080")
    #expect(try read(["SOUK_HOST": "::1", "SOUK_PORT": "80"]).get().origin == "http://[::1]:80")
    #expect(try read(["SOUK_TLS_KEY": "k", "SOUK_TLS_CERTIFICATE": "c"]).get().origin == "https://127.0.0.1:8080")
    #expect(try read(["SOUK_PUBLIC_URL": "https://souk.example"]).get().origin == "https://souk.example")
    #expect(try read(["SOUK_PORT": "0"]).get().listening(on: 4711).origin == "http://127.0.0.1:4711")
  }

  @Test(arguments: [
    (1_048_576, 2, 20_000), (20_000, 2, 14_892), (1024, 2, 660), (300, 2, 117), (100, 2, 2), (0, 4, 4),
  ]) func `connections leave files for everything else`(openFilesMax: Int, loops: Int, connections: Int) throws {
    #expect(try read().get().connections(openFilesMax: openFilesMax, loops: loops) == connections)
  }

  @Test func `data have a home`() throws {
    #expect(try read(["HOME": "/home/x"]).get().dataDirectory == "/home/x/.local/share/soukd")
    #expect(try read(["HOME": "/home/x", "XDG_DATA_HOME": "/d"]).get().dataDirectory == "/d/soukd")
    #expect(try read(["HOME": "/root"], isRoot: true).get().dataDirectory == "/var/lib/soukd")
    #expect(try read(["SOUK_DATA_DIRECTORY": "./data"]).get().dataDirectory == "/home/ines/./data")
    #expect(faults(["HOME": ""]) == ["data-directory: set it, since there is no HOME"])
    #expect(try read(["HOME": "", "SOUK_DATA_DIRECTORY": "/d"]).get().dataDirectory == "/d")
  }
}

struct CommandTests {
  @Test(arguments: [
    (["serve"], Command.Verb.serve), (["worker"], .worker), (["migrate"], .migrate), (["seed", "demo"], .seedDemo),
    (["seed", "bulk", "--products", "5"], .seedBulk(products: 5)),
    (["seed", "bulk", "--products=5"], .seedBulk(products: 5)),
    (["--products", "5", "seed", "bulk"], .seedBulk(products: 5)), (["openapi"], .openAPI),
    (["config", "check"], .configCheck), (["help"], .help), ([], .help), (["--help"], .help),
    (["serve", "--help"], .help),
    (["--help", "serve"], .help), (["version"], .version), (["--version"], .version),
  ]) func `commands`(words: [String], verb: Command.Verb) throws {
    #expect(try Command.read(words).verb == verb)
  }

  @Test(arguments: [
    ["sevre"], ["serve", "now"], ["seed"], ["seed", "bulk"], ["seed", "bulk", "--products", "0"],
    ["seed", "bulk", "--products", "many"], ["seed", "bulk", "--products", "5000001"], ["serve", "--port"],
    ["serve", "--products", "5"], ["seed", "demo", "--products", "5"], ["config"],
  ]) func `what is no command is refused`(words: [String]) {
    #expect(throws: UsageError.self) { try Command.read(words) }
  }

  @Test func `flags keep their order and values, and the file is named apart`() throws {
    let command = try Command.read(["--port=1", "serve", "--host", "::1", "--config", "/etc/souk.conf", "--port", "2"])
    #expect(command.configurationFile == "/etc/souk.conf")
    #expect(command.flags.map(\.name) == ["--port", "--host", "--port"])
    #expect(command.flags.map(\.value) == ["1", "::1", "2"])
  }

  @Test func `the help names every setting`() {
    for setting in Setting.all {
      #expect(Command.help.contains(setting.isSecret ? setting.variable : setting.flag + " "))
      #expect(Command.help.contains(setting.help))
    }
  }
}
