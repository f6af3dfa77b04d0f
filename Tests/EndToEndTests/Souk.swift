// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import Market
import TestSupport
import Testing

/// The `souk` of one person: commands that run to their end in a home of its own.
struct Souk {
  let home: Folder
  let server: String
  /// In place of signing in.
  var apiKey: String?

  struct End {
    /// Nil when a signal ended it.
    var code: Int32?
    var output: String
    /// What is told to people, on standard error.
    var notes: String

    fileprivate init(_ end: ProgramEnd) {
      (code, output, notes) = (end.code, end.output, end.errors)
      for text in [output, notes] { #expect(!text.contains("rft_") && !text.contains("eyJ"), "a token: \(text)") }
    }
  }

  private var environment: [String: String] {
    var environment = ["HOME": home.path, "SOUK_SERVER": server]
    environment["SOUK_API_KEY"] = apiKey
    return environment
  }

  func callAsFunction(_ words: String..., input: String = "") async throws -> End {
    let environment = environment
    return End(try await onThread { try runBuilt("souk", words, environment: environment, input: input) })
  }

  /// Leads `souk` by lines, as from a keyboard.
  func typing(_ lines: [String]) async throws -> End {
    let environment = environment
    return End(
      try await onThread {
        try runBuilt("souk", ["--plain"], environment: environment, input: lines.joined(separator: "\n"))
      })
  }

  /// Runs a command that has a code sent, and gives it that code and perhaps more lines.
  func coded(_ words: String..., to contact: String, in tray: MailTray, then lines: String = "") async throws -> End {
    let contact = try #require(Contact(contact))
    let seen = tray.names
    let program = try RunningProgram("souk", words, environment: environment)
    try program.say(try await tray.code(to: contact, after: seen) + "\n" + lines)
    return End(await onThread { program.end() })
  }

  /// Starts a command that says on standard error what is to be done elsewhere.
  func start(_ words: String...) throws -> RunningProgram {
    try RunningProgram("souk", words, environment: environment)
  }

  func end(of program: RunningProgram) async -> End { End(await onThread { program.end() }) }

  func signIn(as person: String, in tray: MailTray) async throws {
    let contact = "\(person)@demo.example"
    let end = try await coded("login", contact, to: contact, in: tray)
    #expect(end.code == 0, "said: \(end)")
  }
}
