// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import EventLoop
import Glibc
import HTTPClient
import Market
import Synchronization
import Testing

/// kill -9 at random moments while clients write: the server serves again by itself, what was acknowledged is there,
/// and a repeated key has done its work once.
@Suite(.timeLimit(.minutes(10)))
struct KillTests {
  enum Victim: CaseIterable { case server, postmaster, both }

  @Test func `nothing that was acknowledged is lost to kill -9`() async throws {
    let folder = try Folder()
    let thread = ClientThread()
    var server = try Soukd.serve(folder.path)
    let address = try await server.address()
    let ports = [address.url, address.admin].compactMap { $0.split(separator: ":").last.map(String.init) }
    let (seller, account) = try await thread.caller(address.url).signedIn(mail: MailTray(folder.path))
    let ledger = Ledger(shop: try #require(account.shops.first).slug)

    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 { group.addTask { try await ledger.write(as: seller, named: "w\(writer)", on: thread.loop) } }
      for round in 0..<9 {
        let victim = Victim.allCases[round % Victim.allCases.count]
        // A random moment: so many acknowledgements into the round, and a little more.
        try await ledger.waitForMore(Int.random(in: 1...40))
        try await thread.loop.sleep(for: .milliseconds(Int.random(in: 0...30)))
        switch victim {
        case .postmaster: kill(try server.postmaster(), SIGKILL)
        case .server: server.kill()
        case .both:
          kill(try server.postmaster(), SIGKILL)
          server.kill()
        }
        if victim != .postmaster {
          server = try Soukd.serve(folder.path, ["--port", ports[0], "--admin-port", ports[1]])
          _ = try await server.address()
        }
        let url = "\(address.admin)/readyz"
        // A guard against hanging, far above what recovery takes.
        try await thread.loop.withDeadline(.seconds(120)) {
          try await ledger.waitForMore(1)
          // One loop may reach the database before the other does.
          while try await thread.get(url).status != 200 { try await thread.loop.sleep(for: .milliseconds(20)) }
        }
        try await ledger.check(as: seller, on: thread.loop)
      }
      ledger.stop()
      try await group.waitForAll()
    }
    try await ledger.check(as: seller, on: thread.loop)
    server.child.send(SIGTERM)
    #expect(try await server.end().exit == .code(0))
  }
}

/// What writers were told, to be compared with what is there.
private final class Ledger: Sendable {
  private struct State {
    var acknowledged: [String: Product.ID] = [:]
    var isStopped = false
    var waiting: [(count: Int, continuation: AsyncStream<Void>.Continuation)] = []
  }

  let shop: String
  private let state = Mutex(State())

  init(shop: String) { self.shop = shop }

  func stop() { state.withLock { $0.isStopped = true } }

  /// Adds products, each under a key of its own that is repeated until there is an answer.
  func write(as seller: Caller, named name: String, on loop: EventLoop) async throws {
    var number = 0
    while !state.withLock({ $0.isStopped }) {
      number += 1
      let sku = "\(name)-\(number)"
      while true {
        do {
          let made = try await seller.call(
            Catalogue.create, draft(shop, sku), headers: ["Idempotency-Key": "key-\(sku)"])
          acknowledge(sku, made.value.id)
          break
        } catch let problem as Problem where problem.status == 503 || problem.code == "request_in_progress" {
          try await loop.sleep(for: .milliseconds(20))
        } catch let error as HTTPClientError where error.kind != .aborted {
          try await loop.sleep(for: .milliseconds(20))
        }
      }
    }
  }

  /// Waits until so many more products are acknowledged.
  func waitForMore(_ count: Int) async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    state.withLock { $0.waiting.append(($0.acknowledged.count + count, continuation)) }
    for await _ in stream {}
    try Task.checkCancellation()
  }

  private func acknowledge(_ sku: String, _ id: Product.ID) {
    state.withLock { state in
      state.acknowledged[sku] = id
      let count = state.acknowledged.count
      state.waiting.filter { $0.count <= count }.forEach { $0.continuation.finish() }
      state.waiting.removeAll { $0.count <= count }
    }
  }

  /// Reads the whole shop and finds each acknowledged product in it, once and under the id that was told.
  func check(as seller: Caller, on loop: EventLoop) async throws {
    let expected = state.withLock { $0.acknowledged }
    let found = try await loop.withDeadline(.seconds(120)) { [self] in
      while true {
        do { return try await everything(as: seller) } catch let problem as Problem where problem.status == 503 {
          try await loop.sleep(for: .milliseconds(20))
        }
      }
    }
    let lost = expected.filter { found[$0.key] != [$0.value] }
    #expect(lost.isEmpty, "\(lost.count) of \(expected.count) acknowledged products are not there as they were told")
  }

  private func everything(as seller: Caller) async throws -> [String: [Product.ID]] {
    var found: [String: [Product.ID]] = [:]
    var cursor: String?
    repeat {
      let query = ShopProductQuery(slug: shop, limit: 100, cursor: cursor)
      let page = try await seller.call(Catalogue.ofShop, query).value
      for product in page.items { found[product.sku, default: []].append(product.id) }
      cursor = page.nextCursor
    } while cursor != nil
    return found
  }
}
