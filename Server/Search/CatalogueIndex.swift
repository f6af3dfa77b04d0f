// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Market
import Observability
import Postgres
import SearchIndex
import Synchronization

// The map of searching:
//   CatalogueIndex    the index of this server's products: whether it can be asked, and by which threads
//   +Follow           keeps it up: checks, repairs, follows the feed of changes
//   +Rebuild          makes a new one of the database while the old one serves
//   SearchFeed        what has changed, as triggers noted it; SearchDocument, a product as the index sees it
//   FindProducts      the searches of the API, and which of them the database answers by itself
//   Process+Index     the commands
/// The index of the products for sale in the data directory. It is derived: whatever happens to it, it is built anew.
final class CatalogueIndex: Sendable {
  let index: SearchIndex
  let database: Database
  let feed: SearchFeed
  let log: Logger
  /// Searches have threads of their own, so that they delay nothing but searches, and few may wait for them.
  private let searching: OffloadPool
  let writing: OffloadPool
  let alarm = Alarm()
  private let state = Mutex(State())

  struct State: Sendable, Equatable {
    /// Whether it can be asked.
    var isReady = false
    var documents = 0
    var rebuilds = 0
    /// How long the oldest change of the last commit had waited.
    var lagMilliseconds = 0
    /// Found unusable by a search: whoever keeps it has to look.
    var isDoubted = false
  }

  init(directory: String, database: Database, log: Logger) throws {
    index = try SearchIndex(directory: directory, schema: SearchDocument.schema)
    self.database = database
    self.log = log
    feed = SearchFeed(database: database)
    searching = OffloadPool(waitingMax: 64, name: "search")
    writing = OffloadPool(waitingMax: 64, name: "index")
  }

  func shutDown() {
    searching.shutDown()
    writing.shutDown()
  }

  var status: State { state.withLock { $0 } }
  var waitingCount: Int { searching.waitingCount }
  func change(_ body: @Sendable (inout State) -> Void) { state.withLock { body(&$0) } }

  /// Asks the index on one of its threads.
  func ask<Result: Sendable>(_ question: @escaping @Sendable (SearchIndex) throws -> Result) async throws -> Result {
    guard status.isReady else { throw IndexAway() }
    do { return try await twice(searching, question) } catch let failure as IndexFailure {
      if failure.asksForRebuild {
        log.error("the search index is unusable and is built anew", ["reason": .string(failure.description)])
        change {
          $0.isReady = false
          $0.isDoubted = true
        }
        alarm.ring()
      } else if failure.reason == .superseded {
        // Its last product has gone, and the index was built anew since: nobody knows where the list stood.
        throw InvalidCursor()
      } else if failure.reason != .busy {
        throw failure
      }
      throw IndexAway()
    }
  }

  /// A generation that gives way to the next while it is opened looks damaged: the second look is at the next one.
  private func twice<Result: Sendable>(
    _ pool: OffloadPool, _ question: @escaping @Sendable (SearchIndex) throws -> Result
  ) async throws -> Result {
    let index = index
    do { return try await pool.run { try question(index) } } catch let failure as IndexFailure
      where failure.asksForRebuild
    { return try await pool.run { try question(index) } }
  }

  func countDocuments() async throws {
    let count = try await twice(writing) { try $0.documentCount() }
    change { $0.documents = count }
  }
}

/// The index is being built, or repaired.
struct IndexAway: Refusal {
  var problem: ProblemCode { .unavailable }
}
