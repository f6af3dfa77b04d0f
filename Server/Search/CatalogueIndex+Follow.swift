// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Observability
import Postgres
import SearchIndex

extension CatalogueIndex {
  /// Keeps the index for as long as the task lives: one process of a machine writes, the others of the same directory read.
  func run(on loop: EventLoop) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for await _ in self.database.listen(["search"]) { self.alarm.ring() } }
      group.addTask { await self.keep(on: loop) }
    }
  }

  private func keep(on loop: EventLoop) async {
    while !Task.isCancelled {
      do { try await serve(on: loop) } catch is CancellationError {
        return
      } catch let failure as IndexFailure where failure.asksForRebuild {
        await repair(failure, on: loop)
      } catch let failure as IndexFailure where failure.reason == .superseded {
        continue
      } catch let failure as IndexFailure where failure.reason == .locked {
        // Another process writes; this one reads, and takes over when that ends.
        change { $0.isReady = true }
        await alarm.wait(atMost: .seconds(1), on: loop)
      } catch {
        if Task.isCancelled { return }
        log.warning("the search index waits", ["reason": .string(String(describing: error))])
        await alarm.wait(atMost: .seconds(1), on: loop)
      }
    }
  }

  private func repair(_ failure: IndexFailure, on loop: EventLoop) async {
    log.info("the search index is built", ["reason": .string(failure.description)])
    // Of another schema, it may not even be asked.
    change { $0.isReady = false }
    do {
      let count = try await rebuild()
      change { $0.isDoubted = false }
      log.info("the search index was built", ["products": .int(count)])
    } catch {
      if Task.isCancelled { return }
      log.warning("the search index could not be built", ["reason": .string(String(describing: error))])
      await alarm.wait(atMost: .seconds(1), on: loop)
    }
  }

  private func serve(on loop: EventLoop) async throws {
    let index = index
    let writer = try await writing.run {
      try index.check()
      return try index.writer()
    }
    guard let place = SearchPosition(bytes: writer.position) else {
      throw IndexFailure(.stale, "it does not say which changes it has")
    }
    try await follow(writer, from: place, on: loop)
  }

  /// Follows the feed until something fails. Commits are apart by a tenth of a second, so that readers find their feet.
  private func follow(_ writer: IndexWriter, from start: SearchPosition, on loop: EventLoop) async throws {
    var place = start
    var committed = start
    var known: [SearchFeed.Change] = []
    while true {
      try Task.checkCancellation()
      if status.isDoubted { throw IndexFailure(.damaged, "a search found it so") }
      if writer.isSuperseded { throw IndexFailure(.superseded, "another generation serves") }
      guard let batch = try await feed.read(from: place, but: known) else {
        throw IndexFailure(.stale, "the changes behind it are not known any more")
      }
      place = batch.next
      // What is before the place will not be read again, and needs no remembering.
      known = (known + batch.changes).filter { $0.transaction >= place.transaction }
      // A place that stood still for long would be forgotten behind.
      let isFarBehind = place.transaction - committed.transaction > 10_000
      if !batch.changes.isEmpty || isFarBehind {
        try await apply(batch, writer)
        committed = place
        try await countDocuments()
        change { $0.lagMilliseconds = batch.ageMilliseconds }
      }
      if batch.isEnd { change { $0.isReady = true } }
      if !batch.changes.isEmpty { try await loop.sleep(for: .milliseconds(100)) }
      if batch.isEnd { await alarm.wait(atMost: .seconds(1), on: loop) }
    }
  }

  private func apply(_ batch: SearchFeed.Batch, _ writer: IndexWriter) async throws {
    var ids = batch.products
    if !batch.shops.isEmpty { ids.formUnion(try await SearchDocument.ids(ofShops: Array(batch.shops), database)) }
    let all = ids.sorted()
    for start in stride(from: 0, to: all.count, by: 500) {
      let some = Array(all[start..<min(start + 500, all.count)])
      let found = try await SearchDocument.some(some, database)
      try await writing.run { [log] in
        for document in found {
          do { try writer.put(document.indexed) } catch let failure as IndexFailure where failure.reason == .refused {
            log.warning("a product cannot be indexed", ["product": .string(document.id)])
            try writer.remove(id: document.id)
          }
          for (text, weight) in document.completions where !text.isEmpty {
            do { try writer.put(Completion(text: text, weight: weight)) } catch let failure as IndexFailure
              where failure.reason == .refused
            {}
          }
        }
        for id in Set(some).subtracting(found.map(\.id)) { try writer.remove(id: id) }
        if writer.changeCount >= IndexWriter.changesMax { try writer.commit() }
      }
    }
    try await writing.run { try writer.commit(position: batch.next.bytes) }
  }
}

extension SearchDocument {
  static func some(_ ids: [String], _ database: Database) async throws -> [SearchDocument] {
    // Owner: everybody; what is for sale is found.
    try await database.query(
      """
      select \(columns) from products p join shops s on s.id = p.shop
      where p.id = any (\(ids)) and \(ForSale.condition)
      """, read)
  }

  static func ids(ofShops shops: [String], _ database: Database) async throws -> [String] {
    // Owner: everybody; ids only, for the index.
    try await database.values("select id from products where shop = any (\(shops))")
  }
}
