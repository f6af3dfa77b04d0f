// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import EventLoop
import Glibc
import HTTPClient
import Market
import Testing

/// kill -9 while the index is built, or follows: the next start has an index that is whole.
@Suite(.timeLimit(.minutes(10)))
struct SearchKillTests {
  @Test func `an index survives kill -9`() async throws {
    let folder = try Folder()
    let thread = ClientThread()
    for round in 0..<3 {
      let server = try Soukd.serve(folder.path)
      let url = try await server.address().url
      _ = try await server.log.line { $0.contains(round == 0 ? "the search index is built" : "serving") }
      if round == 2 {
        try await thread.loop.withDeadline(.seconds(120)) {
          while try await thread.get("\(url)\(Contract.basePath)/products/facets?q=silver").status != 200 {
            try await thread.loop.sleep(for: .milliseconds(20))
          }
        }
        let page = try await thread.get("\(url)\(Contract.basePath)/products?q=silvr")
        #expect(page.status == 200 && page.text.contains("\"corrected\":\"silver\""))
        for words in [["index", "rebuild"], ["index", "check"]] {
          let command = try Soukd(words + ["--data-directory", folder.path])
          let end = try await command.end()
          #expect(end.exit == .code(0) && end.output.contains("The search index"), "\(end)")
        }
        server.child.send(SIGTERM)
        #expect(try await server.end().exit == .code(0))
      } else {
        server.kill()
      }
    }
  }
}
