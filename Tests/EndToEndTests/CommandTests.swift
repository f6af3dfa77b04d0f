// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import Glibc
import JSON
import Postgres
import TestSupport
import Testing

/// Commands that end, and starts that are refused: each says why and ends with the right code.
@Suite(.timeLimit(.minutes(2)))
struct CommandTests {
  @Test(
    arguments: [
      (["serve", "--prot", "80"], "did you mean port"), (["serve", "--port", "eighty"], "--port"),
      (["serve", "--port"], "wants a value"), (["sreve"], "no command sreve"),
      (["serve", "--database-url", "postgresql://h/d"], "DATABASE_URL"),
      (["seed", "bulk"], "--products"), (["seed", "bulk", "--products", "0"], "--products"),
      (["serve", "--tls-key", "k.pem"], "both or neither"), (["serve", "--log-level", "loud"], "--log-level"),
    ])
  func `a command line that is wrong is refused with code 2`(_ arguments: [String], _ complaint: String) async throws {
    let end = try await Soukd(arguments).end()
    #expect(end.exit == .code(2))
    #expect(end.errors.contains(complaint), "said: \(end.errors)")
    #expect(end.output.isEmpty)
  }

  @Test func `a broken configuration file is refused line by line`() async throws {
    let folder = try Folder()
    let file = folder.path + "/soukd.conf"
    try write("port = 1\n# a remark\nnonsense\nlops = 2\n", to: file)
    let end = try await Soukd(["config", "check", "--config", file]).end()
    #expect(end.exit == .code(2))
    #expect(end.errors.contains("\(file):3") && end.errors.contains("\(file):4"), "said: \(end.errors)")
    #expect(end.errors.contains("did you mean loops"))
  }

  @Test func `a configuration file that is not there is named`() async throws {
    let end = try await Soukd(["config", "check", "--config", "/nonexistent/soukd.conf"]).end()
    #expect(end.exit == .code(1) || end.exit == .code(2))
    #expect(end.errors.contains("/nonexistent/soukd.conf"), "said: \(end.errors)")
  }

  @Test func `a configuration file without an end is not read to it`() async throws {
    let end = try await Soukd(["config", "check", "--config", "/dev/zero"]).end()
    #expect(end.exit == .code(1))
    #expect(end.errors == "soukd: cannot read /dev/zero: File too large")
  }

  @Test func `the settings that would hold are shown, secrets are not`() async throws {
    let folder = try Folder()
    let file = folder.path + "/soukd.conf"
    try write("port = 8123\nlog-level = debug\n", to: file)
    let end = try await Soukd(
      ["config", "check", "--config", file, "--log-level", "error"],
      environment: ["SOUK_LOOPS": "3", "DATABASE_URL": "postgresql://u:hush@db/souk", "HOME": folder.path]
    ).end()
    #expect(end.exit == .code(0))
    for line in ["port = 8123", "log-level = error", "loops = 3", "database-url = (set)"] {
      #expect(end.output.contains(line), "wants \(line) in: \(end.output)")
    }
    #expect(!end.output.contains("hush") && !end.errors.contains("hush"))
  }

  @Test func `the description of the API is printed whole`() async throws {
    let end = try await Soukd(["openapi"]).end()
    #expect(end.exit == .code(0))
    let document = try JSONDecoder().decode(JSONValue.self, from: Array(end.output.utf8))
    #expect(document["openapi"] == .string("3.1.0"))
    #expect(document["paths"]?["/products/{product}"]?["patch"] != nil)
  }

  @Test func `a port in use is named`() async throws {
    let folder = try Folder()
    let server = try Soukd.serve(folder.path + "/one")
    let url = try await server.address().url
    let port = try #require(url.split(separator: ":").last.map(String.init))
    let second = try Soukd([
      "serve", "--data-directory", folder.path + "/two", "--port", port, "--admin-port", "0", "--demo", "true",
    ])
    let end = try await second.end()
    #expect(end.exit == .code(1))
    #expect(end.errors.contains(port), "said: \(end.errors)")
  }

  @Test func `a directory that cannot be made is named`() async throws {
    let end = try await Soukd.serve("/proc/soukd-trial").end()
    #expect(end.exit == .code(1))
    #expect(end.errors.contains("/proc/soukd-trial"), "said: \(end.errors)")
  }

  @Test(
    arguments: [
      (
        "postgresql://nobody:hush@127.0.0.1:1/nothing", "host 127.0.0.1, port 1, database nothing, user nobody",
        "Connection refused"
      ),
      (
        "host=/nowhere port=5433 user=nobody password=hush", "socket /nowhere/.s.PGSQL.5433, user nobody",
        "No such file or directory"
      ),
      ("postgresql://nobody:hush@nowhere.invalid/nothing", "host nowhere.invalid, port 5432", "nowhere.invalid"),
    ])
  func `a database that is away is said to be away: what, where, and what to do`(
    _ url: String, _ place: String, _ reason: String
  ) async throws {
    let folder = try Folder()
    let end = try await Soukd.serve(folder.path, environment: ["DATABASE_URL": url]).end()
    #expect(end.exit == .code(1))
    for part in ["the database cannot be reached: \(place)", reason, "mend DATABASE_URL"] {
      #expect(end.errors.contains(part), "said: \(end.errors)")
    }
    for word in ["taken effect", "became free", "08006", "hush"] {
      #expect(!end.errors.contains(word), "said: \(end.errors)")
    }
  }

  @Test func `a database that turns the user away is named with what it says`() async throws {
    let cluster = try await TestCluster.shared()
    let folder = try Folder()
    let place = "\(cluster.plan.directory)/run"
    for (names, complaint) in [("user=owner dbname=absent", "\"absent\" does not exist"), ("user=nobody", "nobody")] {
      let url = "host=\(place) password=hush \(names)"
      let end = try await Soukd.serve(folder.path, environment: ["DATABASE_URL": url]).end()
      #expect(end.exit == .code(1))
      #expect(end.errors.contains("cannot be reached: socket \(place)/.s.PGSQL.5432"), "said: \(end.errors)")
      #expect(end.errors.contains(complaint) && !end.errors.contains("hush"), "said: \(end.errors)")
    }
  }

  @Test func `a DATABASE_URL that cannot be read is refused without being repeated`() async throws {
    for url in ["postgresql://u:hush@[::1/d", "postgresql://u:hush@h/d?nonsense=1", "hush=1", "host=h password='hush"] {
      let end = try await Soukd(["config", "check"], environment: ["DATABASE_URL": url, "HOME": "/tmp"]).end()
      #expect(end.exit == .code(2))
      #expect(end.errors.contains("DATABASE_URL") && !end.errors.contains("hush"), "said: \(end.errors)")
    }
  }

  private func write(_ text: String, to path: String) throws {
    let file = unsafe open(path, O_CREAT | O_WRONLY, 0o644)
    try #require(file >= 0)
    let count = unsafe Glibc.write(file, text, text.utf8.count)
    close(file)
    try #require(count == text.utf8.count)
  }
}
