// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import Glibc
import Testing

/// The `souk` of one person: commands that run to their end in a home of its own.
struct Souk {
  let home: Folder
  let server: String

  struct End {
    var code: ChildProcess.Exit
    var output: String
    /// What is told to people, on standard error.
    var notes: String
  }

  func callAsFunction(_ words: String...) async throws -> End { try await run(words) }

  /// Leads `souk` by lines, as from a keyboard.
  func typing(_ lines: [String]) async throws -> End {
    let path = home.path + "/typed"
    let file = unsafe open(path, O_CREAT | O_RDWR | O_TRUNC | O_CLOEXEC, 0o600)
    try #require(file >= 0)
    defer { close(file) }
    let text = lines.joined(separator: "\n")
    try #require(unsafe write(file, text, text.utf8.count) == text.utf8.count)
    lseek(file, 0, SEEK_SET)
    return try await run(["--plain"], input: file)
  }

  private func run(_ words: [String], input: Int32? = nil) async throws -> End {
    let environment = ["HOME": home.path, "SOUK_SERVER": server]
    let end = try await Soukd(words, environment: environment, program: "souk", input: input).end()
    return End(code: end.exit, output: end.output, notes: end.errors)
  }
}
