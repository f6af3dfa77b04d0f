// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import Observability
import Postgres
import TestSupport
import Testing

@testable import soukd

@Suite(.timeLimit(.minutes(2))) struct AdminPagesTests {
  /// Pages about a database, whose answer is waited for so long.
  private func withPages(
    patience: Duration, connectionsMax: Int = 4,
    _ body: @escaping @Sendable (AdminPages, Database) async throws -> Void
  ) async throws {
    var configuration = PoolConfiguration()
    configuration.connectionsMax = connectionsMax
    configuration.waitLimit = .seconds(600)
    try await withTestDatabase(migrations: Migrations.all, loops: 1, configuration: configuration) { database, loops in
      let offload = OffloadPool(threadCount: 1)
      let readiness = Readiness()
      readiness.isServing = true
      let folder = try TemporaryFolder()
      let index = try CatalogueIndex(directory: folder.path + "/search", database: database, log: Logger(level: .error))
      defer { index.shutDown() }
      let pages = AdminPages(
        metrics: ServerMetrics(), database: database,
        server: HTTPServer(loops: loops.loops) { _ in HTTPResponse(status: 200) }, offload: offload,
        readiness: readiness, loop: loops.loops[0], index: index, patience: patience)
      try await body(pages, database)
      offload.shutDown()
    }
  }

  private func ask(_ pages: AdminPages, _ path: String) async -> (status: Int, text: String) {
    let answer = await pages.answer(HTTPRequest(head: HTTPRequestHead(path: path)))
    guard case .bytes(let bytes) = answer.body else { return (answer.status, "") }
    return (answer.status, String(decoding: bytes, as: UTF8.self))
  }

  @Test func `a server at work is alive, ready and measured`() async throws {
    try await withPages(patience: .seconds(600)) { pages, _ in
      #expect(await ask(pages, "/healthz") == (200, "alive\n"))
      #expect(await ask(pages, "/readyz") == (200, "ready\n"))
      let metrics = await ask(pages, "/metrics")
      #expect(metrics.status == 200)
      for name in ["souk_connections_open 0", "souk_jobs_waiting 0", "souk_jobs_dead 0", "souk_search_ready 0"] {
        #expect(metrics.text.contains("\n\(name)\n"))
      }
      #expect(await ask(pages, "/nothing").status == 404)
      pages.readiness.isServing = false
      #expect(await ask(pages, "/readyz").status == 503)
    }
  }

  @Test func `a database that does not answer is not waited for`() async throws {
    try await withPages(patience: .milliseconds(50), connectionsMax: 1) { pages, database in
      // The only connection is taken for as long as the pages are asked.
      try await database.transaction { transaction in
        try await transaction.execute("select 1")
        #expect(await ask(pages, "/readyz") == (503, "the database does not answer\n"))
        let metrics = await ask(pages, "/metrics")
        #expect(metrics.status == 200)
        #expect(metrics.text.contains("souk_connections_open 0"))
        #expect(!metrics.text.contains("souk_jobs_waiting"))
      }
    }
  }
}
