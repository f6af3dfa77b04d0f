// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import EventLoop
import HTTPClient
import Market
import Postgres
import TestSupport
import Testing

/// A market that is moved by pg_dump, as operators do.
@Suite(.timeLimit(.minutes(3)))
struct RestoreTests {
  let folder: Folder
  let thread = ClientThread()

  init() throws { folder = try Folder() }

  @Test func `a market that is restored into another cluster has everything, and begins a new feed`() async throws {
    let first = try Soukd.serve(folder.path + "/first")
    let (seller, account) = try await thread.caller(first.address().url).signedIn(
      mail: MailTray(folder.path + "/first"))
    let made = try await seller.call(Catalogue.create, draft(account.shops[0].slug, "E2E-R1"))
    let events = try await feed(seller)
    let last = try #require(events.last?.id)

    let cluster = try await TestCluster.shared()
    let database = Database(cluster.info, loops: [thread.loop])
    try await database.execute("create database restored")
    let dump = "pg_dump --no-owner -h \(folder.path)/first/postgresql/run -U owner postgres"
    let load = "psql -q -v ON_ERROR_STOP=1 -h \(cluster.plan.directory)/run -U owner restored"
    let exit = try await onThread {
      try ChildProcess.start(
        ChildPlan(path: "/bin/bash", arguments: ["-c", "set -o pipefail; \(dump) | \(load) >/dev/null"])
      ).reap()
    }
    #expect(exit == .code(0))
    first.kill()

    let url = "host=\(cluster.plan.directory)/run user=owner dbname=restored"
    // Without the master key nothing that is sealed opens, and the server says so at once.
    let keyless = try Soukd.serve(folder.path + "/keyless", environment: ["DATABASE_URL": url])
    let refused = try await keyless.end()
    #expect(refused.exit == .code(1) && refused.errors.contains("another master key"))
    let key = try readFile(folder.path + "/first/master-key").filter { !$0.isWhitespace }
    let second = try Soukd.serve(
      folder.path + "/second", environment: ["DATABASE_URL": url, "SOUK_MASTER_KEY": key])
    // Tokens of before hold on: the keys came along.
    var caller = seller
    caller.url = try await second.address().url
    #expect(try await caller.call(Catalogue.show, ProductAddress(product: made.value.id)).value == made.value)

    // Its transaction ids are others: a place in the old feed would skip or repeat.
    #expect(try await caller.refusal(Events.feed, EventQuery(since: last)) == "position_gone")
    let request = try caller.request(Events.feed, EventQuery())
    var resumed = ServerSentEvents(client: thread.client, request: request, lastEventID: last.description)
      .makeAsyncIterator()
    let failure = await #expect(throws: HTTPClientError.self) { try await resumed.next() }
    #expect(failure?.status == 410)

    let tag = try #require(made.headers["ETag"])
    let address = ProductAddress(product: made.value.id)
    _ = try await caller.call(Catalogue.archive, address, headers: ["If-Match": tag])
    let news = try await feed(caller)
    #expect(news.map(\.kind) == [.productArchived] && news.first?.id.epoch != last.epoch)

    second.kill()
    try await database.execute("drop database restored with (force)")
    await database.close()
  }

  /// The feed, once something can be read in it.
  private func feed(_ caller: Caller) async throws -> [MarketEvent] {
    for _ in 0..<2000 {
      let events = try await caller.call(Events.feed, EventQuery(limit: 100)).value.items
      if !events.isEmpty { return events }
      try await thread.loop.sleep(for: .milliseconds(5))
    }
    return []
  }
}
