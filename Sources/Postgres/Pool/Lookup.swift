// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop

/// Finds rows by key: those that one turn of a loop asks for are found by one statement, because to run a statement
/// costs PostgreSQL more than to find one more row does.
///
/// The statement takes the keys as an array and answers each with its row, the key in the first column. It is a read
/// as `Database.reads` asks for.
public final class Lookup: Sendable {
  private let database: Database
  private let gatherings: [Gathering]

  /// Up to `keysMax` keys travel together: that many rows of a kilobyte are found in a tenth of a millisecond.
  public init(_ database: Database, keysMax: Int = 32, _ statement: @escaping @Sendable ([String]) -> SQL) {
    precondition(keysMax > 0, "a statement asks for at least one key")
    self.database = database
    gatherings = database.pools.map { Gathering(database, $0.loop, keysMax: keysMax, statement) }
  }

  /// The row of the key, read from its second column on; nil when there is none.
  public func first<Row: Sendable>(
    _ key: String, _ read: @Sendable (inout RowReader) throws -> Row
  ) async throws -> Row? {
    guard let place = try await find(key) else { return nil }
    return try place.rows.read(row: place.index) { row in
      try row.skip()
      return try read(&row)
    }
  }

  private func find(_ key: String) async throws -> Place? {
    let loop = database.pool().loop
    guard let gathering = gatherings.first(where: { $0.loop === loop }) else {
      preconditionFailure("each loop of the database has its gathering")
    }
    let seeker = Seeker(key)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        seeker.await(continuation)
        loop.onLoop { gathering.add(seeker) }
      }
    } onCancel: {
      loop.execute { gathering.cancel(seeker) }
    }
  }

  fileprivate struct Place: Sendable {
    var rows: Rows
    var index: Int
  }
}

/// Who waits for the row of a key. Confined to its loop.
private final class Seeker: @unchecked Sendable {
  // Unchecked because after its making only the loop's thread touches it.
  let key: String
  var isCancelled = false
  weak var batch: Batch?
  private var continuation: CheckedContinuation<Lookup.Place?, any Error>?

  init(_ key: String) { self.key = key }

  func await(_ continuation: CheckedContinuation<Lookup.Place?, any Error>) { self.continuation = continuation }

  func finish(_ result: Result<Lookup.Place?, any Error>) {
    continuation?.resume(with: result)
    continuation = nil
  }
}

/// The seekers of one statement. Confined to its loop.
private final class Batch: @unchecked Sendable {
  var seekers: [Seeker] = []
  var task: Task<Void, Never>?
}

/// The keys that wait for the end of a turn.
private final class Gathering: @unchecked Sendable {
  // Unchecked because it is confined to its loop.
  let loop: EventLoop
  private let database: Database
  private let keysMax: Int
  private let statement: @Sendable ([String]) -> SQL
  private var open: Batch?

  init(_ database: Database, _ loop: EventLoop, keysMax: Int, _ statement: @escaping @Sendable ([String]) -> SQL) {
    self.database = database
    self.loop = loop
    self.keysMax = keysMax
    self.statement = statement
  }

  func add(_ seeker: Seeker) {
    if seeker.isCancelled { return seeker.finish(.failure(CancellationError())) }
    let batch = open ?? begin()
    batch.seekers.append(seeker)
    seeker.batch = batch
    if batch.seekers.count == keysMax { open = nil }
  }

  private func begin() -> Batch {
    let batch = Batch()
    open = batch
    loop.atEndOfTurn { [self] in
      if open === batch { open = nil }
      send(batch)
    }
    return batch
  }

  /// Whoever leaves leaves at once; the statement ends when nobody waits for it any more.
  func cancel(_ seeker: Seeker) {
    seeker.isCancelled = true
    seeker.finish(.failure(CancellationError()))
    if let batch = seeker.batch, batch.seekers.allSatisfy(\.isCancelled) { batch.task?.cancel() }
  }

  private func send(_ batch: Batch) {
    guard let last = batch.seekers.last, !batch.seekers.allSatisfy(\.isCancelled) else { return }
    // PostgreSQL takes an array that it does not know for ten elements. A shorter one would look cheap enough to be
    // planned anew each time.
    let keys = batch.seekers.map(\.key) + repeatElement(last.key, count: max(0, 10 - batch.seekers.count))
    batch.task = Task.immediate(executorPreference: loop) { [self] in
      do { end(batch, try await database.reads.rows(of: statement(keys))) } catch { fail(batch, error) }
    }
  }

  private func end(_ batch: Batch, _ rows: Rows) {
    for seeker in batch.seekers {
      seeker.finish(.success(rows.firstIndex(of: seeker.key).map { Lookup.Place(rows: rows, index: $0) }))
    }
  }

  /// An error that a value has caused belongs to one key only: each is tried alone.
  private func fail(_ batch: Batch, _ error: any Error) {
    if batch.seekers.count > 1, let error = error as? PostgresError, error.sqlState.hasPrefix("22") {
      for seeker in batch.seekers where !seeker.isCancelled {
        let single = Batch()
        single.seekers = [seeker]
        seeker.batch = single
        send(single)
      }
    } else {
      for seeker in batch.seekers { seeker.finish(.failure(error)) }
    }
  }
}
