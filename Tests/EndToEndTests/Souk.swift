// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess

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

  func callAsFunction(_ words: String...) async throws -> End {
    let environment = ["HOME": home.path, "SOUK_SERVER": server]
    let end = try await Soukd(words, environment: environment, program: "souk").end()
    return End(code: end.exit, output: end.output, notes: end.errors)
  }
}
