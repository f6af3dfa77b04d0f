// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Observability
import Postgres
import SearchIndex

/// The commands for the search index. They work beside a running server: the next generation is built in the same folder, and
/// the server goes on with it.
extension Process {
  func rebuildIndex(_ database: Database, _ log: Logger) async throws {
    let index = try CatalogueIndex(directory: configuration.searchDirectory, database: database, log: log)
    defer { index.shutDown() }
    let count = try await index.rebuild()
    // Whoever writes the index goes on with the new one at once.
    try await database.execute("select pg_notify('search', '')")
    print("The search index has \(count) products.")
  }

  func checkIndex(_ database: Database, _ log: Logger) async throws {
    let index = try CatalogueIndex(directory: configuration.searchDirectory, database: database, log: log)
    defer { index.shutDown() }
    let search = index.index
    let indexed = try await index.writing.run {
      try search.check()
      try search.inspect()
      return try search.documentCount()
    }
    // Owner: everybody; what is for sale is counted.
    let sold = try await database.first("select count(*) from products p where \(ForSale.condition)") { row in
      try row.next(Int.self)
    }
    print("The search index is whole and has \(indexed) products; \(sold ?? 0) are for sale.")
    if indexed != sold { print("Changes of the last second, or of a time without a server, are still to come.") }
  }
}
