// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import Glibc
import HTTPClient
import Market
import Testing

/// Commands beside a server that runs its own PostgreSQL in the same data directory.
@Suite(.timeLimit(.minutes(3)))
struct NeighbourTests {
  private static func command(_ words: [String], _ directory: String) throws -> Soukd {
    try Soukd(words + ["--data-directory", directory])
  }

  @Test func `commands that only need the database use the one that a server runs`() async throws {
    let folder = try Folder()
    let server = try Soukd.serve(folder.path)
    let address = try await server.address()
    let thread = ClientThread()
    let (_, account) = try await thread.caller(address.url).signedIn(mail: MailTray(folder.path))
    for (words, said) in [
      (["keys", "rotate"], "Nobody is signed out"), (["keys", "rotate", "--data"], "Data key 2 seals"),
      (["audit", "verify"], "The audit log is whole"), (["seed", "bulk", "--products", "5"], ""),
      (["seed", "demo"], ""), (["migrate"], ""),
      (["accounts", "grant", "seller@demo.example", "config"], account.id.text),
    ] {
      let end = try await Self.command(words, folder.path).end()
      #expect(end.exit == .code(0) && end.output.contains(said), "\(words): \(end.output)\n\(end.errors)")
      let pid = end.errors.split(separator: "\n").first { $0.contains("another process runs the database") }
        .flatMap { String($0).number(of: "pid") }
      #expect(pid.map(Int32.init) == server.child.pid, "\(words)")
    }
    #expect(try await thread.get("\(address.admin)/readyz").status == 200)
    server.child.send(SIGTERM)
    let end = try await server.end()
    #expect(end.exit == .code(0))
    // And alone again, in a cluster of its own.
    let alone = try await Self.command(["audit", "verify"], folder.path).end()
    #expect(alone.exit == .code(0) && !alone.errors.contains("another process"), "\(alone.errors)")
  }

  @Test(arguments: ["serve", "worker"])
  func `a second server or worker on the directory is refused, with what to do`(verb: String) async throws {
    let folder = try Folder()
    let server = try Soukd.serve(folder.path)
    let address = try await server.address()
    let ports = verb == "serve" ? ["--port", "0", "--admin-port", "0"] : []
    let end = try await Self.command([verb] + ports, folder.path).end()
    #expect(end.exit == .code(1))
    for part in ["in use by process \(server.child.pid)", "--data-directory", "DATABASE_URL"] {
      #expect(end.errors.contains(part), "said: \(end.errors)")
    }
    #expect(try await ClientThread().get("\(address.admin)/readyz").status == 200)
  }

  @Test(arguments: [SIGTERM, SIGKILL])
  func `a command whose neighbour stops ends and says so`(signal: Int32) async throws {
    let folder = try Folder()
    let server = try Soukd.serve(folder.path)
    _ = try await server.address()
    let command = try Self.command(["seed", "bulk", "--products", "2000000"], folder.path)
    _ = try await command.log.line { $0.contains("seeded") }
    server.child.send(signal)
    let end = try await command.end()
    #expect(end.exit == .code(1))
    for part in ["process \(server.child.pid)", "stopped while this command worked", "Run the command again."] {
      #expect(end.errors.contains(part), "said: \(end.errors)")
    }
  }
}
